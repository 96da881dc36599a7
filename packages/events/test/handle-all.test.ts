import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import {
  aggregate,
  type EventLog,
  isRefusal,
  type Made,
  newEvent,
  refuse,
  VersionMismatch,
} from '../src/index.ts';
import { battery } from './schema.ts';
import { onBothStores, reading } from './stores.ts';

type Changed = Made<'ups.battery-reading' | 'ups.lost'>;

const batteries = aggregate({
  kind: 'ups',
  table: battery,
  initial: undefined,
  evolve: (_state, event: Changed) =>
    event.type === 'ups.lost' ? undefined : { charge: event.data.charge_pct ?? 0 },
});
const lost = (ups: string) =>
  newEvent('ups.lost', `ups/${ups}`, { ups, contact: 'unreachable', on_battery: false });

onBothStores('many aggregates at once', (store) => {
  let log: EventLog;
  beforeEach(async () => {
    log = await store.openLog();
  });

  type Decide = Parameters<typeof batteries.handleAll>[1]['decide'];
  const commit = (decide: Decide) =>
    store.database.transaction((tx) => batteries.handleAll(tx, { log, actor: 'anna', scope: 'all', decide }));
  const rowsNow = () => store.database.orm.select().from(battery).orderBy(battery.id);
  const versionsNow = async () =>
    (await log.read({ after: 0, limit: 10_000 })).events.map(
      ({ subject, version }) => `${subject} ${version}`,
    );

  test('new ones, changes and removals are one command, each with its own versions', async () => {
    await commit(() => [reading('a', 1), reading('b', 1)]);
    const done = await commit((known) => {
      expect([...known]).toEqual([
        ['a', { charge: 1 }],
        ['b', { charge: 1 }],
      ]);
      return [reading('a', 2), reading('c', 1), reading('a', 3), lost('b')];
    });
    expect(isRefusal(done) || done.events.map(({ actor }) => actor)).toEqual([
      'anna',
      'anna',
      'anna',
      'anna',
    ]);
    expect(await rowsNow()).toEqual([
      { id: 'a', version: 3, charge: 3 },
      { id: 'c', version: 1, charge: 1 },
    ]);
    expect(await versionsNow()).toEqual(['ups/a 1', 'ups/b 1', 'ups/a 2', 'ups/c 1', 'ups/a 3', 'ups/b 2']);
    await commit(() => [reading('b', 9)]);
    expect((await rowsNow())[1]).toEqual({ id: 'b', version: 3, charge: 9 });
  });

  test('a refusal, and a command from which nothing follows, write nothing', async () => {
    expect(await commit(() => refuse('no', 'Not now'))).toEqual(refuse('no', 'Not now'));
    expect(await commit(() => [])).toEqual({ events: [] });
    expect([await rowsNow(), await versionsNow()]).toEqual([[], []]);
  });

  test('what is read beside the rows is read under the lock, and one decides after the other', async () => {
    const counted = (n: number) =>
      store.database.transaction((tx) =>
        batteries.handleAll(tx, {
          log,
          actor: 'anna',
          scope: 'all',
          read: async (tx) => (await tx.select().from(battery)).length,
          decide: (known, count) => {
            expect(known.size).toBe(count);
            return [reading(`n${n}`, count)];
          },
        }),
      );
    await Promise.all([1, 2, 3, 4].map(counted));
    expect((await rowsNow()).map(({ charge }) => charge).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
  });

  test('a row that disagrees with the log is a fault, and nothing is written', async () => {
    await commit(() => [reading('a', 1)]);
    await store.database.orm.execute(sql`update ${battery} set version = 7`);
    await expect(commit(() => [reading('a', 2), reading('b', 1)])).rejects.toThrow(VersionMismatch);
    expect(await versionsNow()).toEqual(['ups/a 1']);
  });

  test('more than a statement takes at once', async () => {
    await commit(() => Array.from({ length: 1_050 }, (_, n) => reading(`n${n}`, 1)));
    await commit((known) => [...known.keys()].map((id) => reading(id, 2)));
    const rows = await rowsNow();
    expect([rows.length, new Set(rows.map(({ version, charge }) => `${version} ${charge}`))]).toEqual([
      1_050,
      new Set(['2 2']),
    ]);
  });
});
