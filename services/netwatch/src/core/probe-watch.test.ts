import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noFlaps } from './flaps.ts';
import { type Counting, fromZero, look, newWatch, type ProbeWatch } from './probe-watch.ts';

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

/** What looks that begin each second come to, as `<sight> since <second>`; `''` where nothing is new. */
function seeAll(looks: string, counted: Counting): string[] {
  const outcomes = { g: 'good', b: 'bad', u: 'unknown' } as const;
  let watch = newWatch();
  return [...looks].map((letter, s) => {
    const outcome = outcomes[letter as keyof typeof outcomes];
    const step = look('probe/a', watch, { outcome, began: at(s) }, counted, at(s));
    watch = step.watch;
    const sight = step.signals.find((signal) => signal.kind === 'sight');
    return sight ? `${sight.sight} since ${sight.since.ms / 1000}` : '';
  });
}

test('failed looks of n of m count from the last change of the state on', () => {
  const counted = { failed: 3, of: 5, good: 2 };
  const up = ['', 'answers since 0'];
  expect(seeAll('ggbbbggb', counted)).toEqual([...up, '', '', 'fails since 2', '', 'answers since 5', '']);
  expect(seeAll('ggbgbgb', counted)).toEqual([...up, '', '', '', '', 'fails since 2']);
  expect(seeAll('ggbgbggb', counted)).toEqual([...up, '', '', '', '', '', '']);
});

/** The requirement again, over the whole list of looks: no look counts that began before the state changed. */
function reference(looks: string, { failed, of, good }: Counting): string[] {
  const sights: Record<string, string> = { g: 'answers', b: 'fails', u: 'unseen' };
  const letters = [...looks];
  let state: string | undefined;
  let changed = 0;
  return letters.map((letter, s) => {
    const other = letters.findLastIndex((each, i) => i < s && each !== letter);
    const from = Math.max(changed, letter === 'b' ? s + 1 - of : other + 1);
    const same = letters.flatMap((each, i) => (from <= i && i <= s && each === letter ? [i] : []));
    const first = same.at(letter === 'g' ? -good : -failed);
    if (first === undefined || sights[letter] === state) return '';
    state = sights[letter];
    changed = s + 1;
    return `${state} since ${first}`;
  });
}

test('whatever looks find, verdicts are those of a plain count', () => {
  const counts = fc
    .record({ failed: fc.integer({ min: 1, max: 4 }), more: fc.nat(3), good: fc.integer({ min: 1, max: 3 }) })
    .map(({ failed, more, good }) => ({ failed, of: failed + more, good }));
  const looks = fc.string({ unit: fc.constantFrom('g', 'b', 'u'), maxLength: 40, size: 'max' });
  fc.assert(
    fc.property(looks, counts, (seen, counted) => {
      expect(seeAll(seen, counted)).toEqual(reference(seen, counted));
    }),
  );
});
