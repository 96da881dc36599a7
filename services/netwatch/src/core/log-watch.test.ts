import { expect, test } from 'vitest';
import { sightOf } from './log-watch.ts';

const from = { time: 1_000_000, ms: 50_000 };
const now = { time: 1_060_000, ms: 110_000 };
const sight = (failed: boolean, time: number) =>
  sightOf({ thing: 'hypervisor/pve', said: { failed, since: { time } }, from }, now);

test('what a log says is a sight, since its event', () => {
  const since = { time: 1_030_000, ms: 80_000 };
  expect(sight(true, 1_030_000)).toEqual({ kind: 'sight', thing: 'hypervisor/pve', sight: 'fails', since });
  expect(sight(false, 1_030_000)).toMatchObject({ sight: 'answers', since });
});

test('from before we looked nothing is known', () => {
  expect(sight(true, 10)).toMatchObject({ since: from });
});

test('nothing began in the future, whatever the clock of its writer says', () => {
  expect(sight(true, 9_999_999)).toMatchObject({ since: now });
});

test('a log that says nothing shows nothing', () => {
  expect(sightOf({ thing: 'hypervisor/pve', from }, now)).toBeUndefined();
});
