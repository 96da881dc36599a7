import { join } from 'node:path';
import type { EventPage } from '@huismeester/contracts';
import { isDiskFull, rows } from '@huismeester/database';
import { newEvent } from '@huismeester/events';
import { create as createNetwatch } from '@huismeester/netwatch';
import { create as createPolicy } from '@huismeester/policy';
import {
  type CreateService,
  createLogger,
  parseSettings,
  type RunningService,
  runServices,
} from '@huismeester/service';
import { startNutSimulator } from '@huismeester/simulators';
import {
  collectLines,
  skipWithout,
  skipWithoutSmallDisk,
  startPostgres,
  startSmallDisk,
  tempDir,
  waitFor,
} from '@huismeester/testkit';
import { create as createUpsMonitor } from '@huismeester/ups-monitor';
import { create as createVmLifecycle } from '@huismeester/vm-lifecycle';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { askLocally } from './e2e/local-api.ts';

const patient = { timeoutMs: 50_000, everyMs: 50 };
const words = "the database's disk is full: free space there; nothing that was committed is lost";

interface Health {
  readonly parts: readonly { name: string; ready: boolean; detail?: string }[];
}

describe.skipIf(skipWithout('postgres') || skipWithoutSmallDisk())('a disk that is full', () => {
  const opened: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });
  const open = async <T extends { close(): Promise<unknown> }>(opening: Promise<T>): Promise<T> => {
    const it = await opening;
    opened.push(() => it.close());
    return it;
  };

  /** All services on that database, with a simulated UPS. */
  async function start(url: string) {
    const dir = await tempDir('full');
    opened.push(() => dir.remove());
    const vars = { 'ups.status': 'OL', 'battery.charge': '100', 'battery.runtime': '900' };
    const upsd = await open(startNutSimulator({ upses: [{ name: 'rack', vars }] }));
    const socket = join(dir.path, 'hm.sock');
    let monitor: RunningService | undefined;
    const { stream, text } = collectLines();
    const create: CreateService = async (context) => {
      monitor = await createUpsMonitor(context);
      return monitor;
    };
    const { database } = await open(
      runServices(
        settingsOf(url, socket, upsd.port),
        {
          netwatch: createNetwatch,
          policy: createPolicy,
          'ups-monitor': create,
          'vm-lifecycle': createVmLifecycle,
        },
        { version: 'test', logger: createLogger({ level: 'info', destination: stream }) },
      ),
    );
    const api = askLocally(socket);
    opened.push(async () => api.close());
    const health = async (): Promise<Health> => JSON.parse(await api.text('/health/ready'));
    await waitFor('all is ready', api.isReady, patient);
    return {
      database,
      api,
      logged: text,
      cut: () => upsd.set('rack', 'ups.status', 'OB DISCHRG'),
      said: async (part: string) => {
        const { parts } = await health();
        return parts.find(({ name }) => name === part)?.detail;
      },
      page: (query: string) => api.get<EventPage>(`/api/v1/ups-monitor/events?limit=1000&${query}`),
      outages: async () => (await api.get<{ outages: unknown[] }>('/api/v1/power')).outages.length,
      /** Has ups-monitor's log say something of another UPS. */
      append: async (count: number) => {
        const other = newEvent('ups.replace-battery', 'ups/other', { ups: 'other' });
        await database.transaction(async (tx) => monitor?.log.append(tx, Array(count).fill(other)));
      },
    };
  }

  it('is told, costs nothing that was committed, is no event’s fault, and is over when there is room', async () => {
    const disk = await open(startSmallDisk(48));
    const postgres = await open(startPostgres({ fsync: false }));
    const space = await start(await postgres.createDatabase(disk.path));
    await disk.fill();
    const untilFull = async () => {
      for (let batch = 0; batch < 1000; batch += 1) await space.append(100);
    };
    await expect(untilFull()).rejects.toSatisfy(isDiskFull);
    expect(await space.said('database')).toBe(words);
    expect(await space.api.status('/health/ready')).toBe(503);
    const { head } = await space.page('after=0');

    space.cut();
    await waitFor('it tried', () => space.logged().includes('a look at the UPS failed'), patient);
    await disk.free();
    await waitFor('the power cut is known', async () => (await space.outages()) === 1, patient);
    await waitFor('all is ready', space.api.isReady, patient);
    const { events } = await space.page(`after=${head}`);
    expect(events[0]).toMatchObject({ position: head + 1, subject: 'ups/rack' });
    for (const schema of ['policy', 'vm_lifecycle']) {
      const letters = sql.raw(`select count(*)::int as count from ${schema}.dead_letter`);
      expect(rows(await space.database.orm.execute(letters))).toEqual([{ count: 0 }]);
    }
  });

  it('may stop PostgreSQL, which has no room for its log of writes: that too is over when there is room', async () => {
    const disk = await open(startSmallDisk(160));
    const postgres = await open(startPostgres({ fsync: false, parent: disk.path }));
    const url = await postgres.createDatabase();
    const space = await start(url);
    await space.append(1);
    const { head } = await space.page('after=0');
    await disk.fill();
    const filling = sql`create table junk as select repeat('x', 1000) from generate_series(1, 100000)`;
    await expect(space.database.orm.execute(filling)).rejects.toThrow();
    space.cut();
    await waitFor('it is told', async () => !(await space.api.isReady()), patient);
    await disk.free();
    if (!postgres.running()) await postgres.start();
    await waitFor('the power cut is known', async () => (await space.outages()) === 1, patient);
    await waitFor('all is ready', space.api.isReady, patient);
    expect((await space.page(`after=${head}`)).events[0]?.position).toBe(head + 1);
  });
});

function settingsOf(url: string, socket: string, port: number) {
  const upsd = { host: '127.0.0.1', port, name: 'rack' };
  const settings = {
    site: { id: 'full', name: 'Full' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0 } },
    database: { url },
    ups: [{ id: 'rack', upsd, poll: { variables: '500ms' } }],
    policy: { power: { onBatteryHold: '1h' } },
  };
  const readFile = (): string => {
    throw new Error('these settings name no file');
  };
  return parseSettings(JSON.stringify(settings), { file: 'space.yaml', env: {}, readFile });
}
