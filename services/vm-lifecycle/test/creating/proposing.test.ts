import { randomUUID } from 'node:crypto';
import { migrateSchema, openDatabase } from '@huismeester/database';
import { openEventLog } from '@huismeester/events';
import { createLogger, systemClock } from '@huismeester/service';
import { testDatabase } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { intentText } from '../../src/core/creating/intent.ts';
import { proposeFromIntent } from '../../src/creating/proposing.ts';
import { tables } from '../../src/schema.ts';

test('what a guest says of its owner is offered to that person, once, and only where nothing is known of it', async () => {
  const { url, drop } = await testDatabase();
  const database = await openDatabase({ url });
  try {
    const folder = new URL('../../migrations', import.meta.url).pathname;
    await migrateSchema(database, { schema: 'vm_lifecycle', folder });
    const logger = createLogger({ level: 'silent' });
    const log = await openEventLog({
      database,
      tables,
      service: 'vm-lifecycle',
      siteId: 'test',
      logger,
      clock: systemClock,
    });
    const owner = randomUUID();
    const which = { vm: '904', hypervisor: 'pve', vmid: 904, incarnation: `uuid-${randomUUID()}` };
    const propose = (description: string | undefined) =>
      database.transaction((tx) => proposeFromIntent(tx, log, { which, description }));
    expect(await propose('my wiki')).toBe(false);
    const description = intentText({ creation: randomUUID(), owner });
    expect(await propose(description)).toBe(true);
    expect(await propose(description)).toBe(false);
    const { events } = await log.read({ after: 0, limit: 10 });
    expect(events).toMatchObject([{ type: 'ownership.offered', data: { vm: '904', to: owner } }]);
  } finally {
    await database.close();
    await drop();
  }
});
