/** How long what happens is waited for before it counts. Tests shorten it. */
export interface Timing {
  /** For so long after a switch restarted its ports may do as they like. */
  readonly quietMs: number;
}

export const usualTiming: Timing = { quietMs: 120_000 };
