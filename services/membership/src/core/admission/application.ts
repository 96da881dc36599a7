import type { DecidedBy, EventData, PersonId, ApplicationState as Status } from '@huismeester/contracts';

type AdmissionEventType =
  | 'application.proposed'
  | 'application.opened'
  | 'application.withdrawn'
  | 'application.trial-set'
  | 'application.vote-cast'
  | 'application.minutes-recorded'
  | 'application.minutes-withdrawn'
  | 'application.approved'
  | 'application.put-to-board'
  | 'application.without-board'
  | 'application.vetoed'
  | 'application.rejected'
  | 'application.lapsed'
  | 'application.carried-out';

/** An event of an application, before it is in the log. */
export type NewAdmissionEvent = {
  [T in AdmissionEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[AdmissionEventType];
export type AdmissionEvent = NewAdmissionEvent & { readonly time: Date };

/** An application to the team (JOIN-1, JOIN-2); people by their ids, times in ISO 8601. Votes and reasons are not in it. */
export interface ApplicationState {
  readonly status: Status;
  readonly since: string;
  /** The full member who applied for the person. */
  readonly backer?: PersonId;
  /** Until when full members vote; once it is open. */
  readonly ends?: string;
  /** Days of trial that it begins with; 0: none. */
  readonly trialDays: number;
  /** Who has voted. */
  readonly voted: readonly PersonId[];
  /** Who recorded what a meeting decided, until that is withdrawn. */
  readonly minutes?: { readonly by: PersonId; readonly at: string };
  readonly approved?: { readonly at: string; readonly how: DecidedBy };
  /** Until when board members in the team may veto what was approved; without `until` there is none of them. */
  readonly board?: { readonly until?: string };
  readonly veto?: { readonly by: PersonId; readonly reason: string };
  readonly ended?: { readonly at: string; readonly how?: DecidedBy };
}

export interface Application {
  readonly person: PersonId;
  /** It may still be decided, or carried out. */
  readonly open: boolean;
  readonly state: ApplicationState;
}

/** The application after the event. */
export function evolveApplication(
  application: Application | undefined,
  event: AdmissionEvent,
): Application | undefined {
  if (event.type === 'application.proposed') return proposed(event.data, event.time);
  if (event.type === 'application.opened') return opened(application, event.data, event.time);
  if (application === undefined) return undefined;
  const state = after(application.state, event);
  return { ...application, state, open: state.ended === undefined };
}

function proposed(data: EventData<'application.proposed'>, time: Date): Application {
  const { person, by, trial_days: trialDays } = data;
  const state = { status: 'proposed', since: time.toISOString(), backer: by, trialDays, voted: [] } as const;
  return { person, open: true, state };
}

function opened(
  before: Application | undefined,
  { person, backer: voter, ends, trial_days: trialDays }: EventData<'application.opened'>,
  time: Date,
): Application {
  // Who is no full member any more applied for them all the same, and votes no yes with it.
  const backer = voter ?? before?.state.backer;
  const state = {
    status: 'open',
    since: before?.state.since ?? time.toISOString(),
    ...(backer !== undefined && { backer }),
    ends,
    trialDays,
    voted: voter === undefined ? [] : [voter],
  } as const;
  return { person, open: true, state };
}

type Later = Exclude<AdmissionEvent, { readonly type: 'application.proposed' | 'application.opened' }>;

function after(state: ApplicationState, event: Later): ApplicationState {
  const at = event.time.toISOString();
  switch (event.type) {
    case 'application.withdrawn':
      return { ...state, status: 'withdrawn', ended: { at } };
    case 'application.trial-set':
      return { ...state, trialDays: event.data.trial_days };
    case 'application.vote-cast':
      if (event.data.vote === false) return state;
      return { ...state, voted: [...new Set([...state.voted, event.data.by])] };
    case 'application.minutes-recorded':
      return { ...state, minutes: { by: event.data.by, at } };
    case 'application.minutes-withdrawn': {
      const { minutes: _, ...rest } = state;
      return rest;
    }
    case 'application.approved':
      return { ...state, status: 'awaiting-board', approved: { at, how: event.data.how } };
    case 'application.put-to-board':
      return { ...state, board: { until: event.data.until } };
    case 'application.without-board':
      return { ...state, board: {} };
    case 'application.vetoed': {
      const { by, reason } = event.data;
      return { ...state, status: 'vetoed', veto: { by, reason }, ended: { at } };
    }
    case 'application.rejected':
      return { ...state, status: 'rejected', ended: { at, how: event.data.how } };
    case 'application.lapsed':
      return { ...state, status: 'lapsed', ended: { at } };
    case 'application.carried-out':
      return { ...state, status: 'carried-out', ended: { at } };
  }
}
