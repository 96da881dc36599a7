import { expect, test } from 'vitest';
import { figureOf } from './availability.ts';

const hour = 3_600_000;
const window = { from: 0, until: 24 * hour };

test('availability is of the time that is known, coverage of the time since the thing is', () => {
  const sum = { thing: 'probe/web', up: 9 * hour, down: hour };
  expect(figureOf(sum, window, -hour)).toEqual({
    availability_ratio: 0.9,
    coverage_ratio: 10 / 24,
    down_s: 3600,
  });
  expect(figureOf(sum, window, 12 * hour)).toMatchObject({ coverage_ratio: 10 / 12 });
});

test('of what was never seen there is no figure', () => {
  expect(figureOf(undefined, window, undefined)).toEqual({ coverage_ratio: 0, down_s: 0 });
});
