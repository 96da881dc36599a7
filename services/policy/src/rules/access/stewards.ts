import { because, type ReasonCode } from '@huismeester/contracts';
import type { Facts } from '../../facts/index.ts';
import type { KnownAccountFact } from '../../facts/known-account.ts';
import { whyUnknown } from '../../facts/of-team.ts';
import type { ViolationFound } from '../define.ts';

export const withoutSteward = 'service-account-without-steward';

/**
 * A service account that nobody looks after (CORE-4): its steward is neither of the team nor somebody with an account in the directory that may be
 * used. `undecided`: it cannot be told now who is.
 */
export function lookAtSteward(
  { account, service, unseen }: KnownAccountFact,
  known: Pick<Facts, 'member' | 'person' | 'directory'>,
): ViolationFound | 'undecided' | undefined {
  if (service === undefined) return undefined;
  const why = unseen ? 'undecided' : whyWithout(service.steward, known);
  if (why === undefined || why === 'undecided') return why;
  return {
    kind: withoutSteward,
    subject: `account/${account}`,
    severity: 'warning',
    clause: 'CORE-4',
    reasons: [because(why)],
    evidence: [],
  };
}

function whyWithout(
  steward: string | undefined,
  { member, person, directory }: Pick<Facts, 'member' | 'person' | 'directory'>,
): ReasonCode | 'undecided' | undefined {
  if (steward === undefined) return 'steward-none';
  const [registered, there] = [member.get(steward), person.get(steward)];
  if (registered?.unseen || there?.unseen) return 'undecided';
  if (registered !== undefined && registered.state !== 'former') return undefined;
  if (whyUnknown({ directory }) !== undefined) return 'undecided';
  return there?.enabled ? undefined : 'steward-gone';
}
