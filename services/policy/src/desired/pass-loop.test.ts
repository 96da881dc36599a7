import { createRatedClock } from '@huismeester/clock';
import { waitFor } from '@huismeester/testkit';
import { expect, it } from 'vitest';
import { PowerSpace } from '../../test/power-space.ts';
import { createPassLoop } from './pass-loop.ts';
import type { Passed } from './pass-runner.ts';

/** A minute passes in 60 ms. */
const clock = createRatedClock({ rate: 1_000 });

function loopOf(pass: () => void) {
  const { last, facts, memories } = new PowerSpace([['101', 'core']]).look();
  if (!last) throw new Error('no pass');
  const stored = { facts, memories } as unknown as Passed['stored'];
  return createPassLoop({
    pass: async () => {
      pass();
      const unaccepted = { all: 0, serious: 0 };
      return { pass: last, stored, facts, open: 0, unaccepted, now: clock.now().getTime() };
    },
    clock,
    passed: () => {},
    idle: () => {},
    failed: () => {},
  });
}

it('makes no pass without a reason', async () => {
  let passes = 0;
  const loop = loopOf(() => {
    passes += 1;
  });
  loop.start();
  await waitFor('the first pass', () => passes === 1);
  const minuteIsOver = clock.now().getTime() + 60_000;
  await waitFor('a minute', () => clock.now().getTime() > minuteIsOver);
  expect(passes).toBe(1);
  loop.wake();
  await waitFor('the next pass', () => passes === 2);
  await loop.close();
});

it('says that it fails, until a pass succeeds', async () => {
  const database: { isBroken: boolean } = { isBroken: true };
  const loop = loopOf(() => {
    if (database.isBroken) throw new Error('the database is not there');
  });
  loop.start();
  await waitFor('it fails', () => loop.isFailing());
  expect(loop.latest()).toBeUndefined();
  database.isBroken = false;
  await waitFor('it is well again', () => !loop.isFailing() && loop.latest() !== undefined);
  await loop.close();
});
