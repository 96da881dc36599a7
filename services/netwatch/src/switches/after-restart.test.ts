import { expect, test } from 'vitest';
import { noFlaps } from '../core/flaps.ts';
import { lookAtPort } from '../core/port-watch.ts';
import { withoutMonotonic } from '../core/thing.ts';
import type { Memory } from '../memory.ts';
import { count, memoryOf, newWatchedPort, type WatchedPort } from './watched-port.ts';

const thing = 'port/sw1/gi1';
const known = { id: 'gi1', label: 'gi1', ifIndex: 1 };
const up = { admin: 1, oper: 1 };
const down = { admin: 1, oper: 2 };

/** A port with what an earlier process left of it, as the table gives it back. */
const portWith = (memory: Memory, said: 'up' | 'down' | undefined = 'up') =>
  newWatchedPort(thing, known, { memory: withoutMonotonic(memory), said });

/** What looks at a port signal, 4 s apart. */
function look(port: WatchedPort, fromS: number, rows: readonly { admin: number; oper: number }[]): string[] {
  return rows.flatMap((row, nth) => {
    const ms = (fromS + nth * 4) * 1000;
    const step = lookAtPort(thing, port.watch, row, { time: ms, ms }, { quiet: false });
    port.watch = step.watch;
    return step.signals.map((each) => (each.kind === 'sight' ? each.sight : each.kind));
  });
}

/** What its counters say, in s since 1970. */
function counts(port: WatchedPort, s: number, speed_bps: number, errors = 0) {
  const at = { time: s * 1000, ms: s * 1000 };
  return count(port, 'sw1', { wide: true, speed_bps, errors, packets: errors, at }, { quiet: false }).map(
    ({ type, data }) => [type, data],
  );
}

test('the speed of a port is that of before a restart: the same says nothing, another one does', () => {
  const before = portWith({});
  look(before, 0, [up]);
  expect(counts(before, 0, 1e9)).toEqual([]);
  const after = portWith(memoryOf(before));
  look(after, 100, [up]);
  expect(counts(after, 100, 1e9)).toEqual([]);
  const changed = portWith(memoryOf(before));
  look(changed, 100, [up]);
  expect(counts(changed, 100, 1e8)).toEqual([
    ['port.speed-changed', { switch: 'sw1', port: 'gi1', from_bps: 1e9, to_bps: 1e8 }],
  ]);
  expect(counts(changed, 110, 1e8)).toEqual([]);
});

test('errors that rise are said once a day, also across a restart', () => {
  const rise = (port: WatchedPort, s: number) => [
    ...counts(port, s, 1e9, 0),
    ...counts(port, s + 60, 1e9, 1_000),
  ];
  const before = portWith({});
  expect(rise(before, 0)).toMatchObject([['port.errors-rising', {}]]);
  const day_s = 86_400;
  expect(rise(portWith(memoryOf(before)), day_s - 60)).toEqual([]);
  expect(rise(portWith(memoryOf(before)), day_s)).toMatchObject([['port.errors-rising', {}]]);
});

test('a port that flaps says so once, also across a restart, and is stable 10 min after its last change', () => {
  const before = portWith({});
  expect(look(before, 0, [up, down, up, down, up, down, up])).toContain('flapping');
  // The last change was at 24 s.
  const after = portWith(memoryOf(before));
  const signals = look(after, 30, [up, down, up, down, up, down, up]);
  expect(signals.filter((each) => each === 'flapping' || each === 'stable')).toEqual([]);
  const still = portWith(memoryOf(before));
  expect(look(still, 615, [up, up])).toEqual(['answers']);
  expect(look(still, 624, [up])).toEqual(['stable']);
  expect(memoryOf(still).flaps).toEqual(noFlaps);
});

test('changes of before a restart count', () => {
  const before = portWith({});
  expect(look(before, 0, [up, down, up, down, up])).not.toContain('flapping');
  const rows = [up, down, up];
  expect(look(portWith(memoryOf(before)), 30, rows)).toContain('flapping');
  expect(look(portWith({}), 30, rows)).not.toContain('flapping');
});
