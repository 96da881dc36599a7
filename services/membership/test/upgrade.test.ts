import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { migrateSchema, openDatabase } from '@huismeester/database';
import { isRefusal, newEvent, openEventLog } from '@huismeester/events';
import { tempDir, testDatabase } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { members } from '../src/register/members.ts';
import { member, tables } from '../src/schema.ts';

const migrations = new URL('../migrations', import.meta.url);
const [ann, bob] = ['5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f', '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e60'];

/** The migrations as they were before the register could change: the first alone. */
async function formerMigrations(path: string): Promise<URL> {
  await cp(fileURLToPath(migrations), path, { recursive: true });
  const journal = join(path, 'meta', '_journal.json');
  const { entries, ...rest } = JSON.parse(await readFile(journal, 'utf8'));
  await writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 1) }));
  return pathToFileURL(path);
}

test('a register of before keeps its members, and goes on from the versions that the log knows', async () => {
  const [dir, { url, drop }] = await Promise.all([tempDir('upgrade'), testDatabase()]);
  const database = await openDatabase({ url });
  try {
    await migrateSchema(database, { schema: 'membership', folder: await formerMigrations(dir.path) });
    const log = await openEventLog({ database, tables, service: 'membership', siteId: 'test' });
    const imported = (person: string) =>
      newEvent('member.imported', `member/${person}`, { person, state: 'trial' }, { actor: 'membership' });
    await database.transaction(async (tx) => {
      await log.append(tx, [imported(ann), imported(bob), imported(bob)]);
      await tx.execute(sql`insert into membership.member (id, state, since, until)
        values (${ann}, 'trial', now(), null), (${bob}, 'trial', now(), now()), ('nobody', 'full', now(), null)`);
    });
    await migrateSchema(database, { schema: 'membership', folder: migrations });
    const rows = await database.orm.select().from(member).orderBy(member.version);
    expect(
      rows.map(({ id, version, state, before, proposal }) => [id, version, state, before, proposal]),
    ).toEqual([
      ['nobody', 0, 'full', null, null],
      [ann, 1, 'trial', null, null],
      [bob, 2, 'trial', null, null],
    ]);
    const confirmed = newEvent('member.confirmed', `member/${bob}`, { person: bob, by: [ann] });
    const done = await database.transaction((tx) =>
      members.handle(tx, { log, id: bob, actor: 'x', decide: () => [confirmed] }),
    );
    expect(!isRefusal(done) && [done.state?.state, done.version]).toEqual(['full', 3]);
  } finally {
    await database.close();
    await Promise.all([drop(), dir.remove()]);
  }
});
