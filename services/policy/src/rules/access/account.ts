import { because, type Reason, type ReasonCode } from '@huismeester/contracts';
import type { AccountFact } from '../../facts/account.ts';
import type { GrantFact } from '../../facts/grant.ts';
import type { Facts } from '../../facts/index.ts';
import type { KnownAccountFact } from '../../facts/known-account.ts';
import type { ViolationFound } from '../define.ts';

export const notMember = 'admin-not-member';
const clause = 'CORE-4';

/** What whose an account is follows from. */
export type KnownOfAccounts = Pick<
  Facts,
  'account' | 'accessSource' | 'knownAccount' | 'member' | 'grant' | 'vm'
>;

/**
 * What of an account is not as CORE-4 wants it: who may administer core by it is no member of the team. It is one violation an account, with each
 * path and what gives it as a reason. `undecided`: its source could not be read whole, or somebody's part in it is not seen.
 */
export function lookAtAccount(
  account: AccountFact,
  known: KnownOfAccounts,
  grants: ReadonlyMap<string, readonly GrantFact[]>,
): ViolationFound | 'undecided' | undefined {
  const by = known.knownAccount.get(account.account);
  const source = known.accessSource.get(account.source);
  if (account.unseen || by?.unseen || source?.state !== 'known' || source.unseen) return 'undecided';
  if (account.asleep || account.builtIn !== undefined || serviceOf(account, by)) return undefined;
  // The directory goes before what somebody of the team said, as it does in membership.
  const person = account.person ?? by?.person;
  const why = person === undefined ? 'account-of-nobody' : whyNotMember(person, known, grants);
  if (why === undefined || why === 'undecided') return why;
  return {
    kind: notMember,
    subject: `account/${account.account}`,
    cause: person === undefined ? 'nobody' : `person/${person}`,
    severity: 'serious',
    clause,
    reasons: [because(why), ...account.rights.map(reasonOf)],
    evidence: [],
  };
}

/** What an account is for that is no person's. One of which the directory says whose it is, is none. */
export function serviceOf(
  { person }: AccountFact,
  by: KnownAccountFact | undefined,
): KnownAccountFact['service'] {
  return person === undefined ? by?.service : undefined;
}

/** Why somebody is no member who may administer core; undefined: they are. */
export function whyNotMember(
  person: string,
  { member, vm }: Pick<Facts, 'member' | 'vm'>,
  grants: ReadonlyMap<string, readonly GrantFact[]>,
): ReasonCode | 'undecided' | undefined {
  const of = member.get(person);
  if (of?.unseen) return 'undecided';
  if (of?.state === 'full') return undefined;
  if (of?.state !== 'trial') return `register-${of?.state ?? 'none'}`;
  const theirs = grants.get(person) ?? [];
  if (theirs.some(({ unseen }) => unseen)) return 'undecided';
  return theirs.some((grant) => isOnCore(grant, vm)) ? undefined : 'trial-without-core';
}

/** Grants by person: membership says when one ended. */
export function grantsByPerson(grant: Facts['grant']): ReadonlyMap<string, readonly GrantFact[]> {
  const found = new Map<string, GrantFact[]>();
  for (const each of grant.values()) found.set(each.person, [...(found.get(each.person) ?? []), each]);
  return found;
}

/** Whether a grant is on core, and was said to be: on all of it, on a VM of it, or on a thing that is no VM. */
function isOnCore({ on, core }: GrantFact, vm: Facts['vm']): boolean {
  if (!core) return false;
  const [kind, id = ''] = on.split('/');
  if (kind === 'class') return id === 'core';
  return kind !== 'vm' || vm.get(id)?.class === 'core';
}

function reasonOf({ on, privileges, by }: AccountFact['rights'][number]): Reason {
  return because('admin-on', { text: `${on} (${(by.length > 0 ? by : privileges).join(', ')})` });
}
