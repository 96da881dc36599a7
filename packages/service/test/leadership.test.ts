import { openDatabase, takeServerLock } from '@huismeester/database';
import {
  collectLines,
  type Postgres,
  skipWithout,
  startLink,
  startPostgres,
  type TempDir,
  tempDir,
  waitFor,
} from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CreateService,
  createLogger,
  type RunningProcess,
  runServices,
  systemClock,
} from '../src/index.ts';
import { takeLeadership } from '../src/leadership/leadership.ts';
import { ask } from './sample/ask.ts';
import { sampleService } from './sample/service.ts';
import { siteIn } from './sample/settings.ts';

const { stream, lines } = collectLines();
const logger = createLogger({ level: 'debug', destination: stream });
const patient = { timeoutMs: 30_000 };

describe.skipIf(skipWithout('postgres', 'initdb'))('one process at a time leads a service', () => {
  let server: Postgres;
  let dir: TempDir;
  beforeAll(async () => {
    [server, dir] = await Promise.all([startPostgres({ fsync: false }), tempDir('leadership')]);
  });
  afterAll(async () => {
    await server.close();
    await dir.remove();
  });

  /** Ends the connection that has the lock, as a network does that breaks. */
  const cut = async (url: string) => {
    const database = await openDatabase({ url });
    await database.orm.execute(
      sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 2`,
    );
    await database.close();
  };

  /** A space on a database of its own: the sample service as ups-monitor. */
  const space = async (name: string, over = (direct: string) => direct) => {
    const url = await server.createDatabase();
    const sample = sampleService();
    const settings = siteIn(dir.path);
    const http = { ...settings.http, socket: `${dir.path}/${name}.sock` };
    const starting = runServices(
      { ...settings, http, database: { url: over(url) } },
      { 'ups-monitor': sample.create },
      { version: '1', logger },
    );
    return { url, sample, starting, socket: http.socket };
  };
  const ready = (running: RunningProcess) => ask(`${running.url}/health/ready`);

  test('leadership is taken of all services or of none, and given up', async () => {
    const { url, starting } = await space('whole');
    const running = await starting;
    const both = { url, clock: systemClock, logger, services: ['policy', 'ups-monitor'] as const };
    expect(await takeLeadership(both)).toBeUndefined();
    const policy = await takeLeadership({ ...both, services: ['policy'] });
    expect(policy?.held()).toBe(true);
    await policy?.close();
    await running.close();
    const again = await takeLeadership(both);
    expect(again?.held()).toBe(true);
    await again?.close();
  });

  test('a connection that breaks is made anew, and the services go on', async () => {
    const { url, starting, sample } = await space('cut');
    const running = await starting;
    const { database } = sample.context ?? {};
    const refused = waitFor(
      'nothing is written without leadership',
      async () =>
        database
          ?.transaction(async () => undefined)
          .then(
            () => undefined,
            (error: unknown) => error,
          ),
      { everyMs: 1 },
    );
    await cut(url);
    expect(await refused).toMatchObject({ code: 'database-unavailable' });
    await waitFor('it has the lock again', () => database?.transaction(async () => true), patient);
    expect(sample.seen).toEqual(['created', 'started']);
    expect((await ready(running)).status).toBe(200);
    await running.close();
  });

  test('a network that swallows everything ends no connection: what it kept is made anew', async () => {
    const link = await startLink(Number(new URL(server.url).port));
    const { url, starting, sample } = await space('silent', (direct) =>
      direct.replace(/:\d+\//, `:${link.port}/`),
    );
    const running = await starting;
    const unconfirmed = () =>
      lines().filter(({ msg }) => msg === 'leadership not confirmed; looking again').length;
    const before = unconfirmed();
    link.weather({ kind: 'silent' });
    await waitFor('leadership is doubted', () => unconfirmed() > before, patient);
    const refused = sample.context?.database.transaction(async () => undefined);
    await expect(refused).rejects.toMatchObject({ code: 'database-unavailable' });
    link.weather({ kind: 'clear' });
    await waitFor('it is ready by itself', async () => (await ready(running)).status === 200, patient);
    await waitFor('and writes', () => sample.context?.database.transaction(async () => true), patient);
    // The connection that led is gone with it: nobody else waits for it.
    await running.close();
    const next = await takeLeadership({ url, clock: systemClock, logger, services: ['ups-monitor'] });
    expect(next?.held()).toBe(true);
    await next?.close();
    await link.close();
  });

  test('a process that finds its service led by another begins anew, once it is free: with what the database then holds', async () => {
    const { url, starting, sample, socket } = await space('taken');
    const running = await starting;
    const before = sample.context;
    const holder = `update access.seat set holder = 'another', process = 'process 7 on elsewhere'`;
    const thief = await waitFor('another is first', async () => {
      await cut(url);
      return takeServerLock(url, ['huismeester/ups-monitor']);
    });
    await thief.query(holder);
    const { body } = await waitFor(
      'it stands by',
      async () => {
        const answer = await ready(running);
        return answer.body.notReady[0] === 'standby' && answer;
      },
      patient,
    );
    expect(body).toMatchObject({
      ready: false,
      parts: [{ name: 'standby', detail: expect.stringContaining('process 7 on elsewhere (ups-monitor)') }],
    });
    expect((await ask(`${running.url}/health/live`)).status).toBe(200);
    const refused = await ask(`http://local/api/v1/sample/administrator`, { socket });
    expect(refused).toMatchObject({ status: 503, body: { code: 'standby' } });
    expect(refused.headers).toMatchObject({
      'retry-after': '2',
      'content-type': expect.stringContaining('application/problem+json'),
    });
    await thief.release();
    await waitFor('it acts again', async () => (await ready(running)).status === 200, patient);
    expect(sample.seen).toEqual(['created', 'started', 'closed', 'created', 'started']);
    expect((await ask(`http://local/api/v1/sample/administrator`, { socket })).status).toBe(200);
    // What is left of the time before may write no more, in a transaction or by a statement of its own.
    const refusal = { code: 'database-unavailable' };
    await expect(before?.database.transaction(async () => true)).rejects.toMatchObject(refusal);
    const touch = async () => before?.database.orm.execute('update access.seat set since = now()');
    await expect(touch()).rejects.toMatchObject(refusal);
    await running.close();
  });

  test.each([
    ['another process had been there meanwhile', [`update access.seat set holder = 'another'`]],
    [
      'the database was restored, from a time when we led',
      [
        'create table access.copy (like access.seat including all)',
        'insert into access.copy select * from access.seat',
        'drop table access.seat',
        'alter table access.copy rename to seat',
      ],
    ],
  ])('all is read anew where %s', async (_, statements) => {
    const { url, starting, sample } = await space('meanwhile');
    const running = await starting;
    const database = await openDatabase({ url });
    await database.transaction(async (tx) => {
      for (const each of statements) await tx.execute(sql.raw(each));
    });
    await database.close();
    await waitFor('it begins anew', () => sample.seen.length >= 5, patient);
    await waitFor('it is ready', async () => (await ready(running)).status === 200, patient);
    await running.close();
  });

  test('one that stands by names the process that acts, and none that has ended', async () => {
    const { url, starting } = await space('acting');
    const running = await starting;
    const database = await openDatabase({ url });
    await database.orm.execute(
      sql`insert into access.seat (service, holder, process, since) values ('policy', gen_random_uuid(), 'process 4711 on old', now())`,
    );
    await database.close();
    const settings = siteIn(dir.path);
    const socket = `${dir.path}/both.sock`;
    const policy: CreateService = async (context) => ({
      ...(await sampleService('policy').create(context)),
      routes: async () => {},
    });
    const second = runServices(
      { ...settings, http: { ...settings.http, socket }, database: { url } },
      { 'ups-monitor': sampleService().create, policy },
      { version: '1', logger },
    );
    const { detail } = await waitFor('it stands by', async () => {
      const { parts } = (await ask('http://local/health/ready', { socket })).body;
      return parts[0].name === 'standby' && parts[0];
    });
    expect(detail).toContain(`process ${process.pid} on`);
    await running.close();
    await (await second).close();
  });

  test('a database that is dropped under it, as a restore may do, is waited for and set up anew', async () => {
    const { url, starting, sample } = await space('dropped');
    const running = await starting;
    const { pathname } = new URL(url);
    const name = sql.identifier(pathname.slice(1));
    const admin = await openDatabase({ url: new URL('/postgres', url).href });
    await admin.orm.execute(sql`drop database ${name} with (force)`);
    await waitFor('it says so', async () => (await ready(running)).status === 503);
    await admin.orm.execute(sql`create database ${name}`);
    await admin.close();
    await waitFor('it begins anew', () => sample.seen.length >= 5, patient);
    await waitFor('it is ready', async () => (await ready(running)).status === 200, patient);
    await running.close();
  });

  test('a database that was emptied under it is set up anew', async () => {
    const { url, starting, sample } = await space('emptied');
    const running = await starting;
    const epoch = sample.context && (await snapshotEpoch(running));
    const database = await openDatabase({ url });
    await database.orm.execute(sql`drop schema access, sample, migrations cascade`);
    await database.close();
    await waitFor('it begins anew', () => sample.seen.length >= 5, patient);
    await waitFor('it is ready', async () => (await ready(running)).status === 200, patient);
    expect(await snapshotEpoch(running)).not.toBe(epoch);
    await running.close();
  });

  const snapshotEpoch = async ({ socket }: RunningProcess): Promise<string> =>
    (await ask('http://local/api/v1/ups-monitor/snapshot', { socket })).body.epoch;

  test('a PostgreSQL that is not there is waited for, and said to whoever asks; so is one that goes away', async () => {
    await server.stop('kill');
    const { starting, socket, sample } = await away();
    const over = (path: string) => ask(`http://local${path}`, { socket });
    // It answers before it has tried the database for the first time.
    const body = await waitFor('it says what it waits for', async () => {
      const found = await over('/health/ready');
      return found.body.notReady.includes('database') && found.body;
    });
    expect(body).toMatchObject({ ready: false, notReady: ['database'] });
    expect(body.parts[0].detail).toMatch(
      /does not answer \(.*ECONNREFUSED.*\)\. Start it, or correct database\.url/,
    );
    expect((await over('/health/live')).body.live).toBe(true);
    expect((await over('/metrics')).body).toContain('process_cpu_seconds_total');
    for (const path of ['/api/v1/ups', '/docs', '/nowhere']) {
      expect(await over(path)).toMatchObject({ status: 503, body: { code: 'waiting-for-database' } });
    }
    const json = { mode: 'enforce' };
    expect((await ask(`http://local/api/v1/rules/X`, { socket, method: 'PUT', json })).status).toBe(503);
    await server.start();
    const running = await starting;
    expect(running.firstToken).toMatch(/^hm_/);
    await server.stop('kill');
    const answer = await waitFor('it says that the database is away', async () => {
      const found = await ready(running);
      return found.body.notReady.includes('database') && found;
    });
    expect(answer.status).toBe(503);
    await server.start();
    await waitFor('it is ready by itself', async () => (await ready(running)).status === 200, patient);
    expect(sample.seen).toEqual(['created', 'started']);
    expect(JSON.stringify(lines())).not.toContain('hunter2');
    await running.close();
  });

  /** As `space`, on the database that every cluster has: the server need not be there. */
  const away = async () => {
    const sample = sampleService();
    const settings = siteIn(dir.path);
    const http = { ...settings.http, socket: `${dir.path}/away.sock` };
    const url = server.url.replace('//huismeester@', '//huismeester:hunter2@');
    const starting = runServices(
      { ...settings, http, database: { url } },
      { 'ups-monitor': sample.create },
      { version: '1', logger },
    );
    return { starting, sample, socket: http.socket };
  };
});
