import { expect, test } from 'vitest';
import { rateOf } from './figures.ts';

test.each([
  [undefined, undefined],
  [0, '0 b/s'],
  [999, '999 b/s'],
  [999.6, '1 kb/s'],
  [1_250_000, '1.25 Mb/s'],
  [10e9, '10 Gb/s'],
])('%s is %s', (bps, said) => {
  expect(rateOf(bps)).toBe(said);
});
