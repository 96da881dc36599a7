/** Where time comes from; a core never asks for it itself. */
export interface Clock {
  /** The civil time, which people and administrators may set back. */
  now(): Date;
  /** Milliseconds since some moment in the past; never goes back. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};
