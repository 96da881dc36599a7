/** How long a flag must stand, or be away, before that is believed. Tests shorten it. */
export interface Timing {
  /** FSD beside OL for this long is a stuck one: the mains count as on. */
  readonly stuckMs: number;
  /** A stuck FSD, or an RB, that was away for less than this is the same one when it comes back. */
  readonly awayMs: number;
}

export const usualTiming: Timing = { stuckMs: 60_000, awayMs: 60_000 };
