import { expect, test } from 'vitest';
import { createLanes, laneOfGuest, laneOfNode } from './lanes.ts';

const now = new Date('2026-11-22T12:00:00Z');
const task = (key: string) => ({ kind: 'reconcile', key, payload: null, attempt: 1 });
const { signal } = new AbortController();

test('a hypervisor whose guests take long holds up its own, not those of others', async () => {
  const inLane = createLanes({ room: 2, now: () => now });
  const ends: (() => void)[] = [];
  const slow = inLane(
    () =>
      new Promise<void>((resolve) => {
        ends.push(resolve);
      }),
    (key) => key.slice(0, 1),
  );
  const first = [slow(task('a1'), signal), slow(task('a2'), signal)];
  expect(await slow(task('a3'), signal)).toEqual({ againAt: new Date(now.getTime() + 100) });
  const other = slow(task('b1'), signal);
  expect(ends).toHaveLength(3);
  for (const end of ends) end();
  expect(await Promise.all([...first, other])).toEqual([undefined, undefined, undefined]);
  const next = slow(task('a3'), signal);
  expect(ends).toHaveLength(4);
  ends[3]?.();
  await next;
});

test('a task that failed leaves its lane', async () => {
  const inLane = createLanes({ room: 1, now: () => now });
  const failing = inLane(
    async () => {
      throw new Error('no');
    },
    () => '',
  );
  await expect(failing(task('1'), signal)).rejects.toThrow('no');
  await expect(failing(task('1'), signal)).rejects.toThrow('no');
});

test('ids tell their hypervisor', () => {
  const hypervisors = [
    { id: 'pve', prefix: '' },
    { id: 'attic', prefix: 'b-' },
  ];
  expect(['104', 'b-104', 'x-1'].map(laneOfGuest(hypervisors))).toEqual(['pve', 'attic', '']);
  expect(['pve-pve1', 'attic-n', 'else-n'].map(laneOfNode(hypervisors))).toEqual(['pve', 'attic', '']);
});
