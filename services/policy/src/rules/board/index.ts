import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import type { Facts } from '../../facts/index.ts';
import { isOfTeam } from '../../facts/member.ts';
import { boardInTeam, noDirectory, whyUnknown } from '../../facts/of-team.ts';
import { defineRule, type Outcome, type Undecided, type ViolationFound } from '../define.ts';

const clause = 'BOARD-1';
const kind = 'board-missing';
const subject = 'team/main';
const reads = ['person', 'member', 'directory'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

/**
 * A board member is in the team, on trial or full (BOARD-1): a violation is open while nobody is. Nothing is refused for it. While the directory
 * cannot be read whole, or somebody of the team is not seen who may be that board member, nothing opens or closes.
 */
export const rule = defineRule({
  name: 'board',
  clauses: new Map([[clause, 'nothing: that no board member is in the team is reported']]),
  reads,
  row: Type.Object({}),
  violationKinds: [kind],
  tiers: [],
  notSetUp: ({ directory }) => (directory ? undefined : noDirectory),
  decide(known: Known): Outcome<never> {
    const unknown = whyUnknown(known);
    const found: ViolationFound[] = [];
    const undecided: Undecided[] = [];
    if (unknown !== undefined || !isClear(known)) undecided.push({ kind, subject });
    else if (boardInTeam(known).length === 0) {
      const reasons = [because('no-board-member')];
      found.push({ kind, subject, severity: 'serious', clause, reasons, evidence: [] });
    }
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: [],
      violations: { found, undecided },
      clauses: new Map([[clause, unknown === undefined ? 'watched' : { unknown }]]),
    };
  },
});

/** Whether it can be told: one board member whom all is known of is enough, and that there is none needs everybody. */
function isClear({ person, member }: Known): boolean {
  const isSeen = (id: string) => !person.get(id)?.unseen && !member.get(id)?.unseen;
  if (boardInTeam({ person, member }).some(isSeen)) return true;
  const all = [...member.values()].filter((each) => each.unseen || isOfTeam(each));
  return all.every((each) => isSeen(each.person));
}
