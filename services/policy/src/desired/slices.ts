import type { Outcome, Steps } from '../rules/define.ts';

/** So long a rule that only watches may keep everything else waiting, ms. */
const sliceMs = 10;

/**
 * Asks a rule in slices of at most 10 ms, as far as it has steps. `longestMs`: the longest that it went on without a break.
 * That is processor time of this process, so it is measured by its own clock, whatever the program's is.
 */
export async function inSlices<Row>(
  decide: () => Outcome<Row> | Steps<Row>,
): Promise<{ readonly outcome: Outcome<Row>; readonly longestMs: number }> {
  let began = performance.now();
  const found = decide();
  let at = performance.now();
  let longestMs = at - began;
  if (!('next' in found)) return { outcome: found, longestMs };
  for (;;) {
    const { done, value } = found.next();
    const now = performance.now();
    longestMs = Math.max(longestMs, now - at);
    at = now;
    if (done) return { outcome: value, longestMs };
    if (now < began + sliceMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
    at = began;
  }
}
