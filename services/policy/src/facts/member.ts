import type { EventOf, MemberAct, MemberEntity } from '@huismeester/contracts';

type State = MemberEntity['state'];

/**
 * Where somebody stands in the register of the team (TEAM-1), from membership's events alone; times in ms since 1970. Kept by the person's id, and
 * apart from what the directory says of them: `person/<id>` and `member/<id>` are two subjects, whose events are applied side by side.
 */
export interface MemberFact {
  readonly person: string;
  readonly state: State;
  /** Since when that is their state; an older membership does not say it. */
  readonly since?: number;
  /** The end of a trial, or of a suspension. */
  readonly until?: number;
  /** Of somebody suspended: what they are again after it. */
  readonly before?: { readonly state: State; readonly until?: number };
  /** What a full member proposed about them, while another one has to confirm it. */
  readonly proposal?: { readonly act: MemberAct; readonly by: string; readonly at?: number };
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type MemberEvent = EventOf<
  | 'member.imported'
  | 'member.started'
  | 'member.joined'
  | 'member.proposed'
  | 'member.proposal-withdrawn'
  | 'member.confirmed'
  | 'member.extended'
  | 'member.suspended'
  | 'member.reinstated'
  | 'member.left'
>;

/** Folds one of membership's events into where somebody stands in the register. */
export function evolveMember(known: MemberFact | undefined, event: MemberEvent): MemberFact | undefined {
  const since = Date.parse(event.time);
  const { person } = event.data;
  switch (event.type) {
    case 'member.imported':
    case 'member.joined':
      return { person, state: event.data.state, since, ...untilOf(event.data.until) };
    case 'member.reinstated':
      return {
        person,
        state: event.data.state,
        since,
        ...untilOf(event.data.until),
        // That they should go is still proposed.
        ...(known?.proposal?.act === 'end' && { proposal: known.proposal }),
      };
    case 'member.proposed':
      return known && { ...known, proposal: { act: event.data.act, by: event.data.by, at: since } };
    case 'member.proposal-withdrawn':
      return known && withoutProposal(known);
    case 'member.started':
      return { person, state: event.data.state, since };
    case 'member.confirmed':
      return { person, state: 'full', since };
    case 'member.extended':
      return {
        ...(known ? withoutProposal(known) : { person, state: 'trial', since }),
        ...untilOf(event.data.until),
      };
    case 'member.suspended':
      return {
        person,
        state: 'suspended',
        since,
        ...untilOf(event.data.until),
        ...(known && { before: beforeOf(known) }),
      };
    case 'member.left':
      return { person, state: 'former', since };
  }
}

function withoutProposal({ proposal: _, ...known }: MemberFact): MemberFact {
  return known;
}

function beforeOf({ state, until, before }: MemberFact): NonNullable<MemberFact['before']> {
  if (state === 'suspended' && before) return before;
  return { state, ...(until !== undefined && { until }) };
}

/** The same from membership's snapshot. */
export function memberFrom({ person, state, since, until, before, proposal }: MemberEntity): MemberFact {
  return {
    person,
    state,
    ...(since !== undefined && { since: Date.parse(since) }),
    ...untilOf(until),
    ...(before && { before: { state: before.state, ...untilOf(before.until) } }),
    ...(proposal && { proposal: proposalFrom(proposal) }),
  };
}

type Proposal = NonNullable<MemberFact['proposal']>;

function proposalFrom({ act, by, at }: NonNullable<MemberEntity['proposal']>): Proposal {
  return { act, by, ...(at !== undefined && { at: Date.parse(at) }) };
}

function untilOf(until: string | undefined): { readonly until?: number } {
  return until === undefined ? {} : { until: Date.parse(until) };
}

/** Whether somebody is of the team now: on trial or full (TEAM-1). */
export function isOfTeam({ state }: Pick<MemberFact, 'state'>): boolean {
  return state === 'trial' || state === 'full';
}
