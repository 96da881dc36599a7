import { afterEach, expect, test } from 'vitest';
import { createLoop, type Loop } from './loop.ts';

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
