import { expect, it, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { violationWords } from './violation-words.ts';
import { count, datesIn, lasting, percent, together } from './wording.ts';

test.each(rules.flatMap(({ violationKinds }) => violationKinds))('%s has words for the board', (kind) => {
  expect(Object.keys(violationWords)).toContain(kind);
});

test.each([
  [0, 'geen storingen'],
  [1, '1 storing'],
  [2, '2 storingen'],
  [1234, '1.234 storingen'],
])('%d is «%s»', (howMany, words) => {
  expect(count(howMany, 'storing', 'storingen')).toBe(words);
});

test.each([
  [0, 'minder dan een minuut'],
  [29, 'minder dan een minuut'],
  [60, '1 minuut'],
  [1680, '28 minuten'],
  [3600, '1 uur'],
  [7500, '2 uur en 5 minuten'],
  [86_400, '1 dag'],
  [180_000, '2 dagen en 2 uur'],
])('%d s is «%s»', (seconds, words) => {
  expect(lasting(seconds)).toBe(words);
});

test.each([
  [1, '100%'],
  [0.99999, '99,99%'],
  [0.99866, '99,87%'],
  [0.5, '50%'],
])('%d is «%s»', (ratio, words) => {
  expect(percent(ratio)).toBe(words);
});

it('names several as people do', () => {
  expect(together(['a'])).toBe('a');
  expect(together(['a', 'b', 'c'])).toBe('a, b en c');
});

it('says days and moments of the site, with the year where it is another', () => {
  const { day, moment, span, clockChange } = datesIn('Europe/Amsterdam', '2026-09-30T22:00:00Z');
  expect(day('2026-10-31T23:30:00Z')).toBe('1 november');
  expect(day('2026-12-31T23:30:00Z')).toBe('1 januari 2027');
  expect(moment('2026-10-14T17:03:00Z')).toBe('14 oktober om 19:03 uur');
  expect(span('2026-10-14T17:03:00Z', '2026-10-14T17:31:00Z')).toBe('14 oktober van 19:03 tot 19:31 uur');
  expect(span('2026-10-14T17:03:00Z', '2026-10-15T17:31:00Z')).toBe(
    'van 14 oktober 19:03 uur tot 15 oktober 19:31 uur',
  );
  expect(clockChange('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z')).toContain('wintertijd');
  expect(clockChange('2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z')).toContain('zomertijd');
  expect(clockChange('2026-10-14T17:03:00Z', '2026-10-14T17:31:00Z')).toBe('');
});
