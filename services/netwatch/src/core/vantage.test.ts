import { expect, test } from 'vitest';
import { lookAround, newVantageWatch, type VantageStep } from './vantage.ts';
import type { Signal } from './world.ts';

type Look = readonly [s: number, thing: string, answered: boolean, tookS?: number];

/** Looks that began at these seconds; the gateway is `gw`. What each of them leads to. */
function steps(...looks: readonly Look[]): VantageStep[] {
  let watch = newVantageWatch;
  return looks.map(([s, host, answered, tookS = 0]) => {
    const at = (seconds: number) => ({ time: seconds * 1000, ms: seconds * 1000 });
    const step = lookAround(
      watch,
      { thing: `probe/${host}`, hosts: [host], gateway: host === 'gw', answered, began: at(s) },
      at(s + tookS),
    );
    watch = step.watch;
    return step;
  });
}

/** What each of them signals. */
function look(...looks: readonly Look[]): (Signal | undefined)[] {
  return steps(...looks).map(({ signals }) => signals[0]);
}
const kinds = (...looks: readonly Look[]) => look(...looks).map((signal) => signal?.kind);

test('is lost when nothing has answered for 10 s, since the first look of those', () => {
  const signals = look(
    [0, 'gw', true],
    [5, 'web', false],
    [6, 'gw', false],
    [14, 'web', false],
    [15, 'gw', false],
  );
  expect(signals.slice(0, 4)).toEqual(Array(4).fill(undefined));
  expect(signals[4]).toMatchObject({ kind: 'vantage-lost', since: { time: 5_000 }, asked: 2 });
});

test('is said to be lost once, and regained at the first answer, be it a refusal', () => {
  const lost: Look[] = [
    [0, 'gw', false],
    [10, 'web', false],
    [11, 'gw', false],
  ];
  expect(kinds(...lost, [12, 'web', true], [13, 'gw', true])).toEqual([
    undefined,
    'vantage-lost',
    undefined,
    'vantage-regained',
    undefined,
  ]);
});

test('is not lost as long as anything answers', () => {
  const looks = Array.from(
    { length: 30 },
    (_, s): Look => [s, ['gw', 'web', 'dns'][s % 3] ?? '', s % 9 === 8],
  );
  expect(kinds(...looks)).toEqual(Array(30).fill(undefined));
});

test('is not lost for one that is silent, nor without the gateway', () => {
  expect(kinds([0, 'gw', false], [11, 'gw', false], [22, 'gw', false])).not.toContain('vantage-lost');
  expect(kinds([0, 'web', false], [11, 'dns', false], [22, 'web', false])).not.toContain('vantage-lost');
});

test('is not lost by a look that began before another was answered', () => {
  expect(kinds([0, 'gw', true], [20, 'web', true], [9, 'gw', false, 12], [10, 'web', false, 12])).toEqual(
    Array(4).fill(undefined),
  );
});

test('is not lost before what answered last was asked again, since its own next look may be far off', () => {
  const behind: Look[] = [
    [0, 'lan', true],
    [0, 'gw', false, 5],
    [1, 'web', false, 5],
  ];
  expect(steps(...behind).map(({ lookAt }) => [...lookAt])).toEqual([[], ['probe/lan'], []]);
  expect(kinds(...behind, [5, 'lan', true], [5, 'gw', false, 5], [6, 'web', false, 5])).toEqual(
    Array(6).fill(undefined),
  );
  expect(kinds(...behind, [5, 'lan', false, 5]).at(-1)).toBe('vantage-lost');
});

test('waits 5 s for what was asked again, and no longer', () => {
  const late: Look[] = [
    [0, 'lan', true],
    [0, 'gw', false, 9],
  ];
  expect(kinds(...late, [5, 'web', false, 8.9]).at(-1)).toBeUndefined();
  expect(kinds(...late, [5, 'web', false, 9]).at(-1)).toBe('vantage-lost');
});
