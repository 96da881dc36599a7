import { fileURLToPath } from 'node:url';
import { systemClock } from '@huismeester/clock';
import { type Database, migrateSchema, openDatabase, rows } from '@huismeester/database';
import {
  type Link,
  skipWithout,
  startLink,
  type TestDatabase,
  testDatabase,
  waitFor,
} from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTasks, type TaskHandler, type Tasks } from '../src/index.ts';
import { TaskRuns } from '../src/task-runs.ts';
import { taskStore } from '../src/task-store.ts';
import { tables, task as taskTable } from './schema.ts';
import { keepingLogger } from './stores.ts';

const leaseMs = 9_000;
const pastTheLeaseMs = 10_000;

describe.skipIf(skipWithout('postgres', 'initdb'))('who holds a task', () => {
  let server: TestDatabase;
  let link: Link;
  let database: Database;
  let overLink: Database;
  let aheadMs = 0;
  const clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs) };
  const open: Tasks[] = [];

  beforeAll(async () => {
    server = await testDatabase();
    link = await startLink(Number(new URL(server.url).port));
    database = await openDatabase({ url: server.url });
    overLink = await openDatabase({ url: server.url.replace(/:\d+\//, `:${link.port}/`) });
    const folder = fileURLToPath(new URL('./migrations', import.meta.url));
    await migrateSchema(database, { schema: 'events-test', folder });
    // What changes the key "lost" is committed when nobody holds this lock.
    await database.orm.execute(sql`
      create function lose() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock_shared(7); return null; end $$`);
    await database.orm.execute(sql`
      create constraint trigger lose after insert or update on ${taskTable} deferrable initially deferred
        for each row when (new.key = 'lost') execute function lose()`);
  });
  afterAll(async () => {
    for (const each of [overLink, database, link]) await each.close();
    await server.drop();
  });
  beforeEach(async () => {
    aheadMs = 0;
    await database.orm.execute(sql`delete from ${taskTable}`);
  });
  afterEach(async () => {
    for (const tasks of open.splice(0)) await tasks.close();
  });

  const create = (act: TaskHandler, over = overLink) => {
    const logger = keepingLogger();
    const tasks = createTasks({ database: over, tables, handlers: { act }, clock, logger });
    open.push(tasks);
    return tasks;
  };
  const enqueue = (tasks: Tasks, key: string, over = overLink) =>
    over.transaction((tx) => tasks.enqueue(tx, { kind: 'act', key }));
  const found = async <Row>(statement: ReturnType<typeof sql>) =>
    rows<Row>(await database.orm.execute(statement));
  const allDone = () =>
    waitFor('no task is left', async () => (await found(sql`select from ${taskTable}`)).length === 0);

  /** Lets the server commit what is begun, and breaks the connections before it is heard of. */
  const commitUnheard = async (begin: () => void, committed = sql`locked_by is not null`) => {
    await database.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(7)`);
      begin();
      await waitFor('the commit waits', async () => {
        const waiting = sql`
          select from pg_locks where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())`;
        return rows(await tx.execute(waiting)).length > 0;
      });
      link.weather({ kind: 'silent' });
    });
    const seen = sql`select from ${taskTable} where key = 'lost' and ${committed}`;
    await waitFor('it is committed', async () => (await found(seen)).length > 0);
    link.weather({ kind: 'cut' });
    link.weather({ kind: 'clear' });
  };

  test('one whose taking was committed unheard runs once its lease is out', async () => {
    const ran: string[] = [];
    const tasks = create(async ({ key }) => void ran.push(key));
    await enqueue(tasks, 'lost');
    await commitUnheard(() => tasks.start());
    aheadMs = pastTheLeaseMs;
    await allDone();
    expect(ran).toEqual(['lost']);
  });

  test('one whose enqueuing was committed unheard runs once its lease is out', async () => {
    const ran: string[] = [];
    const tasks = create(async ({ key }) => void ran.push(key));
    tasks.start();
    await enqueue(tasks, 'first');
    await allDone();
    let enqueuing: Promise<unknown> = Promise.resolve();
    await commitUnheard(() => {
      enqueuing = expect(enqueue(tasks, 'lost')).rejects.toThrow();
    });
    await enqueuing;
    aheadMs = pastTheLeaseMs;
    await allDone();
    expect(ran).toEqual(['first', 'lost']);
  });

  test('one whose end was committed unheard runs again only after that is known, and is held then', async () => {
    const heldBy: unknown[] = [];
    const gate = Promise.withResolvers<void>();
    const tasks = create(async () => {
      heldBy.push(...(await found(sql`select locked_by is not null as held from ${taskTable}`)));
      if (heldBy.length === 1) await gate.promise;
    });
    tasks.start();
    await enqueue(tasks, 'lost');
    await waitFor('it runs', () => heldBy.length === 1);
    await enqueue(tasks, 'lost');
    await commitUnheard(() => gate.resolve(), sql`locked_by is null`);
    // Before its end is recorded once more.
    await enqueue(tasks, 'lost', database);
    await allDone();
    expect(heldBy).toEqual([{ held: true }, { held: true }]);
  });

  test('one that runs here is not taken again when its lease runs out', async () => {
    const ran: string[] = [];
    const gate = Promise.withResolvers<void>();
    const tasks = create(async ({ key }) => {
      ran.push(key);
      if (key === 'long') await gate.promise;
    });
    await enqueue(tasks, 'long');
    tasks.start();
    await waitFor('it runs', () => ran.length === 1);
    aheadMs = pastTheLeaseMs;
    // Not held from the start: it is looked for, and so is all that is due.
    await enqueue(
      create(async () => undefined, database),
      'next',
      database,
    );
    await waitFor('the next one ran', () => ran.includes('next'));
    gate.resolve();
    await allDone();
    expect(ran).toEqual(['long', 'next']);
  });

  test('what runs is prolonged; one that is lost is aborted, not one that begins meanwhile', async () => {
    const owner = crypto.randomUUID();
    const store = taskStore({ database, tables, clock, leaseMs, owner, kinds: ['act'] });
    const aborted: string[] = [];
    const gate = Promise.withResolvers<void>();
    const act: TaskHandler = async ({ key }, signal) => {
      signal.addEventListener('abort', () => aborted.push(key));
      await gate.promise;
    };
    const logger = keepingLogger();
    const runs = new TaskRuns({
      handlers: { act },
      store,
      concurrency: 16,
      logger,
      clock,
      onEnd: () => undefined,
    });
    const hold = (key: string) =>
      database.transaction((tx) => store.enqueue(tx, { kind: 'act', key, payload: null }, clock.now(), true));
    const begin = (task: Awaited<ReturnType<typeof hold>>) => task && runs.begin(task);
    begin(await hold('kept'));
    begin(await hold('taken'));
    await database.orm.execute(
      sql`update ${taskTable} set locked_by = gen_random_uuid() where key = 'taken'`,
    );
    const later = await hold('later');
    aheadMs = 5_000;
    const prolonged = new Date(clock.now().getTime() + leaseMs).toISOString();
    const keeping = runs.keep();
    begin(later);
    await keeping;
    expect(await found(sql`select key from ${taskTable} where locked_until >= ${prolonged}`)).toEqual([
      { key: 'kept' },
    ]);
    expect(aborted).toEqual(['taken']);
    expect(logger.messages).toEqual(['a task was lost to another process']);
    gate.resolve();
    await runs.close();
    expect(await found(sql`select key from ${taskTable}`)).toEqual([{ key: 'taken' }]);
  });
});
