import { handClock, waitFor } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import type { Sample } from '../core/history.ts';
import { History } from './history.ts';
import type { Recorded } from './store.ts';

const begin = new Date('2026-11-22T17:00:00.000Z');

/** A history on a clock that is turned by hand, in a store in memory that may fail. */
function setUp() {
  const clock = handClock(begin);
  const stored: Recorded[] = [];
  const failures: unknown[] = [];
  const state: { mains: Sample['mains'] | undefined; fails: boolean; pruned: number } = {
    mains: 'on-mains',
    fails: false,
    pruned: 0,
  };
  const history = new History({
    clock,
    upses: new Map([
      [
        'rack',
        { sample: () => state.mains && { atMs: clock.now().getTime(), mains: state.mains, charge_pct: 98 } },
      ],
    ]),
    store: {
      add: async (samples) => {
        if (state.fails) throw new Error('the database is away');
        stored.push(...samples);
      },
      read: async (_, fromMs, toMs) =>
        stored.flatMap(({ ups: __, ...each }) => (each.atMs >= fromMs && each.atMs <= toMs ? [each] : [])),
      prune: async () => {
        state.pruned += 1;
      },
    },
    failed: (error) => failures.push(error),
  });
  const points = async (hours = 24) => (await history.read('rack', { hours, points: 1_500 })).points;
  const turned = (mains: Sample['mains']) => {
    state.mains = mains;
    history.changed('rack');
  };
  return { clock, stored, failures, state, history, points, turned };
}

/** Lets so many minutes pass, one after the other, each until what is due in it was written. */
async function minutes({ clock, stored }: ReturnType<typeof setUp>, count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    const before = stored.length;
    clock.advance(60_000);
    await waitFor('a sample', () => stored.length > before);
    // The loop goes on to wait.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a sample a minute is recorded, and one at each change of the mains, which is in answers at once', async () => {
  const place = setUp();
  const { clock, stored, state, history, points, turned } = place;
  history.start();
  await waitFor('the first look for what is old', () => state.pruned === 1);
  expect(stored).toHaveLength(1);
  await minutes(place, 2);
  clock.advance(5_000);
  turned('on-battery');
  history.changed('rack');
  clock.advance(3_000);
  turned('on-mains');
  expect(stored).toHaveLength(3);
  expect((await points()).map(({ mains }) => mains)).toEqual([
    'on-mains',
    'on-mains',
    'on-mains',
    'on-battery',
    'on-mains',
  ]);
  clock.advance(7_000);
  await waitFor('both changes are stored', () => stored.length === 5);
  expect(await points()).toHaveLength(5);
  await history.close();
  expect(stored).toHaveLength(5);
});

test('what could not be written is written later, and at the end', async () => {
  const place = setUp();
  const { clock, stored, failures, state, history, points, turned } = place;
  state.fails = true;
  history.start();
  await waitFor('a failure', () => failures.length === 1);
  turned('on-battery');
  expect(await points()).toHaveLength(1);
  clock.advance(10_000);
  await waitFor('another failure', () => failures.length === 2);
  state.fails = false;
  await history.close();
  expect(stored.map(({ mains }) => mains)).toEqual(['on-mains', 'on-battery']);
});

test('of a UPS that was not looked at nothing is recorded, and only the hours that are asked for are answered', async () => {
  const place = setUp();
  const { clock, stored, state, history, points } = place;
  state.mains = undefined;
  history.start();
  await waitFor('the first pass', () => state.pruned === 1);
  expect(stored).toEqual([]);
  state.mains = 'on-mains';
  await minutes(place, 62);
  expect(await points(1)).toHaveLength(61);
  expect(await points(2)).toHaveLength(62);
  expect(state.pruned).toBe(2);
  clock.advance(1);
  await history.close();
});
