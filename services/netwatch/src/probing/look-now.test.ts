import type { Look } from '@huismeester/probes';
import { systemClock } from '@huismeester/service';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { probeSettings } from '../../test/probe-settings.ts';
import { WatchedProbe } from './watched-probe.ts';

/** Looks that end when the test says so. */
let looks: { readonly answer: (look: Look) => void }[];
let watched: WatchedProbe;

beforeEach(() => {
  looks = [];
  watched = new WatchedProbe({
    settings: probeSettings({ every: '1h' }),
    probe: () => {
      const { promise, resolve } = Promise.withResolvers<Look>();
      looks.push({ answer: resolve });
      return promise;
    },
    memory: {},
    clock: systemClock,
    reports: { post: () => undefined, looked: () => undefined },
    around: { asked: () => undefined, lost: false },
    here: true,
    seen: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
});
afterEach(async () => {
  for (const { answer } of looks) answer(good);
  await watched.close();
});

const good: Look = { outcome: 'up', answered: true, latencyMs: 1 };
const bad: Look = { outcome: 'down', reason: 'refused', answered: true };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
async function look(count: number) {
  while (looks.length < count) await turn();
  return looks[count - 1];
}

test('a look that is asked for is one that begins after that', async () => {
  watched.start();
  const first = await look(1);
  let isOver = false;
  const asked = watched.lookNow().then(() => {
    isOver = true;
  });
  first?.answer(bad);
  const second = await look(2);
  expect({ isOver, last: watched.last?.outcome }).toEqual({ isOver: false, last: 'down' });
  second?.answer(good);
  await asked;
  expect(watched.last?.outcome).toBe('up');
});

test('several that are asked for at once are one look', async () => {
  watched.start();
  (await look(1))?.answer(good);
  await turn();
  const asked = [watched.lookNow(), watched.lookNow()];
  (await look(2))?.answer(bad);
  await Promise.all(asked);
  expect(looks).toHaveLength(2);
});

test('nobody waits for a look that will not come', async () => {
  watched.start();
  const first = await look(1);
  const asked = watched.lookNow();
  const closed = watched.close();
  first?.answer(good);
  await closed;
  await asked;
  expect(looks).toHaveLength(1);
});
