import { existsSync } from 'node:fs';
import { chmod, mkdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild, type TempDir, tempDir, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, rows } from '../src/index.ts';

const program = fileURLToPath(new URL('./programs/hold.ts', import.meta.url));

let temp: TempDir;
let dir: string;
let child: Child | undefined;

beforeEach(async () => {
  temp = await tempDir('lock');
  dir = join(temp.path, 'db');
});
afterEach(async () => {
  await child?.stop({ signal: 'SIGKILL' });
  await temp.remove();
});

const startHolder = async () => {
  child = await startChild({ name: 'hold', command: process.execPath, args: [program], env: { DIR: dir } });
  const holder = child;
  await holder.ready('it committed a hundred', () => holder.output().includes('committed 100\n'), {
    timeoutMs: 40_000,
  });
  return holder;
};

test('a directory is open in one process at a time; kill -9 frees it, and what was committed is still there', async () => {
  const holder = await startHolder();
  await expect(openDatabase({ embedded: { dir } })).rejects.toMatchObject({
    code: 'database-locked',
    message: expect.stringContaining(`process ${holder.pid}`),
  });
  holder.signal('SIGKILL');
  await waitFor('the holder is gone', () => !holder.running());

  const database = await openDatabase({ embedded: { dir } });
  const found = rows<{ n: number }>(await database.orm.execute(sql`select n from note order by n`));
  const last = Number(/committed (\d+)\n[^\n]*$/.exec(holder.output())?.[1]);
  expect(last).toBeGreaterThanOrEqual(100);
  expect(found.length).toBeGreaterThanOrEqual(last);
  expect(found.map(({ n }) => n)).toEqual(found.map((_, index) => index + 1));
  await database.close();
});

test('no other local user can read it, be it new or made by an older program', async () => {
  const modeOf = async () => (await stat(dir)).mode & 0o777;
  await (await openDatabase({ embedded: { dir } })).close();
  expect(await modeOf()).toBe(0o700);
  await chmod(dir, 0o755);
  await (await openDatabase({ embedded: { dir } })).close();
  expect(await modeOf()).toBe(0o700);
});

test('the same process cannot open it twice either, and close gives it up', async () => {
  const first = await openDatabase({ embedded: { dir } });
  await expect(openDatabase({ embedded: { dir } })).rejects.toMatchObject({
    code: 'database-locked',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  // The refused attempt must not have dropped the lock: that is what fcntl locks do when a file is closed.
  await expect(openDatabase({ embedded: { dir } })).rejects.toMatchObject({ code: 'database-locked' });
  await first.close();
  expect(existsSync(`${dir}.pid`)).toBe(false);
  const second = await openDatabase({ embedded: { dir } });
  await second.close();
});

test('what a start left that was killed while it made the database is not taken for one', async () => {
  // A killed start leaves this, at any stage of it.
  await mkdir(join(`${dir}.new`, 'base'), { recursive: true });
  await writeFile(join(`${dir}.new`, 'PG_VERSION'), '18\n');
  const database = await openDatabase({ embedded: { dir } });
  await database.health();
  await database.close();
  expect(existsSync(`${dir}.new`)).toBe(false);
  const again = await openDatabase({ embedded: { dir } });
  await again.close();
});

test('a directory that is no database, or no longer, is left as it is, and said', async () => {
  await mkdir(dir);
  await writeFile(join(dir, 'notes.txt'), 'mine');
  await expect(openDatabase({ embedded: { dir } })).rejects.toMatchObject({
    code: 'embedded-directory',
    message: `${dir} is not empty and holds no database; name another directory, or empty it`,
  });
  expect(existsSync(join(dir, 'notes.txt'))).toBe(true);

  const damaged = join(temp.path, 'damaged');
  const database = await openDatabase({ embedded: { dir: damaged } });
  await database.close();
  await truncate(join(damaged, 'global', 'pg_control'), 0);
  await expect(openDatabase({ embedded: { dir: damaged } })).rejects.toMatchObject({
    code: 'embedded-directory',
    message: expect.stringContaining(`PGlite cannot open the database in ${damaged}`),
  });
  const unwritable = join(dir, 'notes.txt', 'db');
  await expect(openDatabase({ embedded: { dir: unwritable } })).rejects.toMatchObject({
    code: 'embedded-directory',
    message: expect.stringContaining('name a directory that this user may write to'),
  });
});
