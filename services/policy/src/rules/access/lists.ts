import { because } from '@huismeester/contracts';
import type { AccessListFact } from '../../facts/access-list.ts';
import type { GrantFact } from '../../facts/grant.ts';
import type { Facts } from '../../facts/index.ts';
import type { Undecided, ViolationFound } from '../define.ts';
import { whyNotMember } from './account.ts';

export const listedNotMember = 'listed-not-member';
export const listOverdue = 'access-list-overdue';

interface Looked {
  readonly found: readonly ViolationFound[];
  readonly undecided: readonly Undecided[];
}

/** Who is in a list that gives admin access to core and is no member of the team (CORE-4): a violation each, about that person. */
export function lookAtListed(
  { list, core, people, unseen }: AccessListFact,
  known: Pick<Facts, 'member' | 'vm'>,
  grants: ReadonlyMap<string, readonly GrantFact[]>,
): Looked {
  const found: ViolationFound[] = [];
  const undecided: Undecided[] = [];
  for (const person of people) {
    const subject = `person/${person}`;
    const why = unseen ? 'undecided' : core ? whyNotMember(person, known, grants) : undefined;
    if (why === 'undecided') undecided.push({ kind: listedNotMember, subject });
    else if (why !== undefined) {
      found.push({
        kind: listedNotMember,
        subject,
        cause: `access-list/${list}`,
        severity: 'serious',
        clause: 'CORE-4',
        reasons: [because('in-access-list', { text: list }), because(why)],
        evidence: [],
      });
    }
  }
  return { found, undecided };
}

/** When somebody has to have looked at a list again (CORE-2), ms since 1970. */
export function listDue({ since, confirmedAt }: AccessListFact, confirmEveryMs: number): number {
  return Math.max(since, confirmedAt ?? since) + confirmEveryMs;
}

export function overdueList({ list, since, confirmedAt }: AccessListFact): ViolationFound {
  const last = new Date(Math.max(since, confirmedAt ?? since)).toISOString();
  return {
    kind: listOverdue,
    subject: `access-list/${list}`,
    severity: 'warning',
    clause: 'CORE-2',
    reasons: [because('list-not-confirmed', { until: last })],
    evidence: [],
  };
}
