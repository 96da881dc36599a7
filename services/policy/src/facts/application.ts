import type { ApplicationEntity, EventOf } from '@huismeester/contracts';

/**
 * An application to the team (JOIN-1, JOIN-2), from membership's events alone; times in ms since 1970. Kept by its id, also when it is over. What
 * somebody voted, and why, is in no event.
 */
export interface ApplicationFact {
  readonly application: string;
  /** The applicant's id. */
  readonly person: string;
  readonly state: ApplicationEntity['state'];
  /** When it was made. */
  readonly since: number;
  /** The full member who applied for them. */
  readonly backer?: string;
  /** Until when full members vote; once it is open. Not under a key that ends in `At`: it lies ahead. */
  readonly ends?: number;
  readonly trialDays: number;
  /** Who has voted, in the order of their ids; of one that is over nobody. */
  readonly voted: readonly string[];
  /** What was recorded of a meeting, while another full member has to confirm it. */
  readonly minutes?: { readonly by: string; readonly at: number };
  readonly approvedAt?: number;
  /** Until when it may be vetoed; undefined while nobody could. */
  readonly boardUntil?: number;
  /** When it was carried out, rejected and so on. */
  readonly endedAt?: number;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type ApplicationEvent = EventOf<
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
  | 'application.carried-out'
>;

const over = {
  'application.withdrawn': 'withdrawn',
  'application.vetoed': 'vetoed',
  'application.rejected': 'rejected',
  'application.lapsed': 'lapsed',
  'application.carried-out': 'carried-out',
} as const;

/** Folds one of membership's events into what is known of an application; undefined for one whose beginning was never seen. */
export function evolveApplication(
  known: ApplicationFact | undefined,
  event: ApplicationEvent,
): ApplicationFact | undefined {
  const at = Date.parse(event.time);
  if (event.type === 'application.proposed') return proposed(event.data, at);
  if (event.type === 'application.opened') return opened(known, event.data, at);
  if (known === undefined) return undefined;
  switch (event.type) {
    case 'application.trial-set':
      return { ...known, trialDays: event.data.trial_days };
    case 'application.vote-cast':
      return event.data.vote === false ? known : { ...known, voted: sorted([...known.voted, event.data.by]) };
    case 'application.minutes-recorded':
      return { ...known, minutes: { by: event.data.by, at } };
    case 'application.minutes-withdrawn':
      return withoutMinutes(known);
    case 'application.approved':
      return { ...withoutMinutes(known), state: 'awaiting-board', approvedAt: at };
    case 'application.put-to-board':
      return { ...known, boardUntil: Date.parse(event.data.until) };
    case 'application.without-board':
      return withoutBoard(known);
    default:
      return { ...withoutMinutes(known), state: over[event.type], endedAt: at, voted: [] };
  }
}

function proposed(
  { application, person, by, trial_days }: EventOf<'application.proposed'>['data'],
  since: number,
): ApplicationFact {
  return { application, person, state: 'proposed', since, backer: by, trialDays: trial_days, voted: [] };
}

function opened(
  known: ApplicationFact | undefined,
  { application, person, backer, ends, trial_days }: EventOf<'application.opened'>['data'],
  at: number,
): ApplicationFact {
  return {
    application,
    person,
    state: 'open',
    since: known?.since ?? at,
    // Who proposed it and is no full member any more backs it no more.
    ...(backer !== undefined && { backer }),
    ends: Date.parse(ends),
    trialDays: trial_days,
    voted: backer === undefined ? [] : [backer],
  };
}

function withoutBoard({ boardUntil: _, ...known }: ApplicationFact): ApplicationFact {
  return known;
}

function withoutMinutes({ minutes: _, ...known }: ApplicationFact): ApplicationFact {
  return known;
}

/** The application as membership's snapshot has it: the same as a fold of its events. */
export function applicationFrom(entity: ApplicationEntity): ApplicationFact {
  const { application, person, state, since, backer, ends, trial_days, voted, minutes } = entity;
  const { approved, board_until, ended } = entity;
  return {
    application,
    person,
    state,
    since: Date.parse(since),
    ...(backer !== undefined && { backer }),
    ...(ends !== undefined && { ends: Date.parse(ends) }),
    trialDays: trial_days,
    voted: isOver({ state }) ? [] : sorted(voted),
    // Nobody confirms them once it is decided.
    ...(minutes && !approved && !ended && { minutes: { by: minutes.by, at: Date.parse(minutes.at) } }),
    ...(approved && { approvedAt: Date.parse(approved.at) }),
    ...(board_until !== undefined && { boardUntil: Date.parse(board_until) }),
    ...(ended && { endedAt: Date.parse(ended.at) }),
  };
}

/** Whether nothing follows on it any more. */
export function isOver({ state }: Pick<ApplicationFact, 'state'>): boolean {
  return state !== 'proposed' && state !== 'open' && state !== 'awaiting-board';
}

function sorted(people: readonly string[]): string[] {
  return [...new Set(people)].toSorted((one, other) => (one < other ? -1 : 1));
}
