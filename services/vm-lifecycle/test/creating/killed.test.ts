import { afterAll, beforeAll, expect, test } from 'vitest';
import { killedEverywhere, openKilled } from './killed-everywhere.ts';

let killed: Awaited<ReturnType<typeof openKilled>>;

beforeAll(async () => {
  killed = await openKilled();
});
afterAll(() => killed.close());

// Every moment is in killed.long.ts.
test('a clone is made once, wherever its making is broken off', { timeout: 240_000 }, async () => {
  expect(await killedEverywhere(killed, 'debian', { first: 6, every: 29 })).toBeGreaterThan(40);
});

test('and so is a container', { timeout: 240_000 }, async () => {
  expect(await killedEverywhere(killed, 'debian-lxc', { first: 9, every: 31 })).toBeGreaterThan(25);
});
