import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Database, openDatabase, rows } from '@huismeester/database';
import { daemonPath, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createErasing, holdVotes } from '../src/admission/erase.ts';
import { ballot } from '../src/schema.ts';
import { hourMs, type Space, startSpace } from './admission/space.ts';

/** In every text that is to be erased, and in none that is kept. */
const mark = 'quillfeather';
let space: Space;
let database: Database;
beforeAll(async () => {
  space = await startSpace(['pip', 'pat']);
  database = await openDatabase({ url: space.site.site.url });
});
afterAll(async () => {
  await database.close();
  await space.site.close();
});

const query = async <T>(text: ReturnType<typeof sql>): Promise<T[]> =>
  rows<T>(await database.orm.execute(text));

/** The tables of all schemas, those of PostgreSQL itself too, in which any column holds a text. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await query<{ schema: string; name: string }>(sql`
    select table_schema as schema, table_name as name from information_schema.tables where table_type = 'BASE TABLE' order by 1, 2`);
  expect(tables.length).toBeGreaterThan(80);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const [hit] = await query<{ hit: boolean }>(sql`
      select exists (select from ${sql.identifier(schema)}.${sql.identifier(name)} as each_row
        where strpos(each_row::text, ${text}) > 0) as hit`);
    if (hit?.hit) found.push(`${schema}.${name}`);
  }
  return found;
}

/** The files of this database that hold a text. */
async function filesWith(text: string): Promise<string[]> {
  const [at] = await query<{ folder: string; oid: string }>(sql`
    select current_setting('data_directory') as folder, oid::text from pg_database where datname = current_database()`);
  const folder = join(at?.folder ?? '', 'base', at?.oid ?? '');
  const names = await readdir(folder);
  expect(names.length).toBeGreaterThan(50);
  const hits = await Promise.all(
    names.map(async (name) => ((await readFile(join(folder, name))).includes(text) ? [name] : [])),
  );
  return hits.flat();
}

async function dump(): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(join(dirname(daemonPath('postgres')), 'pg_dump'), [space.site.site.url], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

const put = (as: string, path: string, json: object) => space.as(as, path, { method: 'PUT', json });

test('votes, minutes and reasons stand in their tables alone, and after 365 days nowhere', async () => {
  const id = await space.apply('pip');
  const path = `/applications/${id}`;
  await space.vote('ann', id, 'yes', { because: `${mark}, first said` });
  await space.vote('ann', id, 'no', { because: `${mark}, second thoughts` });
  const recorded = {
    date: '2026-11-20',
    present: [space.id('ann')],
    outcome: 'approved',
    page: `${mark} page`,
  };
  expect((await put('ann', `${path}/minutes`, recorded)).status).toBe(200);
  expect((await space.as('ann', `${path}/minutes`, { method: 'DELETE' })).status).toBe(200);
  const member = `/team/${space.id('cor')}/proposal`;
  const suspend = { act: 'suspend', because: `${mark} of the register` };
  expect((await space.as('bea', member, { method: 'POST', json: suspend })).status).toBe(204);
  const veto = { because: `${mark} of the board` };
  expect((await space.as('bea', `${path}/veto`, { method: 'POST', json: veto })).status).toBe(200);
  await database.orm.execute(sql`analyze`);
  expect(await tablesWith(mark)).toEqual(['membership.ballot', 'membership.reason']);

  space.pass(200 * 24 * hourMs);
  await space.site.read();
  const kept = await space.apply('pat');
  expect((await space.vote('ann', kept, 'yes', { because: 'not a year ago' })).status).toBe(200);
  space.pass(166 * 24 * hourMs);
  await space.site.read();
  await waitFor('what is a year old is erased', async () => {
    const old = await query(sql`select id from membership.reason`);
    const { votes } = await space.see(id);
    return old.length === 0 && votes.length === 0;
  });
  // The page of the minutes was withdrawn and so deleted: its file is written anew once a day, and at each start.
  await space.site.restart();
  await waitFor('the tables are written anew', async () => {
    await database.orm.execute(sql`checkpoint`);
    return (await filesWith(mark)).length === 0;
  });
  await database.orm.execute(sql`analyze`);
  expect(await tablesWith(mark)).toEqual([]);
  expect(await dump()).not.toContain(mark);
  expect(space.site.logged.join('')).not.toContain(mark);
  expect((await space.see(kept)).votes).toMatchObject([{ because: 'not a year ago' }]);
  expect((await space.see(id)).veto).toEqual({ by: space.id('bea') });
});

test('to whoever reads meanwhile no table is empty', async () => {
  const waits = async () =>
    (await query(sql`select 1 from pg_locks where not granted and mode = 'AccessExclusiveLock'`)).length > 0;
  let erasing: Promise<void> | undefined;
  const reader = await openDatabase({ url: space.site.site.url }, { max: 1 });
  const seen = await reader.transaction(
    async (tx) => {
      await holdVotes(tx);
      // What a transaction sees is as of here.
      await tx.execute(sql`select from membership.member limit 1`);
      erasing = createErasing(database).erase(new Date(0), 0);
      await Promise.race([erasing, waitFor('it waits for the reader', waits)]);
      return await tx.select().from(ballot);
    },
    { isolation: 'repeatable read', readOnly: true },
  );
  await erasing;
  await reader.close();
  expect(seen).toHaveLength(1);
});
