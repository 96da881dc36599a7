import { expect, test } from 'vitest';
import { countChanges, type FlapStep, type Flaps, noFlaps } from './flaps.ts';

const minute = 60_000;

/** Counts changes at these times, ms. */
function changesAt(times: readonly number[], before: Flaps = noFlaps): FlapStep {
  let step: FlapStep = { flaps: before };
  for (const time of times) step = countChanges(step.flaps, 1, time);
  return step;
}

test('six changes within ten minutes are flapping, five are not', () => {
  expect(changesAt([0, 1, 2, 3, 4].map((each) => each * minute)).turned).toBeUndefined();
  expect(changesAt([0, 1, 2, 3, 4, 5].map((each) => each * minute)).turned).toBe('flapping');
  expect(changesAt([0, 2, 4, 6, 8, 10].map((each) => each * minute)).turned).toBeUndefined();
});

test('it is said once, and stable ten minutes after the last change', () => {
  const { flaps } = changesAt([0, 1, 2, 3, 4, 5]);
  expect(countChanges(flaps, 1, 9 * minute)).toMatchObject({
    flaps: { flapping: true },
    dueMs: 10 * minute,
  });
  const after = countChanges(flaps, 1, 9 * minute).flaps;
  expect(countChanges(after, 0, 19 * minute - 1)).toMatchObject({ flaps: { flapping: true }, dueMs: 1 });
  expect(countChanges(after, 0, 19 * minute - 1).turned).toBeUndefined();
  expect(countChanges(after, 0, 19 * minute)).toEqual({
    flaps: { times: [], flapping: false },
    turned: 'stable',
  });
});

test('two changes at once count as two', () => {
  const { flaps } = countChanges(countChanges(noFlaps, 2, 0).flaps, 2, minute);
  expect(countChanges(flaps, 1, minute).turned).toBeUndefined();
  expect(countChanges(flaps, 2, minute).turned).toBe('flapping');
});

test('however fast it goes, no more times are kept than are needed', () => {
  expect(changesAt(Array.from({ length: 1_000 }, (_, n) => n)).flaps.times).toHaveLength(6);
});

test('a clock that was set back makes it no longer than ten minutes from then on', () => {
  const { flaps } = changesAt([0, 1, 2, 3, 4, 5].map((each) => each + 60 * minute));
  const set = countChanges(flaps, 0, 0).flaps;
  expect(set.flapping).toBe(true);
  expect(countChanges(set, 0, 10 * minute).turned).toBe('stable');
});
