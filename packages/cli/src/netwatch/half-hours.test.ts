import { expect, test } from 'vitest';
import { dayHead, dayLine, legend } from './half-hours.ts';

test('each half hour is a sign, which the legend explains', () => {
  const shares = [
    [1, 0],
    [0.5, 0],
    [0.49, 0],
    [0, 0],
    [0.999, 0.001],
    [0, 0.5],
    [0, 1],
    [0, 0.01],
    [0.25, 0.24],
  ];
  const line = dayLine(shares.map(([up_ratio = 0, down_ratio = 0]) => ({ up_ratio, down_ratio })));
  expect(line).toBe('==..xXX..');
  for (const sign of new Set(line)) expect(legend).toContain(`${sign} `);
});

test('the head is as wide as a day, with the clock every six hours', () => {
  expect(dayHead(new Date('2026-11-30T14:32:10Z'), 'UTC')).toBe(
    '14:32       20:32       02:32       08:32       ',
  );
});
