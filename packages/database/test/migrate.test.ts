import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, tempDir, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, migrateSchema, rows } from '../src/index.ts';
import { type Store, stores } from './stores.ts';

const folder = new URL('./migrations/', import.meta.url);
const schema = 'migrated';

for (const { kind, skip, start } of stores) {
  describe.skipIf(skip)(`migrations on ${kind}`, () => {
    let store: Store;
    let database: Database;

    beforeAll(async () => {
      store = await start();
      database = await store.open();
    });
    afterAll(async () => {
      await database.close();
      await store.close();
    });
    beforeEach(async () => {
      await database.orm.execute(sql`drop schema if exists migrated cascade`);
      await database.orm.execute(sql`drop schema if exists migrations cascade`);
    });

    const things = async () =>
      rows(await database.orm.execute(sql`select id, name from migrated.thing order by id`));

    test('several at once migrate once', async () => {
      await Promise.all(Array.from({ length: 5 }, () => migrateSchema(database, { schema, folder })));
      expect(await things()).toEqual([{ id: 1, name: 'made once' }]);
    });

    test('a migration that is added later runs alone', async () => {
      const dir = await tempDir('migrations');
      await cp(folder, dir.path, { recursive: true });
      const journalFile = join(dir.path, 'meta/_journal.json');
      const journal = JSON.parse(await readFile(journalFile, 'utf8'));
      await writeFile(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
      await migrateSchema(database, { schema, folder: dir.path });
      await dir.remove();
      await database.orm.execute(sql`insert into migrated.thing values (7)`);
      await migrateSchema(database, { schema, folder });
      expect(await things()).toEqual([
        { id: 1, name: 'made once' },
        { id: 7, name: null },
      ]);
    });

    test('a migration that changed after it ran is refused', async () => {
      await migrateSchema(database, { schema, folder });
      const dir = await tempDir('migrations');
      await cp(folder, dir.path, { recursive: true });
      await writeFile(join(dir.path, '0001_second.sql'), 'select 1');
      const refused = migrateSchema(database, { schema, folder: dir.path });
      await expect(refused).rejects.toMatchObject({ code: 'migration-mismatch' });
      await dir.remove();
    });

    test('one that fails leaves nothing behind', async () => {
      const dir = await tempDir('migrations');
      await cp(folder, dir.path, { recursive: true });
      await writeFile(join(dir.path, '0001_second.sql'), 'select no_such_function()');
      await expect(migrateSchema(database, { schema, folder: dir.path })).rejects.toThrow();
      await dir.remove();
      await migrateSchema(database, { schema, folder });
      expect(await things()).toHaveLength(1);
    });

    // Of an embedded database there is never a second process.
    const severalProcesses = kind === 'embedded' ? undefined : test;
    severalProcesses?.('several processes at once migrate once', async () => {
      const program = fileURLToPath(new URL('./programs/migrate.ts', import.meta.url));
      const children = await Promise.all(
        Array.from({ length: 3 }, () =>
          startChild({
            name: 'migrate',
            command: process.execPath,
            args: [program],
            env: { DATABASE_URL: store.place, MIGRATIONS: fileURLToPath(folder) },
          }),
        ),
      );
      for (const child of children) {
        await waitFor('the migration ends', () => !child.running(), { timeoutMs: 40_000 });
        expect(child.output()).toBe('migrated\n');
      }
      expect(await things()).toEqual([{ id: 1, name: 'made once' }]);
    });
  });
}
