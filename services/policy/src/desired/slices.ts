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
  const began = performance.now();
  const found = decide();
  const longestMs = performance.now() - began;
  if (!('next' in found)) return { outcome: found, longestMs };
  const ended = await toTheEnd(found, began, longestMs);
  return { outcome: ended.value, longestMs: ended.longestMs };
}

/** Takes all steps, in slices as above; `began`: when the first one did. */
export async function toTheEnd<Value>(
  steps: Generator<undefined, Value>,
  began = performance.now(),
  longest = 0,
): Promise<{ readonly value: Value; readonly longestMs: number }> {
  let sliceBegan = began;
  let at = performance.now();
  let longestMs = longest;
  for (;;) {
    const { done, value } = steps.next();
    const now = performance.now();
    longestMs = Math.max(longestMs, now - at);
    at = now;
    if (done) return { value, longestMs };
    if (now < sliceBegan + sliceMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    sliceBegan = performance.now();
    at = sliceBegan;
  }
}
