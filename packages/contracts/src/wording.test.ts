import { expect, test } from 'vitest';
import { phrase } from './policy/reasons/index.ts';
import { decimal } from './wording.ts';

test('numbers have a comma in Dutch and a point in English, and no more decimals than are asked for', () => {
  expect([decimal(0.64, 'nl'), decimal(0.64, 'en')]).toEqual(['0,6', '0.6']);
  expect([decimal(99.987, 'nl', 2), decimal(12_345, 'en'), decimal(2, 'nl')]).toEqual([
    '99,99',
    '12345',
    '2',
  ]);
});

test('reasons have numbers as their language writes them', () => {
  const reason = { code: 'held', elapsed_s: 0.6, limit_s: 2.5 } as const;
  expect(phrase([reason], 'nl')).toBe('0,6 s op de accu, er wordt 2,5 s gewacht');
  expect(phrase([reason], 'en')).toBe('on battery for 0.6 s, held for 2.5 s');
});
