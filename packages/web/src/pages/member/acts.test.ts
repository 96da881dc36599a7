import { expect, test } from 'vitest';
import { isAlone, mayAsk } from './acts.ts';

const full = { isFull: true, isBoard: false };
const board = { isFull: false, isBoard: true };

test.each([
  ['trial', full, ['confirm', 'extend', 'suspend', 'end']],
  ['trial', board, ['suspend', 'end']],
  ['full', full, ['suspend', 'end']],
  ['suspended', board, ['lift', 'end']],
  ['former', full, []],
  [undefined, full, []],
  ['full', { isFull: false, isBoard: false }, []],
] as const)('what is asked about %s by %j', (register, asker, acts) => {
  expect(mayAsk(register, asker)).toEqual(acts);
});

test('a board member ends, suspends and lifts alone; nobody makes a full member alone', () => {
  expect(isAlone('end', board)).toBe(true);
  expect(isAlone('confirm', board)).toBe(false);
  expect(isAlone('end', full)).toBe(false);
});
