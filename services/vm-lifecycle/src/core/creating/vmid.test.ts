import { expect, test } from 'vitest';
import { freeVmid } from './vmid.ts';

const range = { from: 900, to: 903 };

test('the first free number of the range', () => {
  expect(freeVmid(range, new Set())).toBe(900);
  expect(freeVmid(range, new Set([900, 901, 903]))).toBe(902);
});

test('from the one after another’s on, then from the start', () => {
  expect(freeVmid(range, new Set(), 901)).toBe(902);
  expect(freeVmid(range, new Set([902, 903]), 901)).toBe(900);
  expect(freeVmid(range, new Set(), 903)).toBe(900);
});

test('none when all are taken', () => {
  expect(freeVmid(range, new Set([900, 901, 902, 903]), 901)).toBeUndefined();
});
