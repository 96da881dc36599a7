/** When something was observed. */
export interface Moment {
  /** Civil time, ms since 1970; people and administrators may set it back. */
  readonly time: number;
  /** Monotonic ms of this process; absent for what an earlier process observed. */
  readonly ms?: number;
}

/** Now: it always has both. */
export type Now = Required<Moment>;

/** The clock moved by more than this while a length was measured: it was set, not corrected. */
const jumpMs = 2_000;

export interface Length {
  readonly lasted_s: number;
  readonly approximate?: true;
}

/**
 * The time from one moment to another: by the monotonic clock within a process, by the civil one across starts. A civil clock that
 * jumped, or runs backwards, makes it approximate.
 */
export function lengthOf(from: Moment, to: Moment): Length {
  const civilMs = to.time - from.time;
  const exactMs = from.ms === undefined || to.ms === undefined ? undefined : to.ms - from.ms;
  const lasted_s = Math.max(0, exactMs ?? civilMs) / 1000;
  const jumped = exactMs === undefined ? civilMs < 0 : Math.abs(civilMs - exactMs) > jumpMs;
  return jumped ? { lasted_s, approximate: true } : { lasted_s };
}

/** How long ago it was, ms. */
export function ageMs(moment: Moment, now: Now): number {
  return moment.ms === undefined ? now.time - moment.time : now.ms - moment.ms;
}

/** Whether a moment is before another of the same history; one of them may be of an earlier process. */
export function isBefore(one: Moment, other: Moment): boolean {
  return one.ms !== undefined && other.ms !== undefined ? one.ms < other.ms : one.time < other.time;
}

/** The earlier one; the first, if neither is. */
export function earlier(one: Moment, other: Moment): Moment {
  return isBefore(other, one) ? other : one;
}

export function iso({ time }: Moment): string {
  return new Date(time).toISOString();
}
