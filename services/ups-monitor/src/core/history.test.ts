import { expect, test } from 'vitest';
import { historyOf, type Sample, sampleOf } from './history.ts';
import { initialState } from './state.ts';
import { freshWatch } from './watch.ts';

const minute = 60_000;
const begin = Date.parse('2026-11-22T17:00:00.000Z');
const at = (ms: number, mains: Sample['mains'] = 'on-mains'): Sample => ({ atMs: begin + ms, mains });
const times = (recorded: readonly Sample[], most = 1_500) =>
  historyOf('rack', recorded, most).points.map((point) => Date.parse(point.at) - begin);

const variables = {
  charge_pct: 98,
  runtime_s: 2340,
  load_pct: 23,
  power_w: 210,
  input_v: 231,
  battery_v: 27,
};
const seen = { ...initialState('rack'), contact: 'ok', mains: 'on-mains', charge_pct: 97 } as const;
const watch = { ...freshWatch(), answers: 2 } as const;

test.each([
  [
    'that answers',
    seen,
    { ...watch, variables },
    { mains: 'on-mains', charge_pct: 98, runtime_s: 2340, load_pct: 23, power_w: 210, input_v: 231 },
  ],
  ['whose numbers cannot be read', seen, watch, { mains: 'on-mains' }],
  ['without contact', { ...seen, contact: 'stale' }, { ...watch, variables }, { mains: 'unknown' }],
  ['of which only an earlier process knew', seen, { ...watch, answers: 0 }, { mains: 'unknown' }],
] as const)('a sample of a UPS %s', (_, state, watched, sample) => {
  expect(sampleOf(state, watched, 5)).toEqual({ atMs: 5, ...sample });
});

test('few samples are all answered', () => {
  const points = [at(0), at(61_000), at(70_000, 'on-battery'), at(80_000)];
  expect(historyOf('rack', points, 4)).toEqual({
    ups: 'rack',
    step_s: 60,
    points: points.map(({ atMs, mains }) => ({ at: new Date(atMs).toISOString(), mains })),
  });
});

test('of many samples each step keeps the first, and a cut that lasted seconds is seen to begin and end', () => {
  const cut = [at(600 * minute + 10_000, 'on-battery'), at(600 * minute + 20_000)];
  const all = [...Array.from({ length: 1440 }, (_, nth) => at(nth * minute)), ...cut].toSorted(
    (a, b) => a.atMs - b.atMs,
  );
  const { step_s, points } = historyOf('rack', all, 800);
  expect(step_s).toBe(120);
  expect(points).toHaveLength(722);
  const moments = points.map((point) => Date.parse(point.at));
  expect(cut.every(({ atMs }) => moments.includes(atMs))).toBe(true);
  const later = [...all, at(1440 * minute)];
  expect(historyOf('rack', later, 800).points.slice(0, -1)).toEqual(points);
});

test('mains that flutter for hours are answered within the limit', () => {
  const fluttering = Array.from({ length: 5_000 }, (_, nth) =>
    at(nth * 1_000, nth % 2 === 0 ? 'on-battery' : 'on-mains'),
  );
  expect(times(fluttering, 50).length).toBeLessThanOrEqual(50);
});

test('of a time that came twice, since the clock was set back, what was recorded last is answered', () => {
  const before = [at(0), at(minute), at(60 * minute, 'on-battery'), at(61 * minute, 'on-battery')];
  expect(times([...before, at(2 * minute), at(3 * minute)])).toEqual([0, minute, 2 * minute, 3 * minute]);
});
