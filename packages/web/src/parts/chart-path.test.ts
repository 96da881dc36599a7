import { describe, expect, it, test } from 'vitest';
import { type Point, pathOf, roundMax, rowsOf, thinned, ticksOf } from './chart-path.ts';

const hourMs = 3_600_000;
const frame = { from: 0, to: 1000, max: 100 };
const at = (...pairs: readonly (readonly [number, number | undefined])[]): Point[] =>
  pairs.map(([time, value]) => ({ at: time, value }));

describe('thinning', () => {
  it('leaves at most a point a column', () => {
    const points = Array.from({ length: 1000 }, (_, index) => ({ at: index, value: index % 7 }));
    const lines = thinned(points, frame, 50);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toHaveLength(50);
  });

  it('keeps a dip of one point, whichever column it is in', () => {
    const points = Array.from({ length: 1000 }, (_, index) => ({ at: index, value: index === 557 ? 3 : 98 }));
    const values = thinned(points, frame, 50).flat();
    expect(values.map(({ value }) => value)).toContain(3);
    expect(values.filter(({ value }) => value === 98)).toHaveLength(49);
  });

  it.each([
    ['a value is not known', at([0, 5], [100, 6], [200, undefined], [300, 7]), undefined, [2, 1]],
    ['nothing was measured for long', at([0, 5], [100, 6], [400, 7], [500, 8]), 300, [2, 2]],
    ['all is known', at([0, 5], [100, 6], [200, 7]), 300, [3]],
    ['nothing is known', at([0, undefined], [100, undefined]), undefined, []],
  ])('has a gap where %s', (_, points, gap, lengths) => {
    expect(thinned(points, frame, 100, gap).map(({ length }) => length)).toEqual(lengths);
  });

  it('leaves out what is before and after', () => {
    const values = thinned(at([-5, 1], [10, 2], [1000, 3], [1001, 4]), frame, 100).flat();
    expect(values.map(({ value }) => value)).toEqual([2, 3]);
  });
});

test('a path is stretched over the plane, and stays in it', () => {
  const lines = thinned(at([0, 0], [500, 50], [1000, 130]), frame, 100);
  expect(pathOf(lines, frame)).toBe('M0.0 100.0L500.0 50.0L1000.0 0.0');
});

test('a point alone is a line to itself', () => {
  expect(pathOf(thinned(at([500, 50]), frame, 100), frame)).toBe('M500.0 50.0L500.0 50.0');
});

describe('the axis of times', () => {
  const utc = (time: number): number => (time / 60_000) % 1440;
  const india = (time: number): number => (time / 60_000 + 330) % 1440;
  const day = { from: 10.4 * hourMs, to: 34.4 * hourMs, max: 1 };

  it('marks whole hours, at most six', () => {
    expect(ticksOf(day, utc).map((each) => each / hourMs)).toEqual([12, 18, 24, 30]);
  });

  it('marks those of the space where they are half an hour off', () => {
    expect(ticksOf(day, india).map((each) => each / hourMs)).toEqual([12.5, 18.5, 24.5, 30.5]);
  });
});

test('rows of the table say the least and the greatest, newest first, and what is not known', () => {
  const rows = rowsOf(at([0, 5], [100, 9], [900, 2]), frame, 4);
  expect(rows).toEqual([
    { from: 750, least: 2, greatest: 2 },
    { from: 500, least: undefined, greatest: undefined },
    { from: 250, least: undefined, greatest: undefined },
    { from: 0, least: 5, greatest: 9 },
  ]);
});

test.each([
  [[], 1],
  [[3], 5],
  [[130, 4], 200],
  [[1000], 1000],
])('above the values %j is %d', (values, max) => {
  expect(roundMax(values.map((value) => ({ at: 0, value })))).toBe(max);
});
