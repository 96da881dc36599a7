/** So many changes in the window are flapping; none for as long as the window is stable again. */
const changesForFlapping = 6;
const windowMs = 600_000;

/** The changes of one thing between up and down, look to look. Stored: a restart must not forget them. */
export interface Flaps {
  /** Times of the changes within the window, ms since 1970, oldest first. */
  readonly times: readonly number[];
  readonly flapping: boolean;
}

export const noFlaps: Flaps = { times: [], flapping: false };

/** What a change, or the time, means: `flapping` and `stable` are to be said, once each. */
export interface FlapStep {
  readonly flaps: Flaps;
  readonly turned?: 'flapping' | 'stable';
  /** When to look at the time again, ms from now. */
  readonly dueMs?: number;
}

export const flapWindow_s = windowMs / 1000;

/** The flaps after so many changes more (0: only time passed), at a time in ms since 1970; the very same ones if nothing came of it. */
export function countChanges(before: Flaps, changes: number, time: number): FlapStep {
  const added = [...before.times, ...Array.from({ length: changes }, () => time)];
  // A clock that was set back leaves times in the future: they count from now on.
  const times = added.map((each) => Math.min(each, time)).filter((each) => time - each < windowMs);
  const last = times.at(-1);
  const flapping = before.flapping ? last !== undefined : times.length >= changesForFlapping;
  // The newest are enough to count by, however fast it flaps.
  const newest = times.slice(-changesForFlapping);
  const isSame = flapping === before.flapping && isEqual(newest, before.times);
  const flaps = isSame ? before : { times: newest, flapping };
  const turned =
    flapping === before.flapping ? {} : { turned: flapping ? ('flapping' as const) : ('stable' as const) };
  return { flaps, ...turned, ...(flapping && last !== undefined && { dueMs: last + windowMs - time }) };
}

function isEqual(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((each, i) => each === other[i]);
}
