import type { StoredEvent } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { createLogTail } from './log-tail.ts';

const events = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ position: from + index }) as StoredEvent);
const positions = (found: readonly StoredEvent[] | undefined) => found?.map(({ position }) => position);

test('what was appended last is read from memory, and nothing that is not there', () => {
  const tail = createLogTail();
  expect(tail.after(0, 10)).toBeUndefined();
  tail.add(events(5, 6));
  tail.add(events(7, 9));
  expect(positions(tail.after(4, 10))).toEqual([5, 6, 7, 8, 9]);
  expect(positions(tail.after(6, 2))).toEqual([7, 8]);
  expect(tail.after(3, 10)).toBeUndefined();
  // Whether something follows is for the database to say.
  expect(tail.after(9, 10)).toBeUndefined();
});

test('after a gap, or an answer that overtook another, only what has no gap is kept', () => {
  const tail = createLogTail();
  tail.add(events(5, 6));
  tail.add(events(9, 9));
  expect(tail.after(4, 10)).toBeUndefined();
  expect(positions(tail.after(8, 10))).toEqual([9]);
  tail.add(events(7, 8));
  expect(positions(tail.after(6, 10))).toEqual([7, 8]);
});

test('what was removed from the log is not read from here', () => {
  const tail = createLogTail();
  tail.add(events(5, 6));
  tail.clear();
  expect(tail.after(4, 10)).toBeUndefined();
  tail.add(events(7, 7));
  expect(positions(tail.after(6, 10))).toEqual([7]);
});

test('it keeps 200 events', () => {
  const tail = createLogTail();
  tail.add(events(1, 150));
  tail.add(events(151, 300));
  expect(tail.after(99, 1)).toBeUndefined();
  expect(tail.after(100, 500)).toHaveLength(200);
});
