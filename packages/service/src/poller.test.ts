import { createRatedClock } from '@huismeester/clock';
import { waitFor } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { createPoller, LookTooLate, type PollerOptions } from './poller.ts';

/** A minute passes in 600 ms: a timer that is a millisecond or two off is off by 0.2 s. */
const clock = createRatedClock({ rate: 100 });
const jitterMs = 1_000;

function polled(look: PollerOptions['look'], more: Partial<PollerOptions> = {}) {
  const starts: number[] = [];
  const errors: unknown[] = [];
  const poller = createPoller({
    everyMs: 5_000,
    deadlineMs: 20_000,
    clock,
    failed: (error) => errors.push(error),
    look: (signal) => {
      starts.push(clock.monotonicMs());
      return look(signal);
    },
    ...more,
  });
  return { poller, starts, errors };
}

const gaps = (starts: readonly number[]) => starts.slice(1).map((at, index) => at - (starts[index] ?? at));

test('it looks again and again, and at once when asked', async () => {
  const { poller, starts } = polled(async () => undefined);
  poller.start();
  await waitFor('three looks', () => starts.length >= 3);
  for (const gap of gaps(starts)) expect(gap).toBeGreaterThan(5_000 - jitterMs);
  await poller.close();
  const rare = polled(async () => undefined, { everyMs: 3_600_000_000 });
  rare.poller.start();
  await waitFor('the first look', () => rare.starts.length >= 1);
  rare.poller.now();
  await waitFor('a second one', () => rare.starts.length >= 2);
  await rare.poller.close();
});

test('a look may say that the next one is due sooner, and never later', async () => {
  const dueMs = [1_000, 3_600_000];
  const { poller, starts } = polled(async () => dueMs.shift());
  poller.start();
  await waitFor('three looks', () => starts.length >= 3);
  await poller.close();
  const [soon = 0, late = 0] = gaps(starts);
  expect(soon).toBeLessThan(5_000 - jitterMs);
  expect(late).toBeGreaterThan(5_000 - jitterMs);
});

test('after failures it looks less often, up to the longest pause', async () => {
  const failing = async () => {
    throw new Error('unreachable');
  };
  const { poller, starts, errors } = polled(failing, { longestPauseMs: 20_000 });
  poller.start();
  await waitFor('five looks', () => starts.length >= 5);
  await poller.close();
  const [, second = 0, third = 0, fourth = 0] = gaps(starts);
  expect(second).toBeGreaterThan(10_000 - jitterMs);
  expect(third).toBeGreaterThan(20_000 - jitterMs);
  expect(fourth).toBeGreaterThan(20_000 - jitterMs);
  expect(errors.length).toBeGreaterThanOrEqual(4);
});

test('one look is in flight: one that is late has failed, and the next one waits for its end', async () => {
  let inFlight = 0;
  let most = 0;
  const { poller, starts, errors } = polled(
    async (signal) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => setImmediate(resolve)));
      inFlight -= 1;
      return undefined;
    },
    { deadlineMs: 2_000 },
  );
  poller.start();
  await waitFor('two late looks', () => errors.length >= 2);
  await poller.close();
  expect(most).toBe(1);
  expect(inFlight).toBe(0);
  expect(errors[0]).toBeInstanceOf(LookTooLate);
  const ended = starts.length;
  poller.now();
  expect(starts).toHaveLength(ended);
});
