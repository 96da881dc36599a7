import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServiceName, serviceNames } from '@huismeester/contracts';
import { openDatabase, rows } from '@huismeester/database';
import {
  freePort,
  type Mosquitto,
  type Postgres,
  skipWithout,
  startMosquitto,
  startPostgres,
  type TempDir,
  tempDir,
  waitFor,
} from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Distributed, distributedOf, placesIn, servicesYaml } from './e2e/distributed.ts';
import { askLocally, type LocalApi } from './e2e/local-api.ts';
import { mainOf, programOf } from './e2e/program.ts';

const patient = { timeoutMs: 60_000, everyMs: 50 };

interface Ready {
  readonly ready: boolean;
  readonly notReady: readonly string[];
  readonly parts: readonly { name: string; detail?: string }[];
}

async function readyOf(api: LocalApi): Promise<Ready> {
  return JSON.parse(await api.text('/health/ready'));
}

/** What collects for the board's report looks once a minute: it says that a log is away, or back, when everything else has long done so. */
const isOfReport = (part: string) => part.endsWith('/report');

/** Waits until exactly these parts are not ready, but for those of the report; their details. */
async function waitsFor(api: LocalApi, ...notReady: string[]): Promise<string> {
  const found = await waitFor(
    `not ready: ${notReady.join(', ') || 'nothing'}`,
    async () => {
      const answer = await readyOf(api);
      if (String(answer.notReady.filter((part) => !isOfReport(part))) === String(notReady)) return answer;
      throw new Error(JSON.stringify(answer));
    },
    patient,
  );
  return found.parts.flatMap(({ name, detail }) => (notReady.includes(name) ? [detail] : [])).join('; ');
}

describe.skipIf(skipWithout('postgres', 'mosquitto'))(
  'services come and go, each a process of its own',
  () => {
    let dir: TempDir;
    let postgres: Postgres;
    let mosquitto: Mosquitto;
    let space: Distributed;
    let database: string;
    let urls: Pick<Record<ServiceName, string>, 'policy' | 'ups-monitor'>;

    const settingsOf = async (
      name: string,
      parts: { database: string; services: string },
    ): Promise<string> => {
      const file = join(dir.path, `${name}.yaml`);
      const text = `site: { id: a, name: A }
broker: { url: "${mosquitto.url}" }
database: { url: "${parts.database}" }
services: ${parts.services}
`;
      await writeFile(file, text);
      return file;
    };

    beforeAll(async () => {
      [dir, postgres, mosquitto] = await Promise.all([
        tempDir('come'),
        startPostgres({ fsync: false }),
        startMosquitto({ open: true }),
      ]);
      database = (await postgres.createDatabase()).replace('//huismeester@', '//huismeester:hunter2@');
      await Promise.all([postgres.stop(), mosquitto.stop()]);
      const places = await placesIn(dir.path);
      urls = { policy: places.policy.url, 'ups-monitor': places['ups-monitor'].url };
      const services = servicesYaml(places);
      space = distributedOf(await settingsOf('space', { database, services }), places);
    });
    afterAll(async () => {
      await space.kill();
      await space.api.close();
      await Promise.all([postgres.close(), mosquitto.close()]);
      await dir.remove();
    });

    const apis = () => Object.values(space.apis);
    /** A policy besides that of the space, at a place of its own. */
    const another = async (name: string, url: string) => {
      const socket = join(dir.path, `${name}.sock`);
      const listen = { port: await freePort(), socket };
      const services = JSON.stringify({
        netwatch: { url: urls['ups-monitor'], secret: 'the-secret-of-netwatch' },
        policy: { url: urls.policy, secret: 'the-secret-of-policy', listen },
        'ups-monitor': { url: urls['ups-monitor'], secret: 'the-secret-of-ups-monitor' },
        'vm-lifecycle': { url: urls['ups-monitor'], secret: 'the-secret-of-vm-lifecycle' },
      });
      const api = askLocally(socket);
      const file = await settingsOf(name, { database: url, services });
      return { api, program: programOf(file, api, { name, main: mainOf('policy') }) };
    };

    it('nothing is there yet: each answers, and says what it waits for', async () => {
      const refused = await another('refused', database.replace('//huismeester:', '//nobody:'));
      const child = await refused.program.launch();
      await Promise.all(Object.values(space.programs).map((program) => program.launch()));
      for (const api of [...apis(), refused.api]) {
        const detail = await waitsFor(api, 'database');
        expect(detail).toMatch(
          /^the database 127\.0\.0\.1:\d+\/\w+ does not answer \(.*ECONNREFUSED.*Start it, or/,
        );
        expect(await api.status('/health/live')).toBe(200);
        expect(await api.status('/health/ready')).toBe(503);
        expect(JSON.parse(await api.text('/api/v1/vms'))).toMatchObject({
          status: 503,
          code: 'waiting-for-database',
          title: 'Waiting for the database',
          detail,
        });
      }
      const overTcp = await fetch(`${urls.policy}/api/v1/rules`);
      expect([overTcp.status, overTcp.headers.get('retry-after')]).toEqual([503, '2']);
      expect(space.output()).not.toContain('hunter2');

      await postgres.start();
      await waitFor('the one that is not let in ends', () => !child.running(), patient);
      expect(child.output()).toMatch(
        /\nHuismeester cannot start: database\.url: the PostgreSQL at .* does not let us in: role "nobody" does not exist; correct the user [^\n]*\n$/,
      );
      await refused.api.close();
    });

    it('PostgreSQL comes: all set it up at once, go on without a broker, and one makes the first token', async () => {
      for (const api of apis()) expect(await waitsFor(api, 'broker')).toContain('not connected');
      for (const api of apis()) expect(await api.status('/health/ready')).toBe(200);
      const opened = await openDatabase({ url: database });
      const applied = await opened.orm.execute(
        sql`select schema, count(*)::int as files from migrations.applied group by schema order by schema`,
      );
      await opened.close();
      const schemas = rows<{ schema: string }>(applied).map(({ schema }) => schema);
      expect(new Set(schemas)).toEqual(
        new Set(['access', ...serviceNames.map((name) => name.replace('-', '_'))]),
      );
      const shown = Object.values(space.programs).flatMap(
        (program) => program.output().match(/: hm_\S+\n/g) ?? [],
      );
      expect(shown).toHaveLength(1);
      const tokens = await space.api.get<{ count: number }>('/api/v1/tokens');
      expect(tokens.count).toBe(1);
      const token = shown[0]?.slice(2).trim();
      for (const url of [urls.policy, urls['ups-monitor']]) {
        const answer = await fetch(`${url}/api/v1/tokens`, { headers: { authorization: `Bearer ${token}` } });
        expect(answer.status).toBe(200);
      }
    });

    it('the broker comes, goes and comes', async () => {
      await mosquitto.start();
      for (const api of apis()) await waitsFor(api);
      await mosquitto.stop();
      for (const api of apis()) expect(await waitsFor(api, 'broker')).toContain('not connected');
      await mosquitto.start();
      for (const api of apis()) await waitsFor(api);
    });

    it('PostgreSQL is killed, and comes back: the same processes go on', async () => {
      const pids = space.pids;
      await postgres.stop('kill');
      for (const api of apis()) {
        await waitFor(
          'database is named',
          async () => (await readyOf(api)).notReady.includes('database'),
          patient,
        );
        expect(await api.status('/health/live')).toBe(200);
      }
      expect(await space.api.status('/api/v1/vms')).toBe(503);
      await postgres.start();
      for (const api of apis()) await waitsFor(api);
      expect(space.pids).toEqual(pids);
      expect(await space.api.put('/api/v1/rules/power/CORE-1', { mode: 'enforce' })).toBe(200);
      await waitFor('vm-lifecycle has read on', async () => {
        const { consumers, head } = await reportOf('vm-lifecycle');
        return consumers[0]?.position === (await reportOf('policy')).head && head >= 0;
      });
      expect(space.output()).not.toContain('beginning anew');
    });

    const reportOf = (service: ServiceName) =>
      space.api.get<{ head: number; consumers: { position: number }[] }>(`/api/v1/${service}/status`);

    it('a peer that is not there is named by those who read its log, with what to do', async () => {
      await space.programs['ups-monitor'].kill();
      const refused = `ups-monitor at ${urls['ups-monitor']} cannot be reached: connection refused; start it, or correct services.ups-monitor.url`;
      // What was being read when it was killed broke; from then on it is refused.
      const isRefused = async () =>
        (await waitsFor(space.apis.policy, 'policy: log of ups-monitor')) === refused;
      await waitFor('it to be refused', isRefused);
      await space.programs.policy.end();
      expect(await waitsFor(space.apis['vm-lifecycle'], 'vm-lifecycle: log of policy')).toContain(
        `policy at ${urls.policy} cannot be reached`,
      );
      // The reader first, then what it reads.
      await space.programs.policy.launch();
      await waitFor('it to be refused again', isRefused);
      await space.programs['ups-monitor'].start();
      for (const api of apis()) await waitsFor(api);
    });

    it('a second process of a service stands by, and takes over when the first is killed', async () => {
      const second = await another('second', database);
      await second.program.launch();
      const [first] = space.programs.policy.pids;
      expect(await waitsFor(second.api, 'standby')).toMatch(
        new RegExp(
          `^process ${first} on \\S+ \\(policy\\) does it; this process takes over when that one ends`,
        ),
      );
      expect(JSON.parse(await second.api.text('/api/v1/rules'))).toMatchObject({
        status: 503,
        code: 'standby',
      });
      const mode = async (api: LocalApi): Promise<string | undefined> =>
        (await api.get<{ results: { clause: string; mode: string }[] }>('/api/v1/rules')).results.find(
          ({ clause }) => clause === 'CORE-1',
        )?.mode;
      expect(await mode(space.apis.policy)).toBe('enforce');
      await space.programs.policy.kill();
      await waitFor('the second acts', async () => (await mode(second.api)) === 'enforce', patient);
      await space.programs.policy.launch();
      expect(await waitsFor(space.apis.policy, 'standby')).toContain(`process ${second.program.pids[0]} on`);
      await second.program.kill();
      await second.api.close();
      for (const api of apis()) await waitsFor(api);
    });

    it('two processes of one service that start at once on an empty database: one acts', async () => {
      const empty = await postgres.createDatabase();
      const two = await Promise.all([another('one', empty), another('two', empty)]);
      await Promise.all(two.map(({ program }) => program.launch()));
      const standing = async () => {
        const found = await Promise.all(
          two.map(async ({ api }) => (await readyOf(api)).notReady.includes('standby')),
        );
        return found[0] === found[1] ? undefined : found.indexOf(true);
      };
      const standby = two[await waitFor('one stands by', standing, patient)];
      const acting = two.find((each) => each !== standby);
      await waitFor(
        'the other acts',
        async () => (await acting?.api.status('/api/v1/rules')) === 200,
        patient,
      );
      expect(standby?.program.output()).not.toContain('hm_');
      await acting?.program.kill();
      await waitFor(
        'it takes over',
        async () => (await standby?.api.status('/api/v1/rules')) === 200,
        patient,
      );
      for (const { program, api } of two) {
        await program.kill();
        await api.close();
      }
    });
  },
);
