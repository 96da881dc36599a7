export interface BackoffLimits {
  /** The pause after the first failure, ms. */
  readonly firstMs: number;
  /** The longest pause, ms. */
  readonly longestMs: number;
}

/** How long to pause after so many failures in a row (1 or more), in ms: twice as long each time, up to the longest. */
export function backoffMs(failures: number, { firstMs, longestMs }: BackoffLimits): number {
  return Math.min(longestMs, firstMs * 2 ** (failures - 1));
}
