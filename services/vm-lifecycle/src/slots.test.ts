import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

test('as many as the limit, in each group; the others get in line', () => {
  const slots = createSlots();
  expect(slots.take('pve1', 'a', 1)).toBe(true);
  expect(slots.take('pve1', 'a', 1)).toBe(true);
  expect(slots.take('pve1', 'b', 1)).toBe(false);
  expect(slots.take('pve1', 'c', 1)).toBe(false);
  expect(slots.take('pve2', 'd', 1)).toBe(true);
  expect(slots.free('a')).toBe('b');
  expect(slots.take('pve1', 'b', 1)).toBe(true);
  expect(slots.free('b')).toBe('c');
  expect(slots.free('c')).toBeUndefined();
});

test('who no longer wants one leaves the line', () => {
  const slots = createSlots();
  slots.take('pve1', 'a', 1);
  slots.take('pve1', 'b', 1);
  expect(slots.free('b')).toBeUndefined();
  expect(slots.free('a')).toBeUndefined();
});
