import { type Static, Type } from 'typebox';
import type { MemberFact } from '../../facts/member.ts';
import type { Notice } from '../define.ts';

const State = Type.Enum(['trial', 'full', 'suspended', 'former'] as const);

/** What the rule remembers of a member: where they stand, and what they were before that, since when that was seen (ms since 1970). */
export const Row = Type.Object({
  state: State,
  from: Type.Optional(State),
  since: Type.Number(),
  until: Type.Optional(Type.Number()),
  extended: Type.Optional(Type.Number({ description: 'When a trial was made longer' })),
});
export type Row = Static<typeof Row>;

/** What happened longer ago is said to nobody any more, ms. */
const newsMs = 7 * 24 * 3_600_000;

/** What is remembered of a member after a look; the same object while nothing changed. Who is seen for the first time has not changed. */
export function remember(before: Row | undefined, { state, until }: MemberFact, now: number): Row {
  const same = before?.state === state && before.until === until;
  if (before && same) return before;
  const from = before && before.state === state ? before.from : before?.state;
  const isSame = before?.state === state;
  const since = isSame ? before.since : now;
  const isExtended = isSame && state === 'trial' && (until ?? 0) > (before.until ?? Number.POSITIVE_INFINITY);
  const extended = isExtended ? now : isSame ? before.extended : undefined;
  return {
    state,
    ...(from !== undefined && { from }),
    since,
    ...(until !== undefined && { until }),
    ...(extended !== undefined && { extended }),
  };
}

/** What somebody reads of a change of their own place in the team: that it changed, and no reason (TEAM-1, JOIN-3). */
export function changeNotices(person: string, row: Row, now: number): Notice[] {
  const { state, from, since, until, extended } = row;
  const kind = extended === undefined ? kindOf(state, from) : 'trial-extended';
  const at = extended ?? since;
  if (kind === undefined || now - at > newsMs) return [];
  return [
    {
      kind,
      subject: `person/${person}`,
      moment: new Date(at).toISOString(),
      to: { person },
      // What takes rights away is said at once.
      urgency: state === 'suspended' || state === 'former' ? 'now' : 'digest',
      severity: 'info',
      clause: kind === 'member-confirmed' || kind === 'trial-extended' ? 'JOIN-3' : 'TEAM-1',
      reasons: [],
      ...((state === 'suspended' || extended !== undefined) && until !== undefined && { until }),
    },
  ];
}

function kindOf(state: Row['state'], from: Row['state'] | undefined): string | undefined {
  if (from === undefined) return undefined;
  if (state === 'suspended') return 'member-suspended';
  if (state === 'former') return 'member-ended';
  if (from === 'suspended') return 'member-reinstated';
  // Who joins again hears of the outcome of their application.
  return from === 'trial' && state === 'full' ? 'member-confirmed' : undefined;
}
