import { allEnded, type Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import {
  aggregate,
  type EventLog,
  type Handling,
  isRefusal,
  type Made,
  newEvent,
  refuse,
  VersionMismatch,
} from '../src/index.ts';
import { battery, tally } from './schema.ts';
import { onBothStores, reading } from './stores.ts';

type Changed = Made<'ups.battery-reading' | 'ups.lost'>;

const batteries = aggregate({
  kind: 'ups',
  table: battery,
  initial: undefined,
  evolve: (_state, event: Changed) =>
    event.type === 'ups.lost' ? undefined : { charge: event.data.charge_pct ?? 0 },
});

type Asked<Extra> = Omit<
  Handling<{ charge: number }, undefined, Changed, Extra>,
  'log' | 'id' | 'actor' | 'decide'
>;

onBothStores('an aggregate', (store) => {
  let log: EventLog;
  beforeEach(async () => {
    log = await store.openLog();
  });

  /** Sets the charge, or refuses more than 100. */
  const charge = (tx: Tx, to: number, asked: Asked<undefined> = {}) =>
    batteries.handle(tx, {
      ...asked,
      log,
      id: 'rack',
      actor: 'token:anna',
      decide: (state) => {
        if (to > 100) return refuse('too-much', 'No battery holds that', { clause: 'SPACE-3' });
        return state?.charge === to ? [] : [reading('rack', to)];
      },
    });
  const commit = (to: number, asked?: Asked<undefined>) =>
    store.database.transaction((tx) => charge(tx, to, asked));
  const rowsNow = () => store.database.orm.select().from(battery);
  const eventsNow = async () => (await log.read({ after: 0, limit: 100 })).events;

  test('what is decided is appended and saved, with who asked, and its versions count on', async () => {
    const first = await commit(50);
    expect(first).toMatchObject({ state: { charge: 50 }, version: 1 });
    expect(await commit(60)).toMatchObject({ version: 2, events: [{ version: 2, actor: 'token:anna' }] });
    expect(await rowsNow()).toEqual([{ id: 'rack', version: 2, charge: 60 }]);
    expect(await eventsNow()).toHaveLength(2);
  });

  test('evolve knows the id and the time that the event has in the log', async () => {
    const seen: Changed[] = [];
    const watched = aggregate({
      kind: 'ups',
      table: battery,
      initial: undefined,
      evolve: (_: unknown, event: Changed) => {
        seen.push(event);
        return { charge: 1 };
      },
    });
    await store.database.transaction((tx) =>
      watched.handle(tx, { log, id: 'rack', actor: 'a', decide: () => [reading('rack')] }),
    );
    const [stored] = await eventsNow();
    expect(seen.map(({ id, time }) => [id, time.toISOString()])).toEqual([[stored?.id, stored?.time]]);
  });

  test('a refusal, and a command from which nothing follows, write nothing', async () => {
    await commit(50);
    expect(await commit(101)).toEqual(refuse('too-much', 'No battery holds that', { clause: 'SPACE-3' }));
    expect(await commit(50)).toMatchObject({ state: { charge: 50 }, version: 1, events: [] });
    expect(await rowsNow()).toEqual([{ id: 'rack', version: 1, charge: 50 }]);
    expect(await eventsNow()).toHaveLength(1);
  });

  test('a new one is refused when there is one, and a change of what is not there', async () => {
    expect(await commit(50, { only: 'existing' })).toMatchObject({ code: 'not-found' });
    await commit(50, { only: 'new' });
    expect(await commit(60, { only: 'new' })).toMatchObject({ code: 'exists' });
    expect(await eventsNow()).toHaveLength(1);
  });

  test('If-Match is compared with what the lock found', async () => {
    await commit(50);
    expect(await commit(60, { ifMatch: ({ version }) => version === 2 })).toMatchObject({ code: 'stale' });
    expect(await commit(60, { ifMatch: ({ version }) => version === 1 })).toMatchObject({ version: 2 });
  });

  test('one that ended has no row, and its versions go on when it comes back', async () => {
    await commit(50);
    const end = await store.database.transaction((tx) =>
      batteries.handle(tx, {
        log,
        id: 'rack',
        actor: 'a',
        decide: () => [
          newEvent('ups.lost', 'ups/rack', { ups: 'rack', contact: 'unreachable', on_battery: false }),
        ],
      }),
    );
    expect(end).toMatchObject({ state: undefined, version: 2 });
    expect(await rowsNow()).toEqual([]);
    expect(await commit(70, { only: 'new' })).toMatchObject({ version: 3 });
  });

  test('a row that disagrees with the log is a fault, and nothing is written', async () => {
    await commit(50);
    await store.database.orm.execute(sql`update ${battery} set version = 7`);
    await expect(commit(60)).rejects.toThrow(VersionMismatch);
    await expect(commit(60)).rejects.toThrow('the newest event of ups/rack has version 1, expected 7');
    expect(await eventsNow()).toHaveLength(1);
  });

  test('of many that make the same one at once one does, and no version is given twice', async () => {
    const made = await allEnded(Array.from({ length: 8 }, (_, n) => commit(n, { only: 'new' })));
    expect(made.filter((each) => isRefusal(each) && each.code === 'exists')).toHaveLength(7);
    await allEnded(Array.from({ length: 8 }, (_, n) => commit(10 + n)));
    expect((await eventsNow()).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('many that make or change one at once: who finds it made decides anew', async () => {
    const done = await allEnded(Array.from({ length: 8 }, (_, n) => commit(10 + n)));
    expect(done.filter(isRefusal)).toEqual([]);
    expect((await rowsNow())[0]?.version).toBe(8);
  });

  test('what spans aggregates is read under the lock of its scope', async () => {
    // At most three in all: without the lock each would count before the others are there.
    const quota = (id: string) =>
      store.database.transaction((tx) =>
        batteries.handle(tx, {
          log,
          id,
          actor: 'a',
          scope: 'quota/anna',
          read: async () => (await tx.select().from(battery)).length,
          decide: (_, count) => (count >= 3 ? refuse('quota', 'Enough') : [reading(id)]),
        }),
      );
    const made = await allEnded(Array.from({ length: 8 }, (_, n) => quota(`u${n}`)));
    expect(made.filter(isRefusal)).toHaveLength(5);
    expect(await rowsNow()).toHaveLength(3);
  });

  test('is undone with the rest of its transaction', async () => {
    const work = store.database.transaction(async (tx) => {
      await charge(tx, 50);
      await tx.insert(tally).values({ subject: 'a', count: 1, positions: '' });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await rowsNow()).toEqual([]);
    expect(await commit(50)).toMatchObject({ version: 1, events: [{ position: 1 }] });
  });
});
