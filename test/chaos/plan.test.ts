import { describe, expect, it } from 'vitest';
import { distributed, standalone } from './layout.ts';
import { type Fault, faults, inWords, type Kind, kinds, type Pace } from './plan.ts';

const pace: Pace = { everyMs: 500, length: 1, kinds };

function first(seed: number, count: number, how: Pace = pace): Fault[] {
  const plan = faults(seed, how);
  return Array.from({ length: count }, () => plan.next().value);
}

/** One round of the deck. */
const round = 22;
const many = Array.from({ length: 50 }, (_, seed) => seed);

describe('a plan of faults', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(first(7, 200)).toEqual(first(7, 200));
    expect(first(7, 20)).not.toEqual(first(8, 20));
  });

  it('has every kind in every round, and no other than was asked for', () => {
    for (const seed of many) {
      const plan = first(seed, 3 * round);
      for (const begin of [0, round, 2 * round]) {
        expect(new Set(plan.slice(begin, begin + round).map(({ kind }) => kind))).toEqual(new Set(kinds));
      }
    }
    const few = first(3, 40, { ...pace, kinds: ['cut', 'kill'] });
    expect(new Set(few.map(({ kind }) => kind))).toEqual(new Set(['cut', 'kill']));
  });

  it('reaches every process and every link', () => {
    const plan = first(1, 20 * round);
    const targets = (kind: string) =>
      new Set(plan.flatMap((each) => (each.kind === kind ? each.target : [])));
    expect(targets('kill')).toEqual(new Set(distributed.processes));
    expect(targets('cut')).toEqual(new Set(distributed.links));
    expect(targets('silent')).toEqual(new Set(distributed.links));
  });

  it('of one process reaches what there is, and nothing else', () => {
    const plan = faults(1, pace, standalone);
    const targets = Map.groupBy(
      Array.from({ length: 20 * round }, () => plan.next().value),
      ({ kind }) => kind,
    );
    const of = (kind: Kind) => new Set(targets.get(kind)?.map(({ target }) => target));
    expect(of('kill')).toEqual(new Set(standalone.processes));
    expect(of('pause')).toEqual(new Set(['huismeester', 'witness']));
    expect(of('cut')).toEqual(new Set(standalone.links));
  });

  it('lets go of a target before it takes it again', () => {
    for (const seed of many) {
      const freeAt = new Map<string, number>();
      let before = 0;
      for (const { at, target, forMs } of first(seed, 5 * round)) {
        expect(at).toBeGreaterThanOrEqual(freeAt.get(target) ?? 0);
        expect(at).toBeGreaterThanOrEqual(before);
        before = at;
        freeAt.set(target, at + forMs);
      }
    }
  });

  it('restores a database while nothing else is disturbed', () => {
    for (const seed of many) {
      const plan = first(seed, 3 * round);
      for (const [index, { at, kind }] of plan.entries()) {
        if (kind !== 'restore') continue;
        for (const other of plan.slice(0, index)) expect(other.at + other.forMs).toBeLessThanOrEqual(at);
      }
    }
  });

  it('is told in words', () => {
    expect(inWords({ kind: 'slow', target: 'upsd', ms: 70, at: 10, forMs: 1_250 })).toBe(
      'slow upsd (ms 70, for 1.3 s)',
    );
    expect(inWords({ kind: 'restore', target: 'postgres', at: 10, forMs: 0 })).toBe('restore postgres');
  });
});
