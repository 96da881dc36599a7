import { afterAll, beforeAll, expect, test } from 'vitest';
import { killedOnce, openKilled } from './killed-everywhere.ts';

let killed: Awaited<ReturnType<typeof openKilled>>;

beforeAll(async () => {
  killed = await openKilled();
});
afterAll(() => killed.close());

// Every moment is in killed.long.ts: here those at which most would be lost, or done twice.
test.each([
  ['clone', 'debian', 'after clone'],
  ['clone', 'debian', 'after configure'],
  ['clone', 'debian', 'after resize'],
  ['clone', 'debian', 'after ask'],
  ['container', 'debian-lxc', 'before createContainer'],
  ['container', 'debian-lxc', 'after createContainer'],
])('a %s of %s is made once, though its making is broken off %s', async (_, kind, moment) => {
  expect((await killedOnce(killed, kind, moment)).at(-1)).toBe(moment);
});
