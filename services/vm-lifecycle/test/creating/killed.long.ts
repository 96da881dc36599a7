import { afterAll, beforeAll, expect, test } from 'vitest';
import { killedEverywhere, openKilled } from './killed-everywhere.ts';

let killed: Awaited<ReturnType<typeof openKilled>>;

beforeAll(async () => {
  killed = await openKilled();
});
afterAll(() => killed.close());

test('a clone is made once, wherever its making is broken off', { timeout: 600_000 }, async () => {
  const acts = ['clone', 'configure', 'resize', 'ask'].map((act) => `after ${act}`);
  expect(await killedEverywhere(killed, 'debian')).toEqual(expect.arrayContaining(acts));
});

test('and so is a container', { timeout: 600_000 }, async () => {
  const acts = ['createContainer', 'ask'].map((act) => `after ${act}`);
  expect(await killedEverywhere(killed, 'debian-lxc')).toEqual(expect.arrayContaining(acts));
});
