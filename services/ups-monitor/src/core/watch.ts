import type { Moment, Observation, Trouble, Variables } from './observation.ts';
import type { UpsState } from './state.ts';

/** A mains state as the status has it; seen twice in a row it is believed. */
export interface Sight {
  readonly mains: 'on-mains' | 'on-battery';
  readonly first: Moment;
  readonly confirmed: boolean;
}

/**
 * What one process remembers of its looks at a UPS, besides the state that the events give. It is never stored: after a
 * restart, and after a lost contact, all of it is seen and confirmed anew.
 */
export interface Watch {
  /** Status answers in a row, counted to 2: the first is not yet believed. */
  readonly answers: 0 | 1 | 2;
  readonly trouble?: { readonly contact: Trouble; readonly sinceMs: number; readonly polls: number };
  /** The status as last seen. */
  readonly tokens: ReadonlySet<string>;
  readonly sight?: Sight;
  /**
   * Whether FSD was set at the last believed look, and since when that is so; absent: not known in this contact. An empty
   * status leaves it unknown.
   */
  readonly fsd?: { readonly set: boolean; readonly sinceMs: number };
  /** Since when RB is away that was there. */
  readonly replacedMs?: number;
  readonly variables?: Variables;
  readonly variablesMs?: number;
  /** The charge as first read in this contact. */
  readonly firstCharge_pct?: number;
  /** When `ups.test.result` was first seen to be "In progress". */
  readonly selfTestMs?: number;
  /** When the present power cut began; before this process started it may be negative. */
  readonly cutMs?: number;
  /** When the last battery reading was reported; absent: one is due. */
  readonly readingMs?: number;
}

/**
 * A self-test takes seconds to a few minutes. With some devices it is "In progress" for ever; believed without end, that
 * would hide every power cut.
 */
const selfTestLimitMs = 10 * 60_000;

/** A watch that has seen nothing; `cutMs` is when a power cut began that an earlier process saw (monotonic ms). */
export function freshWatch(cutMs?: number): Watch {
  return { answers: 0, tokens: new Set(), ...(cutMs === undefined ? {} : { cutMs }) };
}

/**
 * The watch of a process that begins: a power cut in its state began by the civil clock, the one time that this is
 * trusted; by its own clock that may be long before zero.
 */
export function resumedWatch({ mains, since }: Pick<UpsState, 'mains' | 'since'>, now: Moment): Watch {
  if (mains !== 'on-battery' || since === undefined) return freshWatch();
  return freshWatch(now.ms - (Date.parse(now.time) - Date.parse(since)));
}

/**
 * Without the numbers, when a question for them failed: reported again, old ones would look new, and who counts a runtime down
 * from its report would never come to its end.
 */
export function withoutVariables({ variables: _, variablesMs: __, ...kept }: Watch): Watch {
  return kept;
}

/** Whether a calibration or self-test runs: being on battery is then no outage. */
export function isTesting({ tokens, selfTestMs }: Watch, now: Moment): boolean {
  return tokens.has('CAL') || (selfTestMs !== undefined && now.ms - selfTestMs < selfTestLimitMs);
}

/** The watch after a look that upsd answered; it only takes in, what follows from it is decided in `decide`. */
export function look(
  watch: Watch,
  observation: Extract<Observation, { kind: 'status' | 'variables' }>,
  now: Moment,
): Watch {
  if (observation.kind === 'variables') return lookAtVariables(watch, observation.variables, now);
  // The same status is the same set: whoever compares two watches need not compare what is in them.
  const tokens = sameTokens(watch.tokens, observation.tokens) ? watch.tokens : observation.tokens;
  const { trouble: _, sight: before, ...kept } = watch;
  const fsd = watch.fsd ?? (tokens.size > 0 ? { set: tokens.has('FSD'), sinceMs: now.ms } : undefined);
  const seen: Watch = { ...kept, tokens, answers: watch.answers === 0 ? 1 : 2, ...(fsd && { fsd }) };
  const sight = nextSight(before, seen, now);
  return sight ? { ...seen, sight } : seen;
}

function lookAtVariables(watch: Watch, read: Variables, now: Moment): Watch {
  const { selfTestMs, ...kept } = watch;
  const before = watch.variables;
  const variables = before && JSON.stringify(before) === JSON.stringify(read) ? before : read;
  const first = watch.firstCharge_pct ?? variables.charge_pct;
  const seen: Watch = {
    ...kept,
    variables,
    variablesMs: now.ms,
    ...(first === undefined ? {} : { firstCharge_pct: first }),
  };
  return /in progress/i.test(variables.testResult ?? '')
    ? { ...seen, selfTestMs: selfTestMs ?? now.ms }
    : seen;
}

function sameTokens(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((token) => other.has(token));
}

/**
 * How the mains are by the status. From OL and OB together (real devices do that), and from neither of them (an empty status,
 * OFF or BYPASS alone), nothing follows, and what was seen before stands. On battery in a test, an earlier sight is void: a cut
 * that follows the test begins after it.
 */
function nextSight(before: Sight | undefined, watch: Watch, now: Moment): Sight | undefined {
  const onBattery = watch.tokens.has('OB');
  if (onBattery === watch.tokens.has('OL')) return before;
  if (onBattery && isTesting(watch, now)) return undefined;
  const mains = onBattery ? 'on-battery' : 'on-mains';
  return before?.mains === mains ? { ...before, confirmed: true } : { mains, first: now, confirmed: false };
}
