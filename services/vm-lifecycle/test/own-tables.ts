import { migrateSchema, openDatabase } from '@huismeester/database';
import { openEventLog } from '@huismeester/events';
import type { Clock } from '@huismeester/service';
import { testDatabase } from '@huismeester/testkit';
import { tables } from '../src/schema.ts';

/** A database with the tables of vm-lifecycle, all of them empty, and its log; without the process around them. */
export async function openTables({ clock }: { readonly clock?: Pick<Clock, 'now'> } = {}) {
  const { url, drop } = await testDatabase();
  const database = await openDatabase({ url });
  const folder = new URL('../migrations', import.meta.url);
  await migrateSchema(database, { schema: 'vm_lifecycle', folder });
  const log = await openEventLog({
    database,
    tables,
    service: 'vm-lifecycle',
    siteId: 'test',
    ...(clock && { clock }),
  });
  return {
    database,
    log,
    async close() {
      await database.close();
      await drop();
    },
  };
}
