import { expect, test } from 'vitest';
import { limitTasks } from './task-limit.ts';

const now = new Date('2026-11-22T12:00:00Z');
const task = (key: string) => ({ kind: 'reconcile', key, payload: null, attempt: 1 });
const { signal } = new AbortController();
const options = (most: number) => ({ most, now: () => now, hypervisorOf: (key: string) => key.slice(0, 1) });

test('a hypervisor whose guests take long makes its own wait, not those of others', async () => {
  const ends: (() => void)[] = [];
  const handler = () =>
    new Promise<void>((resolve) => {
      ends.push(resolve);
    });
  const slow = limitTasks(handler, options(2));
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

test('a task that failed gives its place back', async () => {
  const failing = limitTasks(async () => {
    throw new Error('no');
  }, options(1));
  await expect(failing(task('1'), signal)).rejects.toThrow('no');
  await expect(failing(task('1'), signal)).rejects.toThrow('no');
});
