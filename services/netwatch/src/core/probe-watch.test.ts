import { expect, test } from 'vitest';
import { noFlaps } from './flaps.ts';
import { fromZero, look, newWatch, type ProbeWatch } from './probe-watch.ts';

const counting = { failed: 3, of: 3, good: 2 };
const at = (s: number) => ({ time: s * 1000, ms: s * 1000 });
const see = (watch: ProbeWatch, outcome: 'good' | 'bad', s: number) =>
  look('probe/a', watch, { outcome, began: at(s) }, counting, at(s));

test('a failure for want of something else is no change of its own, however often that happens', () => {
  let watch = newWatch();
  for (let round = 0; round < 8; round += 1) {
    for (const [index, outcome] of (['good', 'good', 'bad'] as const).entries()) {
      const step = see(watch, outcome, round * 30 + index * 5);
      expect(step.signals.filter(({ kind }) => kind === 'flapping')).toEqual([]);
      watch = step.watch;
    }
    watch = fromZero(watch);
  }
});

test('before the first verdict nothing follows from the changes of before, but they count', () => {
  const times = [1, 2, 3, 4, 5, 6].map((s) => s * 1000);
  const first = see(newWatch({ ...noFlaps, times }), 'good', 10);
  expect(first.signals).toEqual([]);
  expect(see(first.watch, 'good', 15).signals.map(({ kind }) => kind)).toEqual(['sight', 'flapping']);
});
