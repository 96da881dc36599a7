import { expect, test } from 'vitest';
import { destroysFrom, isDestroyed, noteEarlier } from './destroyed.ts';
import type { GuestTask } from './guest.ts';

const now = new Date('2026-12-01T12:00:00.500Z');
const at = (second: number) => new Date(now.getTime() + second * 1000);
const destroy = (second: number, more: Partial<GuestTask> = {}): GuestTask => ({
  upid: `UPID:${second}`,
  type: 'qmdestroy',
  user: 'jan@pve',
  startedAt: at(second),
  running: false,
  ok: true,
  ...more,
});
const since = destroysFrom(undefined, undefined, now);
const guest = { changedAt: now };
/** The guest was seen after that before it was destroyed, by a node whose clock is 30 s ahead. */
const before = noteEarlier('uuid-1', { tasks: [destroy(20)], since }, undefined);

test.each<[string, GuestTask[], typeof before | undefined, boolean]>([
  ['the end of the one before it, in a clock that is ahead', [destroy(20)], before, false],
  ['another after that, in whatever order by the clock', [destroy(20), destroy(19)], before, true],
  ['in a clock that is behind', [destroy(-100)], before, true],
  ['before anything that was asked for', [destroy(-400)], before, false],
  ['it failed', [destroy(60, { ok: false })], before, false],
  ['it is at work', [destroy(60, { ok: false, running: true })], before, false],
  ['another task', [destroy(60, { type: 'qmstop' })], before, false],
  ['not seen by this process: a clock that is ahead', [destroy(20)], undefined, false],
  ['not seen by this process: later by any clock', [destroy(301)], undefined, true],
])('%s', (_, tasks, earlier, destroyed) => {
  expect(isDestroyed(guest, tasks, earlier)).toBe(destroyed);
});

test('what was noted of a guest is kept while it is the same, and begins anew once it is found anew', () => {
  const later = { tasks: [destroy(90), destroy(95, { ok: false, running: true })], since: at(0) };
  const noted = noteEarlier('uuid-1', later, before);
  expect([noted.since, [...noted.upids]]).toEqual([since, ['UPID:20', 'UPID:90']]);
  expect(destroysFrom(at(3_600), noted, at(7_200))).toEqual(since);
  for (const anew of [noteEarlier('uuid-1', later, undefined), noteEarlier('uuid-2', later, before)])
    expect([anew.since, [...anew.upids]]).toEqual([at(0), ['UPID:90']]);
});

test('tasks are asked for from a while before its last change; also when our clock went back since', () => {
  const second = new Date('2026-12-01T11:55:00Z');
  expect(destroysFrom(undefined, undefined, now)).toEqual(second);
  expect(destroysFrom(at(3_600), undefined, now)).toEqual(second);
  expect(destroysFrom(at(-3_600), undefined, now)).toEqual(new Date('2026-12-01T10:55:00Z'));
});
