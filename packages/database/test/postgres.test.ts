import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import {
  type Postgres,
  skipWithout,
  startChild,
  startLink,
  startPostgres,
  waitFor,
} from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isTransient, openDatabase, rows, statement, takeServerLock } from '../src/index.ts';
import { databaseOver } from '../src/over-pool.ts';
import { postgresConnection } from '../src/postgres-connection.ts';

const program = fileURLToPath(new URL('./programs/hold.ts', import.meta.url));

/** The way to a server, which breaks when a client sends its nth message. */
async function breakingAt(nth: number, port: number, { once: isOnce = false } = {}) {
  let broken = false;
  const server = createServer({ noDelay: true }, (client) => {
    const onward = connect({ host: '127.0.0.1', port, noDelay: true });
    let messages = 0;
    client.on('data', (chunk) => {
      messages += 1;
      if (messages < nth || (isOnce && broken)) onward.write(chunk);
      else {
        broken = true;
        client.resetAndDestroy();
      }
    });
    onward.pipe(client);
    for (const socket of [client, onward]) socket.on('error', () => onward.destroy());
    client.on('close', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  return { port: own, broken: () => broken, close: () => server.close() };
}

/** Without the first look by which `openDatabase` makes a connection. */
function databaseThrough(port: number, name: string) {
  const connect = () =>
    postgresConnection(`postgres://huismeester@127.0.0.1:${port}/${name}`, undefined, 30_000);
  return databaseOver({
    kind: 'postgres',
    place: 'test',
    max: 1,
    connect,
    logger: undefined,
    closed: async () => undefined,
  });
}

describe.skipIf(skipWithout('postgres', 'initdb'))('a PostgreSQL', () => {
  let server: Postgres;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  test('what was committed is there after a kill -9 of client and server', async () => {
    const url = await server.createDatabase();
    const child = await startChild({
      name: 'hold',
      command: process.execPath,
      args: [program],
      env: { DATABASE_URL: url },
    });
    await child.ready('it committed a hundred', () => child.output().includes('committed 100\n'));
    await server.stop('kill');
    await child.stop({ signal: 'SIGKILL' });
    await server.start();

    const database = await openDatabase({ url });
    const found = rows<{ n: number }>(await database.orm.execute(sql`select n from note order by n`));
    // It may have said since that its server is gone.
    const last = Number([...child.output().matchAll(/committed (\d+)\n/g)].at(-1)?.[1]);
    expect(found.length).toBeGreaterThanOrEqual(last);
    expect(found.map(({ n }) => n)).toEqual(found.map((_, index) => index + 1));
    await database.close();
  });

  test('a lost connection is typed and transient, and the pool recovers by itself', async () => {
    const database = await openDatabase({ url: server.url });
    const stopped = Promise.withResolvers<void>();
    const inside = Promise.withResolvers<void>();
    // One waits for an answer when the connection is lost, the other is between two statements.
    const outcomes = [
      database.transaction(async (tx) => {
        inside.resolve();
        await tx.execute(sql`select pg_sleep(60)`);
      }),
      database.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        await stopped.promise;
        await tx.execute(sql`select 1`);
      }),
    ].map((transaction) => transaction.catch((error: unknown) => error));
    await inside.promise;
    await waitFor('both are in their transactions', async () => {
      const found = await database.orm.execute(
        sql`select 1 from pg_stat_activity where pid <> pg_backend_pid() and (wait_event = 'PgSleep' or state = 'idle in transaction')`,
      );
      return rows(found).length >= 2;
    });
    await server.stop('immediate');
    stopped.resolve();
    for (const outcome of outcomes) {
      const error = await outcome;
      expect(error).toMatchObject({ code: 'database-unavailable' });
      expect(isTransient(error)).toBe(true);
    }
    await expect(database.health()).rejects.toMatchObject({ code: 'database-unavailable' });
    await server.start();
    await waitFor('the pool recovers', async () => {
      await database.health();
      return true;
    });
    await database.close();
  });

  // What nobody catches ends a process, and here the run of the tests.
  test.each([1, 2, 3])(
    'a connection that breaks at its message %d is an error of whoever asked',
    async (nth) => {
      const breaking = await breakingAt(nth, Number(new URL(server.url).port));
      const url = new URL(server.url);
      url.port = String(breaking.port);
      const opening = openDatabase({ url: url.href }).then((database) => database.close());
      await opening.catch((error: unknown) => expect(error).toMatchObject({ code: 'database-unavailable' }));
      expect(breaking.broken()).toBe(true);
      breaking.close();
    },
  );

  test.each([1, 2, 3, 4, 5, 6])(
    'of a transaction whose connection breaks at its message %d nothing is done',
    async (nth) => {
      const direct = await openDatabase({ url: await server.createDatabase() });
      await direct.orm.execute(sql`create table note (n integer)`);
      const [{ name } = { name: '' }] = rows<{ name: string }>(
        await direct.orm.execute(sql`select current_database() as name`),
      );
      const breaking = await breakingAt(nth, Number(new URL(server.url).port), { once: true });
      const database = databaseThrough(breaking.port, name);
      // They travel together, and each is prepared first.
      const outcome = await database
        .transaction((tx) =>
          Promise.all([1, 2, 3, 4, 5].map((n) => statement(tx, `insert into note values ($1 + ${n})`, [n]))),
        )
        .catch((error: unknown) => error);
      expect(breaking.broken()).toBe(true);
      expect(outcome).toMatchObject({ code: 'database-unavailable' });
      // The next one is on a new connection, and all that was sent before has arrived by its end.
      await database.transaction((tx) => tx.execute(sql`select 1`));
      await database.close();
      expect(rows(await direct.orm.execute(sql`select n from note`))).toEqual([]);
      await direct.close();
      breaking.close();
    },
  );

  test('what a silent network keeps is given up, all idle connections too, and the pool works again', async () => {
    const link = await startLink(Number(new URL(server.url).port));
    const url = server.url.replace(/:\d+\//, `:${link.port}/`);
    const database = await openDatabase({ url }, { silentMs: 2_000 });
    const asked = () => database.orm.execute(sql`select 1`);
    // Some connections are in use, others idle.
    await Promise.all(Array.from({ length: 8 }, asked));
    expect(link.connections()).toBe(8);
    link.weather({ kind: 'silent' });
    const outcomes = await Promise.allSettled([
      asked(),
      database.transaction((tx) => tx.execute(sql`select 1`)),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'database-unavailable' } });
      expect(isTransient(outcome.status === 'rejected' && outcome.reason)).toBe(true);
    }
    link.weather({ kind: 'clear' });
    await waitFor('the old connections are gone', () => link.connections() === 0);
    await waitFor('the pool works again', () =>
      asked().then(
        () => true,
        () => false,
      ),
    );
    await database.close();
    await link.close();
  });

  test('a statement may take longer than that while it is migrated, or others are answered', async () => {
    const database = await openDatabase({ url: server.url }, { silentMs: 2_000 });
    const long = sql`select pg_sleep(2.5)`;
    await expect(database.orm.execute(long)).rejects.toMatchObject({ code: 'database-unavailable' });
    await database.transaction((tx) => tx.execute(long), { silentMs: 60_000 });
    // All are asked at once, on one connection; the last is answered after 3.2 s.
    await database.transaction((tx) =>
      Promise.all(Array.from({ length: 8 }, () => tx.execute(sql`select pg_sleep(0.4)`))),
    );
    await database.close();
  });

  test('one that does not let us in says why, at once and without credentials', async () => {
    const url = server.url.replace('//huismeester@', '//nobody:s3cret@');
    const place = url.split('@')[1] ?? '';
    const refused = await openDatabase({ url }).catch((reason: unknown) => reason);
    expect(refused).toMatchObject({
      code: 'database-refused',
      message: `database.url: the PostgreSQL at ${place} does not let us in: role "nobody" does not exist; correct the user or the password, or let it in by pg_hba.conf`,
    });
    const elsewhere = server.url
      .replace('//huismeester@', '//huismeester:s3cret@')
      .replace(/[^/]*$/, 'nowhere');
    const missing = await openDatabase({ url: elsewhere }).catch((reason: unknown) => reason);
    expect(isTransient(missing)).toBe(true);
    expect(missing).toMatchObject({
      message: `the PostgreSQL at ${place.split('/')[0]} has no database "nowhere": make it with createdb, or correct the name in database.url`,
    });
    const none = await openDatabase({ url: 'postgres://u:s3cret@host:port/h' }).catch(
      (reason: unknown) => reason,
    );
    expect(none).toMatchObject({
      code: 'database-refused',
      message: expect.stringMatching(/^database\.url: found no URL, allowed: postgres:/),
    });
    for (const error of [refused, missing, none])
      expect(inspect(error, { depth: 9 })).not.toContain('s3cret');
  });

  test('a lock is one connection’s at a time, all names or none, and free when that connection ends', async () => {
    const url = await server.createDatabase();
    const first = await takeServerLock(url, ['a', 'b']);
    expect(await takeServerLock(url, ['b', 'c'])).toBeUndefined();
    // That one took c, and gave it back.
    const third = await takeServerLock(url, ['c']);
    expect(third?.lost).toBe(false);
    const [backend] = (await first?.query<{ pid: number }>('select pg_backend_pid() as pid')) ?? [];
    await third?.query('select pg_terminate_backend($1)', [backend?.pid]);
    await waitFor('the loss is noticed', () => first?.lost === true);
    await expect(first?.query('select 1')).rejects.toMatchObject({ code: 'database-unavailable' });
    const next = await takeServerLock(url, ['a', 'b']);
    expect(next?.lost).toBe(false);
    await next?.release();
    await third?.release();
  });

  test('a database that is not there is named, without its credentials', async () => {
    const url = 'postgres://caretaker:s3cret@127.0.0.1:9/space';
    const failing = openDatabase({ url });
    await expect(failing).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('127.0.0.1:9/space'),
    });
    const error = await failing.catch((reason: unknown) => reason);
    expect(String(error)).not.toContain('s3cret');
  });
});
