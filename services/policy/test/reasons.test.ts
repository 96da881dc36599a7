import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateSchema, openDatabase, rows } from '@huismeester/database';
import { tempSite } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';

const schema = 'policy';
const folder = fileURLToPath(new URL('../migrations', import.meta.url));

test('what an older program stored as grounds is found as reasons', async () => {
  const dir = await tempSite('reasons');
  const first = join(dir.path, 'first');
  await cp(folder, first, { recursive: true });
  const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8'));
  const only = { ...journal, entries: journal.entries.slice(0, 1) };
  await writeFile(join(first, 'meta/_journal.json'), JSON.stringify(only));
  const database = await openDatabase({ url: dir.url });
  try {
    await migrateSchema(database, { schema, folder: first });
    const grounds = [{ code: 'low', ups: 'rack' }];
    const decided = JSON.stringify({ desired: { state: 'stopped', grounds }, decidedAt: 1 });
    const without = JSON.stringify({ desired: { state: 'stopped' }, decidedAt: 1 });
    const { orm } = database;
    await orm.execute(
      sql`insert into policy.standing values ('101', ${decided}, 'x'), ('102', ${without}, 'y')`,
    );
    const place = { hypervisor: 'pve', node: 'PVE1' };
    const ofNode = JSON.stringify({ desired: { state: 'stopped', grounds, ...place }, decidedAt: 1 });
    await orm.execute(sql`insert into policy.node_standing values ('pve/PVE1', ${ofNode}, 'x')`);
    await orm.execute(
      sql`insert into policy.outage values ('rack', ${JSON.stringify({ stage: 'core', grounds })})`,
    );
    const opened = JSON.stringify({ found: { violation: 'v', grounds }, since: 1 });
    await orm.execute(sql`insert into policy.violation values ('v', ${opened})`);

    const second = { ...journal, entries: journal.entries.slice(0, 2) };
    await writeFile(join(first, 'meta/_journal.json'), JSON.stringify(second));
    await migrateSchema(database, { schema, folder: first });
    const found = await orm.execute(sql`
      select vm as key, state from policy.standing union all select key, state from policy.node_standing
      union all select ups, state from policy.outage union all select id, state from policy.violation order by key`);
    const desired = { state: 'stopped', reasons: grounds };
    expect(rows<{ state: object }>(found).map(({ state }) => state)).toEqual([
      { desired, decidedAt: 1 },
      { desired: { state: 'stopped' }, decidedAt: 1 },
      { desired: { ...desired, ...place, id: 'pve-pve1' }, decidedAt: 1 },
      { stage: 'core', reasons: grounds },
      { found: { violation: 'v', reasons: grounds }, since: 1 },
    ]);
  } finally {
    await database.close();
    await dir.remove();
  }
});
