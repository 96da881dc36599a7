import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type EventPage, type Rule, serviceNames } from '@huismeester/contracts';
import {
  type Postgres,
  skipWithout,
  startPostgres,
  type TempDir,
  tempDir,
  waitFor,
} from '@huismeester/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askLocally, type LocalApi } from './e2e/local-api.ts';
import { type Program, programOf } from './e2e/program.ts';

const scripts = fileURLToPath(new URL('../../deploy/backup/', import.meta.url));
const run = promisify(execFile);

describe.skipIf(skipWithout('postgres', 'pg_restore'))('a backup', () => {
  let dir: TempDir;
  let folder: string;
  let postgres: Postgres;
  let url: URL;
  let program: Program;
  let api: LocalApi;

  beforeAll(async () => {
    dir = await tempDir('backup');
    folder = join(dir.path, 'backups');
    await mkdir(folder);
    postgres = await startPostgres({ fsync: false });
    api = askLocally(join(dir.path, 'h.sock'));
    program = programOf(join(dir.path, 'space.yaml'), api);
  });
  afterAll(async () => {
    await api.close();
    await program.end();
    await postgres.close();
    await dir.remove();
  });

  /** What libpq's programs need to find the database. */
  const place = (database = url.pathname.slice(1)) => ({
    ...process.env,
    PGHOST: url.hostname,
    PGPORT: url.port,
    PGUSER: url.username,
    PGDATABASE: database,
  });
  const script = (name: string, args: string[], env: Record<string, string> = {}) =>
    run('sh', [`${scripts}${name}`, ...args], { env: { ...place(), ...env } });
  const psql = async (database: string, ...args: string[]) =>
    (await run('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', ...args], { env: place(database) })).stdout.trim();

  async function start(database: URL): Promise<void> {
    url = database;
    const settings = `site: { id: backup, name: Backup }
http: { port: 0, socket: ${join(dir.path, 'h.sock')} }
broker: { embedded: { port: 0 } }
database: { url: "${database}" }
`;
    await writeFile(join(dir.path, 'space.yaml'), settings);
    await program.start();
  }
  const arm = (clause: string) => api.put(`/api/v1/rules/${clause}`, { mode: 'enforce' });
  const armed = async () => {
    const { results } = await api.get<{ results: Rule[] }>('/api/v1/rules');
    return results.filter(({ mode }) => mode === 'enforce').map(({ clause }) => clause);
  };
  const epochs = () =>
    Promise.all(
      serviceNames.map(async (name) => (await api.get<EventPage>(`/api/v1/${name}/events?limit=1`)).epoch),
    );
  const remembered = async () => JSON.stringify(await api.get('/api/v1/policy/events?limit=1000'));
  const dumps = () => readdirSync(folder).toSorted();

  describe('of a Huismeester that runs', () => {
    let before: string[];
    let file: string;
    beforeAll(async () => {
      await start(new URL(await postgres.createDatabase()));
      await arm('power/SPACE-3');
      file = (await script('backup.sh', [folder])).stdout.trim();
      before = await epochs();
      await arm('power/CORE-1');
      expect(await armed()).toEqual(expect.arrayContaining(['SPACE-3', 'CORE-1']));
      expect(await remembered()).toContain('CORE-1');
    });

    /** Whether what runs now is what was copied, and knows itself for a copy. */
    async function expectACopy(): Promise<void> {
      for (const [index, epoch] of (await epochs()).entries()) expect(epoch).not.toBe(before[index]);
      expect(await armed()).toEqual([]);
      expect(await remembered()).toContain('SPACE-3');
      expect(await remembered()).not.toContain('CORE-1');
      expect(program.output()).not.toContain('"stack"');
    }

    it('is one file, for its owner alone', () => {
      expect(dumps().map((name) => join(folder, name))).toEqual([file]);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });

    it('is restored neither over what is there, nor beside somebody who uses it', async () => {
      await expect(script('restore.sh', [file])).rejects.toMatchObject({
        stderr: expect.stringContaining('is not empty'),
      });
      const empty = new URL(await postgres.createDatabase()).pathname.slice(1);
      const user = run('psql', ['-Xqc', 'select pg_sleep(60)'], { env: place(empty) });
      user.catch(() => {});
      const count = `select count(*) from pg_stat_activity where datname = '${empty}'`;
      await waitFor('somebody uses it', async () => (await psql('postgres', '-c', count)) === '1');
      await expect(script('restore.sh', [file], { PGDATABASE: empty })).rejects.toMatchObject({
        stderr: expect.stringContaining('is in use (1 connections)'),
      });
      user.child.kill();
    });

    it('that is broken leaves the database empty', async () => {
      const empty = new URL(await postgres.createDatabase()).pathname.slice(1);
      const whole = readFileSync(file);
      const broken = join(dir.path, 'broken.dump');
      await writeFile(broken, whole.subarray(0, whole.length - 200));
      await expect(script('restore.sh', [broken], { PGDATABASE: empty })).rejects.toMatchObject({ code: 1 });
      expect(await psql(empty, '-c', "select count(*) from pg_tables where tablename = 'log_head'")).toBe(
        '0',
      );
    });

    it('goes back into a database of the same name: with new epochs, and disarmed', async () => {
      await program.end();
      const name = url.pathname.slice(1);
      await psql('postgres', '-c', `drop database ${name}`, '-c', `create database ${name}`);
      await script('restore.sh', [file]);
      await start(url);
      await expectACopy();
    });

    it('put back by hand, into another database, is known for a copy all the same', async () => {
      await program.end();
      const other = new URL(await postgres.createDatabase());
      await run('pg_restore', ['--no-owner', '-d', other.pathname.slice(1), file], { env: place() });
      await start(other);
      await expectACopy();
    });

    it('of the disk beneath cannot be known: new-epoch.sql says it', async () => {
      const known = await epochs();
      await arm('power/SPACE-3');
      await program.end();
      await program.start();
      expect([await epochs(), await armed()]).toEqual([known, ['SPACE-3']]);
      await program.end();
      await psql(url.pathname.slice(1), '-f', `${scripts}new-epoch.sql`);
      await program.start();
      for (const [index, epoch] of (await epochs()).entries()) expect(epoch).not.toBe(known[index]);
      expect(await armed()).toEqual([]);
    });
  });

  describe('in a folder with others', () => {
    const old = [1, 2, 3].map((day) => `huismeester-2026010${day}T030000Z.dump`);
    beforeEach(async () => {
      for (const name of [...old, 'mine.dump']) await writeFile(join(folder, name), '');
    });

    it('takes the place of the oldest, once it is there', async () => {
      const before = dumps();
      const { stdout } = await script('backup.sh', [folder], { KEEP: '2' });
      const made = stdout.trim().slice(folder.length + 1);
      const [last] = before.filter((name) => name !== 'mine.dump' && !old.includes(name));
      expect(new Set(dumps())).toEqual(new Set([made, last, 'mine.dump']));
    });

    it.each([
      [{ PGDATABASE: 'nowhere' }, 'nowhere'],
      [{ PGDATABASE: 'postgres' }, 'no log of a Huismeester'],
      [{ KEEP: '0' }, 'KEEP: found 0'],
    ])('that fails (%j) takes nobody’s place, and leaves nothing', async (env, message) => {
      const before = dumps();
      await expect(script('backup.sh', [folder], env)).rejects.toMatchObject({
        stderr: expect.stringContaining(message),
      });
      expect(dumps()).toEqual(before);
    });
  });
});
