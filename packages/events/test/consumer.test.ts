import { randomUUID } from 'node:crypto';
import type { Snapshot, StoredEvent } from '@huismeester/contracts';
import { allEnded, DatabaseUnavailable, rows, type Tx } from '@huismeester/database';
import { waitFor } from '@huismeester/testkit';
import { notInArray, sql } from 'drizzle-orm';
import { type TSchema, Type } from 'typebox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Consumer,
  type ConsumerOptions,
  createConsumer,
  type EventLog,
  entityKind,
  type LogSource,
  localSource,
  readEntities,
  SourceFailed,
  type WakeListener,
} from '../src/index.ts';
import { eventLog, tables, tally } from './schema.ts';
import { keepingLogger, onBothStores, reading } from './stores.ts';

onBothStores('a consumer', (store) => {
  let log: EventLog;
  let source: LogSource;
  const consumers: Consumer[] = [];

  beforeEach(async () => {
    log = await store.openLog();
    source = localSource(log, async () => ({ epoch: log.epoch, position: 0, entities: [] }));
  });
  const closeAll = async () => {
    await allEnded(consumers.splice(0).map((each) => each.close()));
  };
  afterEach(closeAll);

  const append = (...events: Parameters<EventLog['append']>[1]) =>
    store.database.transaction((tx) => log.append(tx, events));

  /** Counts each subject's events, and notes their positions in the order in which they were applied. */
  const count = async (tx: Tx, { subject, position }: StoredEvent) => {
    await tx.execute(sql`
      insert into ${tally} values (${subject}, 1, ${String(position)})
      on conflict (subject) do update set count = tally.count + 1, positions = tally.positions || ',' || excluded.positions`);
  };
  const counted = async () => {
    const found = await store.database.orm.execute(
      sql`select subject, positions from ${tally} order by subject`,
    );
    return Object.fromEntries(
      rows<{ subject: string; positions: string }>(found).map(({ subject, positions }) => [
        subject,
        positions,
      ]),
    );
  };

  const create = (options: Partial<ConsumerOptions> = {}) => {
    const consumer = createConsumer({
      database: store.database,
      tables,
      source,
      lookEveryMs: 50,
      handlers: { 'ups.battery-reading': count },
      snapshot: async () => undefined,
      ...options,
    });
    consumers.push(consumer);
    return consumer;
  };
  const started = (options?: Partial<ConsumerOptions>) => {
    const created = create(options);
    created.start();
    return created;
  };

  test('applies what was there and what comes, and says how far it is', async () => {
    await append(reading('a'), reading('b'));
    const batches: number[][] = [];
    const it = started({
      afterBatch: async (_, events) => {
        batches.push(events.map(({ position }) => position));
      },
    });
    await it.caughtUp();
    await append(reading('a'));
    await it.caughtUp();
    expect(await counted()).toEqual({ 'ups/a': '1,3', 'ups/b': '2' });
    expect(batches).toEqual([[1, 2], [3]]);
    expect(it.status()).toEqual({
      reader: 'ups-monitor',
      source: 'ups-monitor',
      epoch: log.epoch,
      position: 3,
      head: 3,
      lag: 0,
      deadLetters: 0,
    });
  });

  test('is woken, long before it would look by itself', async () => {
    const it = started({ lookEveryMs: 3_600_000 });
    await it.caughtUp();
    await append(reading('a'));
    await waitFor('it is applied', async () => (await counted())['ups/a'] === '1');
  });

  test('looks by itself when nothing wakes it', async () => {
    const it = started({ source: { ...source, onWake: () => () => undefined } });
    await it.caughtUp();
    await append(reading('a'));
    await waitFor('it is applied', async () => (await counted())['ups/a'] === '1');
  });

  test('an older status that comes right after news does not spare the look', async () => {
    await append(reading('a'));
    const wakes: WakeListener[] = [];
    const onWake = (listener: WakeListener) => {
      wakes.push(listener);
      return () => undefined;
    };
    const it = started({ source: { ...source, onWake }, lookEveryMs: 60_000 });
    await it.caughtUp();
    await append(reading('a'));
    for (const wake of wakes) {
      wake();
      // The broker had it on its way before the append.
      wake({ epoch: log.epoch, position: 1 });
    }
    await waitFor('it is applied', async () => (await counted())['ups/a'] === '1,2', { timeoutMs: 20_000 });
  });

  test('a status that announces nothing new spares the look; a head that moved does not', async () => {
    await append(reading('a'));
    let reads = 0;
    const wakes: WakeListener[] = [];
    const remote: LogSource = {
      ...source,
      lookEveryMs: 1,
      read: (query) => {
        reads += 1;
        return source.read(query);
      },
      onWake: (listener) => {
        wakes.push(listener);
        return () => undefined;
      },
    };
    const it = started({ source: remote, lookEveryMs: 1 });
    await it.caughtUp();
    const announce = (position: number) => {
      for (const wake of wakes) wake({ epoch: log.epoch, position });
    };
    announce(1);
    const before = reads;
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 100);
    await promise;
    // One may have been on its way as the status came.
    expect(reads).toBeLessThanOrEqual(before + 1);
    await append(reading('a'));
    announce(2);
    await waitFor('it is applied', async () => (await counted())['ups/a'] === '1,2');
  });

  test('applies each event exactly once, whenever it is closed and made anew', async () => {
    const total = 400;
    const appending = (async () => {
      for (let n = 0; n < total; n += 4) {
        await append(
          reading('a', n % 100),
          reading('b', n % 100),
          reading('a', n % 100),
          reading('c', n % 100),
        );
      }
    })();
    let lives = 0;
    let reached = 0;
    while (reached < total) {
      const closed = Promise.withResolvers<void>();
      let untilClose = 1 + 3 * lives;
      const it = started({
        batchSize: 1 + (lives % 7),
        handlers: {
          // Closed in the middle of a batch; the next life goes on from what that one commits.
          'ups.battery-reading': async (tx, event) => {
            await count(tx, event);
            untilClose -= 1;
            if (untilClose === 0 || event.position === total) closed.resolve(it.close());
          },
        },
      });
      await closed.promise;
      lives += 1;
      reached = it.status().position;
    }
    await appending;
    expect(lives).toBeGreaterThan(5);
    const { events } = await log.read({ after: 0, limit: 1000 });
    const found = await counted();
    for (const subject of ['ups/a', 'ups/b', 'ups/c']) {
      const positions = events.filter((event) => event.subject === subject).map(({ position }) => position);
      expect(found[subject]).toBe(positions.join());
    }
  });

  test('two of them on one cursor apply each event once', async () => {
    const first = started({ batchSize: 3 });
    const second = createConsumer({
      database: store.database,
      tables,
      source,
      lookEveryMs: 50,
      batchSize: 5,
      handlers: { 'ups.battery-reading': count },
      snapshot: async () => undefined,
    });
    await first.caughtUp();
    second.start();
    for (let n = 0; n < 20; n += 1) await append(reading('a'), reading('b'));
    await first.caughtUp();
    await second.caughtUp();
    await second.close();
    expect((await counted())['ups/a']?.split(',')).toHaveLength(20);
    expect((await counted())['ups/b']?.split(',')).toHaveLength(20);
  });

  test('parks the subject of an event that fails; the others go on; a replay applies them in order', async () => {
    const poison = new Set(['ups/bad']);
    const logger = keepingLogger();
    const handlers: ConsumerOptions['handlers'] = {
      'ups.battery-reading': async (tx, event) => {
        await count(tx, event);
        if (poison.has(event.subject)) throw new Error('no such UPS');
      },
    };
    const it = started({ handlers, logger });
    await it.caughtUp();
    await append(reading('good'), reading('bad'), reading('good'), reading('bad'));
    await it.caughtUp();
    await append(reading('bad'), reading('good'));
    await it.caughtUp();
    expect(await counted()).toEqual({ 'ups/good': '1,3,6' });
    expect(it.status()).toMatchObject({ position: 6, lag: 0, deadLetters: 3 });
    expect(logger.messages).toContain('an event cannot be applied: its subject is parked');

    const letters = await it.deadLetters.list();
    expect(letters.map(({ position, error }) => [position, error])).toEqual([
      [2, 'Error: no such UPS'],
      [4, undefined],
      [5, undefined],
    ]);
    expect(letters[0]?.what).toMatchObject({ event: { subject: 'ups/bad', position: 2 } });

    const id = letters[1]?.id ?? '';
    expect(await it.deadLetters.replay(id)).toEqual({ applied: 0, left: 3, error: 'Error: no such UPS' });
    expect((await it.deadLetters.list())[0]).toMatchObject({ attempts: 2 });
    await it.close();

    // A later life knows what is parked.
    poison.clear();
    const next = started({ handlers });
    await append(reading('bad'));
    await next.caughtUp();
    expect(next.status().deadLetters).toBe(4);
    expect(await next.deadLetters.replay(id)).toEqual({ applied: 4, left: 0 });
    expect(await next.deadLetters.replay(id)).toBeUndefined();
    await append(reading('bad'));
    await next.caughtUp();
    expect(await counted()).toEqual({ 'ups/good': '1,3,6', 'ups/bad': '2,4,5,7,8' });
    expect(next.status()).toMatchObject({ position: 8, deadLetters: 0 });
  });

  test('an event of a newer schema than this program knows is parked, and says to upgrade; a newer type is passed over', async () => {
    await append(reading('new'), reading('other'), reading('type'), reading('new'));
    const change = (position: number, values: ReturnType<typeof sql>) =>
      store.database.orm.execute(sql`update ${eventLog} set ${values} where position = ${position}`);
    await change(1, sql`schema_version = 2`);
    await change(3, sql`schema_version = 9, type = 'ups.weighed'`);
    // Another process's log: this one remembers what it has appended.
    const other = await store.openLog();
    const it = started({ source: localSource(other, () => source.snapshot()) });
    await it.caughtUp();
    expect(await counted()).toEqual({ 'ups/other': '2' });
    const error =
      'SchemaTooNew: the ups.battery-reading at 1 is of schema 2, and this program knows it up to 1: upgrade this service, then replay it';
    const letters = await it.deadLetters.list();
    expect(letters).toMatchObject([{ position: 1, error }, { position: 4 }]);
    // Not by this program.
    expect(await it.deadLetters.replay(letters[0]?.id ?? '')).toEqual({ applied: 0, left: 2, error });
    expect(it.status()).toMatchObject({ position: 4, lag: 0, deadLetters: 2 });
  });

  test('a replay is of all that is parked or of nothing, so that nobody sees an older fact alone', async () => {
    const poison = new Set(['2', '3']);
    const it = started({
      handlers: {
        'ups.battery-reading': async (tx, event) => {
          await count(tx, event);
          if (poison.has(String(event.position))) throw new Error(`not ${event.position}`);
        },
      },
    });
    await append(reading('good'), reading('bad'), reading('bad'));
    await it.caughtUp();
    const [letter] = await it.deadLetters.list();
    const id = letter?.id ?? '';
    poison.delete('2');
    expect(await it.deadLetters.replay(id)).toEqual({ applied: 0, left: 2, error: 'Error: not 3' });
    expect(await counted()).toEqual({ 'ups/good': '1' });
    expect(await it.deadLetters.list()).toMatchObject([
      { position: 2, attempts: 1 },
      { position: 3, attempts: 1, error: 'Error: not 3' },
    ]);
    poison.clear();
    expect(await it.deadLetters.replay(id)).toEqual({ applied: 2, left: 0 });
    expect(await counted()).toEqual({ 'ups/good': '1', 'ups/bad': '2,3' });
  });

  test('a replay whose commit is made and not heard of: later events are not parked behind what is gone', async () => {
    const now = new Set(['poisoned']);
    const { database } = store;
    const it = started({
      database: {
        ...database,
        async transaction(work, options) {
          const result = await database.transaction(work, options);
          if (!now.delete('deaf')) return result;
          throw new DatabaseUnavailable('the connection to the database was lost');
        },
      },
      handlers: {
        'ups.battery-reading': async (tx, event) => {
          await count(tx, event);
          if (now.has('poisoned')) throw new Error('no such UPS');
        },
      },
    });
    await append(reading('bad'));
    await it.caughtUp();
    const [letter] = await it.deadLetters.list();
    now.delete('poisoned');
    now.add('deaf');
    await expect(it.deadLetters.replay(letter?.id ?? '')).rejects.toMatchObject({
      code: 'database-unavailable',
    });
    await append(reading('bad'));
    await it.caughtUp();
    expect(await counted()).toEqual({ 'ups/bad': '1,2' });
    expect(it.status()).toMatchObject({ position: 2, deadLetters: 0 });
    expect(await it.deadLetters.list()).toEqual([]);
  });

  test('what fails after the batch counts against the event that made it fail', async () => {
    const it = started({
      afterBatch: async (_, events) => {
        if (events.some(({ subject }) => subject === 'ups/bad')) throw new Error('cannot be evaluated');
      },
    });
    await append(reading('good'), reading('bad'), reading('good'));
    await it.caughtUp();
    expect(await counted()).toEqual({ 'ups/good': '1,3' });
    expect(await it.deadLetters.list()).toMatchObject([{ position: 2, error: 'Error: cannot be evaluated' }]);
  });

  test('a statement that the database refuses is poison; an unavailable database is not', async () => {
    let attempts = 0;
    const logger = keepingLogger();
    const it = started({
      logger,
      handlers: {
        'ups.battery-reading': async (tx, event) => {
          await count(tx, event);
          if (event.subject === 'ups/refused') await tx.execute(sql`select 1 / 0`);
          if (event.subject !== 'ups/unlucky') return;
          attempts += 1;
          if (attempts <= 2) throw new DatabaseUnavailable('gone for a moment');
        },
      },
    });
    await append(reading('refused'), reading('unlucky'));
    await it.caughtUp();
    expect(attempts).toBeGreaterThanOrEqual(3);
    expect(await counted()).toEqual({ 'ups/unlucky': '2' });
    const letters = await it.deadLetters.list();
    expect(letters).toMatchObject([{ position: 1, error: expect.stringContaining('division by zero') }]);
    expect(logger.messages).toContain('consuming failed; it is tried again');
    expect(it.status().lastError).toBeUndefined();
  });

  test.each(['none', 'another'])(
    'a late snapshot throws nobody back who went on meanwhile; before it: %s',
    async (before) => {
      await append(reading('a'), reading('a'));
      const cursor = (epoch: string, position: number) => sql`
      insert into ${tables.consumeCursor} (reader, source, epoch, position)
      values ('ups-monitor', 'ups-monitor', ${epoch}, ${position}) on conflict (reader) do update set epoch = excluded.epoch, position = excluded.position`;
      if (before === 'another') await store.database.orm.execute(cursor(randomUUID(), 9));
      const taken: number[] = [];
      const it = started({
        source: {
          ...source,
          async snapshot() {
            // Another process, as which this one counts as dead, is quicker.
            await store.database.orm.execute(cursor(log.epoch, 2));
            return { epoch: log.epoch, position: 0, entities: [] };
          },
        },
        snapshot: async (_, { position }) => void taken.push(position),
      });
      await it.caughtUp();
      expect(it.status()).toMatchObject({ position: 2, lag: 0 });
      expect(taken).toEqual([0]);
      expect(await counted()).toEqual({});
    },
  );

  test('a second reader of the source has a cursor and dead letters of its own', async () => {
    const sick = started({
      reader: 'ups-monitor/sick',
      snapshot: async () => undefined,
      handlers: {
        'ups.battery-reading': () => {
          throw new Error('a bug in this fold');
        },
      },
    });
    const well = started();
    await append(reading('a'), reading('b'));
    await allEnded([sick.caughtUp(), well.caughtUp()]);
    expect(await counted()).toEqual({ 'ups/a': '1', 'ups/b': '2' });
    expect([sick.status().deadLetters, well.status().deadLetters]).toEqual([2, 0]);
    const letters = await sick.deadLetters.list();
    expect(letters.map(({ reader, source, subject }) => ({ reader, source, subject }))).toEqual(
      ['ups/a', 'ups/b'].map((subject) => ({ reader: 'ups-monitor/sick', source: 'ups-monitor', subject })),
    );
    expect(await well.deadLetters.replay(letters[0]?.id ?? '')).toBeUndefined();
  });

  test('a reader whose fold has a new number begins with the snapshot, once', async () => {
    await append(reading('a'), reading('a'));
    await started().caughtUp();
    await closeAll();
    let snapshots = 0;
    const source2: LogSource = {
      ...source,
      async snapshot() {
        snapshots += 1;
        return { epoch: log.epoch, position: 1, entities: [] };
      },
    };
    await started({ fold: 2, source: source2 }).caughtUp();
    expect(snapshots).toBe(1);
    expect(await counted()).toEqual({ 'ups/a': '1,2,2' });
    await closeAll();
    await started({ fold: 2, source: source2 }).caughtUp();
    expect(snapshots).toBe(1);
  });

  test('what a snapshot has and this program cannot read is parked, its row kept, and replayed by one that can', async () => {
    const kind = (schema: TSchema) =>
      readEntities({
        ups: entityKind({
          schema,
          async replace(tx, found, kept) {
            await tx.delete(tally).where(notInArray(tally.subject, ['', ...kept]));
            for (const entity of found) await this.save(tx, entity);
          },
          async save(tx, { id, version }) {
            const row = { subject: id, count: version, positions: 'snapshot' };
            await tx.insert(tally).values(row).onConflictDoUpdate({ target: tally.subject, set: row });
          },
        }),
      });
    const older = kind(Type.Object({ charge: Type.Integer() }));
    const newer = kind(Type.Object({ charge: Type.Union([Type.Integer(), Type.String()]) }));
    await append(reading('a'), reading('b'), reading('b'));
    const withSnapshot: LogSource = {
      ...source,
      snapshot: async () => ({
        epoch: log.epoch,
        position: 2,
        entities: [
          { subject: 'ups/a', version: 1, state: { charge: 50 } },
          { subject: 'ups/b', version: 1, state: { charge: 'half' } },
          { subject: 'rack/1', version: 1, state: 'of a kind that nobody here reads' },
        ],
      }),
    };
    await store.database.orm.insert(tally).values([
      { subject: 'b', count: 9, positions: 'known before' },
      { subject: 'c', count: 9, positions: 'gone since' },
    ]);
    const logger = keepingLogger();
    const first = started({ source: withSnapshot, logger, ...older });
    await first.caughtUp();
    expect(await counted()).toEqual({ a: 'snapshot', b: 'known before' });
    expect(await first.deadLetters.list()).toMatchObject([
      {
        subject: 'ups/b',
        type: 'ups',
        position: 2,
        error: expect.stringContaining('/charge: must be integer'),
      },
      { subject: 'ups/b', type: 'ups.battery-reading', position: 3 },
    ]);
    expect(first.status().deadLetters).toBe(2);
    expect(logger.messages).toContain(
      'an entity of the snapshot cannot be read: its subject is parked, and what was known of it stays',
    );
    const [letter] = await first.deadLetters.list();
    const id = letter?.id ?? '';
    expect(await first.deadLetters.replay(id)).toMatchObject({ applied: 0, left: 2 });
    await closeAll();
    const second = started({ source: withSnapshot, ...newer });
    await second.caughtUp();
    expect(await second.deadLetters.replay(id)).toEqual({ applied: 2, left: 0 });
    expect(await counted()).toEqual({ a: 'snapshot', b: 'snapshot', 'ups/b': '3' });
    expect(second.status().deadLetters).toBe(0);
  });

  test('another epoch, or a position that is gone, is answered with the snapshot', async () => {
    const snapshots: Snapshot[] = [];
    let snapshotPosition = 0;
    const state = { ups: 'a' };
    const snapshotting: LogSource = {
      ...source,
      read: (query) => log.read(query),
      snapshot: async () => ({
        epoch: log.epoch,
        position: snapshotPosition,
        entities: [{ subject: 'ups/a', version: 1, state }],
      }),
    };
    const logger = keepingLogger();
    const options: Partial<ConsumerOptions> = {
      source: snapshotting,
      logger,
      handlers: {
        'ups.battery-reading': async (tx, event) => {
          await count(tx, event);
          if (event.subject === 'ups/bad') throw new Error('no');
        },
      },
      snapshot: async (tx, snapshot) => {
        snapshots.push(snapshot);
        await tx.execute(sql`delete from ${tally}`);
      },
    };
    let it = started(options);
    await append(reading('a'), reading('bad'));
    await it.caughtUp();
    expect(snapshots).toHaveLength(1);
    expect(it.status().deadLetters).toBe(1);

    // The database of the source was restored: another epoch, fewer events.
    await it.close();
    snapshotPosition = 1;
    await store.database.orm.execute(
      sql`update "events-test".log_head set epoch = gen_random_uuid(), position = 1`,
    );
    await store.database.orm.execute(sql`delete from "events-test".event_log where position > 1`);
    log = await store.openLog();
    it = started(options);
    await it.caughtUp();
    expect(snapshots).toHaveLength(2);
    expect(snapshots[1]).toMatchObject({ position: 1, entities: [{ state }] });
    expect(it.status()).toMatchObject({ epoch: log.epoch, position: 1, deadLetters: 0 });
    expect(await counted()).toEqual({});
    await append(reading('b'));
    await it.caughtUp();
    expect(await counted()).toEqual({ 'ups/b': '2' });

    // The same epoch, but the log ends earlier than we know of.
    await it.close();
    snapshotPosition = 0;
    await store.database.orm.execute(sql`update "events-test".log_head set position = 0`);
    await store.database.orm.execute(sql`delete from "events-test".event_log`);
    it = started(options);
    await it.caughtUp();
    expect(snapshots).toHaveLength(3);
    expect(it.status()).toMatchObject({ position: 0 });
    // The event that cannot be applied is a fault; what a restore brings is none.
    expect(logger.messages).toContain('the log is another one: taking a snapshot');
    expect(logger.withStack).toEqual(['an event cannot be applied: its subject is parked']);
  });

  test('says when its source goes away, and when it is read again', async () => {
    const away: { is: boolean } = { is: false };
    const logger = keepingLogger();
    const it = create({
      logger,
      source: {
        ...source,
        read: (after) => (away.is ? Promise.reject(new SourceFailed('away')) : source.read(after)),
      },
    });
    const shown: boolean[] = [];
    it.onChange(() => shown.push(it.status().lastError !== undefined));
    it.status();
    it.start();
    await it.caughtUp();
    away.is = true;
    await waitFor('it is away', () => shown.at(-1) === true);
    away.is = false;
    await waitFor('it is read again', () => shown.at(-1) === false);
    expect(shown).toEqual([true, false]);
    expect(logger.messages).toContain('consuming failed; it is tried again');
    expect(logger.withStack).toEqual([]);
  });

  test('a source that leaves an event out is not believed', async () => {
    await append(reading('a'), reading('b'));
    const it = started({
      source: {
        ...source,
        read: async (query) => {
          const page = await log.read(query);
          return { ...page, events: page.events.slice(1) };
        },
      },
    });
    await waitFor('it says so', () => it.status().lastError?.includes('gap'));
    expect(await counted()).toEqual({});
  });

  test('waiting for it ends with an error when it is closed', async () => {
    const it = create();
    const waiting = it.caughtUp();
    const outcome = expect(waiting).rejects.toMatchObject({ code: 'consumer-closed' });
    await it.close();
    await outcome;
    await expect(it.caughtUp()).rejects.toMatchObject({ code: 'consumer-closed' });
  });
});
