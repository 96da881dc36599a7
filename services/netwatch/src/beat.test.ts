import type { Clock } from '@huismeester/clock';
import { waitFor } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { createBeat } from './beat.ts';
import type { Signal } from './core/world.ts';

/** A beat whose civil clock and next pass the test sets; `ms` stands still, as on a machine that is suspended. */
function beating() {
  let time = 1_000_000;
  let next: (() => void) | undefined;
  const clock: Clock = {
    now: () => new Date(time),
    monotonicMs: () => 5,
    after: (_, run) => {
      next = run;
      return () => undefined;
    },
  };
  const beats: number[] = [];
  const posted: Signal[] = [];
  const store = {
    isAway: false as boolean,
    async beat(at: Date) {
      if (store.isAway) throw new Error('away');
      beats.push(at.getTime());
    },
  };
  const beat = createBeat({
    clock,
    store,
    ledger: { post: (signals) => posted.push(...signals) },
    tick: () => undefined,
    failed: () => undefined,
  });
  /** So long after the pass before. */
  const passAfter = async (ms: number) => {
    await waitFor('the pass before to be over', () => next);
    time += ms;
    const run = next;
    next = undefined;
    run?.();
    await waitFor('the pass before to be over', () => next);
  };
  beat.start();
  return { beat, beats, posted, store, passAfter, wait: (ms: number) => (time += ms) };
}

test('a process that was suspended looked at nothing since its last beat', async () => {
  const { beat, posted, passAfter } = beating();
  await passAfter(10_000);
  await passAfter(30_000);
  expect(posted).toEqual([]);
  await passAfter(31_000);
  expect(posted).toEqual([{ kind: 'paused', since: { time: 1_040_000, ms: 5 } }]);
  await passAfter(10_000);
  expect(posted).toHaveLength(1);
  await beat.close();
});

test('so does one that could write nothing down for long: it is noticed once that works again', async () => {
  const { beat, posted, passAfter, store } = beating();
  await passAfter(10_000);
  store.isAway = true;
  for (let pass = 0; pass < 4; pass += 1) await passAfter(10_000);
  expect(posted).toEqual([]);
  store.isAway = false;
  await passAfter(5_000);
  expect(posted).toEqual([{ kind: 'paused', since: { time: 1_010_000, ms: 5 } }]);
  await beat.close();
});

test('it beats once more at its end, but not for a time in which it was suspended', async () => {
  const usual = beating();
  await usual.passAfter(10_000);
  usual.wait(4_000);
  await usual.beat.close();
  expect(usual.beats.at(-1)).toBe(1_014_000);
  const suspended = beating();
  await suspended.passAfter(10_000);
  suspended.wait(3_600_000);
  const closed = suspended.beat.close();
  await closed;
  expect(suspended.beats.at(-1)).toBe(1_010_000);
});
