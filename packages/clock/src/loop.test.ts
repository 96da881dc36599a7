import { afterEach, expect, test } from 'vitest';
import { createLoop, type Loop } from './loop.ts';
import { createRatedClock } from './rated-clock.ts';

let loop: Loop | undefined;
afterEach(() => loop?.close());

/** Resolves when the loop has made so many passes. */
function passes(count: number, pass: (n: number) => Promise<number | undefined>, everyMs = 3_600_000) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const errors: unknown[] = [];
  let n = 0;
  loop = createLoop({
    everyMs,
    onError: (error) => errors.push(error),
    pass: () => {
      n += 1;
      if (n === count) resolve();
      return pass(n);
    },
  });
  loop.start();
  return { promise, errors, made: () => n };
}

test('works at the start, and again when it is woken', async () => {
  const { promise } = passes(2, async () => {
    loop?.wake();
    return undefined;
  });
  await promise;
});

test('works by itself every so often, or sooner when a pass asks for it', async () => {
  await passes(2, async () => undefined, 5).promise;
  await loop?.close();
  await passes(2, async () => 5).promise;
});

test('a wake during a pass is not lost, and passes do not overlap', async () => {
  let working = 0;
  const { promise } = passes(3, async () => {
    working += 1;
    expect(working).toBe(1);
    loop?.wake();
    await new Promise((resolve) => setImmediate(resolve));
    working -= 1;
    return undefined;
  });
  await promise;
});

test('an error is reported, and being woken does not cut the pause after it short', async () => {
  const begun = performance.now();
  const { promise, errors } = passes(2, async (n) => {
    if (n > 1) return undefined;
    setImmediate(() => loop?.wake());
    throw new Error('away');
  });
  await promise;
  expect(errors).toEqual([new Error('away')]);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(90);
});

test('failures in a row pause longer each time: a loop that is woken all the time does not spin', async () => {
  const rated = createRatedClock({ rate: 100 });
  const pauses: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  loop = createLoop({
    everyMs: 3_600_000,
    clock: {
      ...rated,
      after(ms, run) {
        pauses.push(ms);
        if (pauses.length === 8) resolve();
        return rated.after(ms, run);
      },
    },
    onError: () => setImmediate(() => loop?.wake()),
    pass: () => Promise.reject(new Error('away')),
  });
  loop.start();
  await promise;
  expect(pauses).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
});

test('close waits for the pass in progress, ends any pause, and nothing comes after it', async () => {
  let ended = false;
  const { made } = passes(1, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    ended = true;
    return undefined;
  });
  await loop?.close();
  expect(ended).toBe(true);
  loop?.wake();
  loop?.start();
  await new Promise((resolve) => setImmediate(resolve));
  expect(made()).toBe(1);
});
