import type { EventData, MemberAct, PersonId, RegisterState } from '@huismeester/contracts';

/** What somebody who is suspended is again afterwards; `until` is the end of a trial, in ISO 8601. */
export interface Before {
  readonly state: 'trial' | 'full';
  readonly until?: string;
}

/** What one full member proposed about a member, and another one has to confirm; times in ISO 8601. */
export interface Proposal {
  readonly act: MemberAct;
  readonly by: PersonId;
  readonly at: string;
  readonly until?: string;
  /** The id of its reason. */
  readonly reason?: string;
}

/** Somebody in the register of the team (TEAM-1). */
export interface Member {
  readonly state: RegisterState;
  /** Since when they are in this state. */
  readonly since: Date;
  /** The end of a trial, or of a suspension. */
  readonly until: Date | null;
  readonly before: Before | null;
  readonly proposal: Proposal | null;
}

type MemberEventType =
  | 'member.joined'
  | 'member.proposed'
  | 'member.proposal-withdrawn'
  | 'member.confirmed'
  | 'member.extended'
  | 'member.suspended'
  | 'member.reinstated'
  | 'member.left';

/** An event of a member, before it is in the log. */
export type NewMemberEvent = {
  [T in MemberEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[MemberEventType];
export type MemberEvent = NewMemberEvent & { readonly time: Date };

/** The member after the event. What was proposed is over with any change of the register, but for the end of a suspension. */
export function evolveMember(member: Member | undefined, event: MemberEvent): Member | undefined {
  const { time } = event;
  const rest = { before: null, proposal: null };
  if (event.type === 'member.joined') {
    const { state, until } = event.data;
    return { state, since: time, until: dateOf(until), ...rest };
  }
  if (member === undefined) return undefined;
  switch (event.type) {
    case 'member.proposed':
      return { ...member, proposal: proposalOf(event.data, time) };
    case 'member.proposal-withdrawn':
      return { ...member, proposal: null };
    case 'member.confirmed':
      return { state: 'full', since: time, until: null, ...rest };
    case 'member.extended':
      return { ...member, until: new Date(event.data.until), proposal: null };
    case 'member.suspended':
      return {
        state: 'suspended',
        since: time,
        until: new Date(event.data.until),
        before: beforeOf(member),
        proposal: null,
      };
    case 'member.reinstated': {
      const { state, until } = event.data;
      // That they should go was proposed while they were suspended, and is not answered by that being over.
      const proposal = member.proposal?.act === 'end' ? member.proposal : null;
      return { state, since: time, until: dateOf(until), before: null, proposal };
    }
    case 'member.left':
      return { state: 'former', since: time, until: null, ...rest };
  }
}

/** What somebody is again after a suspension: the end of a trial stays what it was. */
export function beforeOf({ state, until }: Pick<Member, 'state' | 'until'>): Before {
  if (state !== 'trial') return { state: 'full' };
  return until === null ? { state } : { state, until: until.toISOString() };
}

function proposalOf(data: EventData<'member.proposed'>, time: Date): Proposal {
  const { act, by, until, reason } = data;
  return {
    act,
    by,
    at: time.toISOString(),
    ...(until !== undefined && { until }),
    ...(reason !== undefined && { reason }),
  };
}

function dateOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}
