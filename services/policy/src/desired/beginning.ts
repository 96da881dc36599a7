import type { Clock } from '@huismeester/service';

/** A jump of the civil clock of more than this is no drift, ms. */
const jumpMs = 5_000;

/**
 * When the process began, or when the civil clock was last set, since times from before that mean nothing after it; in ms
 * since 1970.
 */
export function createBeginning(clock: Clock): () => number {
  let began = clock.now().getTime();
  let offset = began - clock.monotonicMs();
  return () => {
    const now = clock.now().getTime();
    const newOffset = now - clock.monotonicMs();
    if (Math.abs(newOffset - offset) > jumpMs) began = now;
    offset = newOffset;
    return began;
  };
}
