/** A VM that is left alone, whatever the rules say, while somebody works on it (SPACE-3). */
export interface Hold {
  readonly vm: string;
  /** ms since 1970. */
  readonly since: number;
  readonly until: number;
  readonly because: string;
  readonly by: string;
}

/** The longest hold that the policy allows (SPACE-3: "end within 24 h"), ms. */
export const longestHoldMs = 24 * 3_600_000;

/** The holds that are over at `now`. */
export function endedHolds(holds: ReadonlyMap<string, Hold>, now: number): Hold[] {
  return [...holds.values()].filter(({ until }) => until <= now);
}
