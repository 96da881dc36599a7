import { rows } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { using } from './archive.ts';
import type { Return } from './checks/mains.ts';
import type { Space } from './space.ts';

/** What the world, ups-monitor and policy know of the return of mains; rejects while one of them does not answer. */
export async function returnOf({ world, apis, databases }: Space): Promise<Return> {
  const off = world.vmids.filter((vmid) => !world.running(vmid));
  // The UPSes first: what was seen of them is in the log that policy must have read.
  const { results: upses } = await apis['ups-monitor'].get<{ results: Return['upses'] }>(
    '/api/v1/ups?limit=1000',
  );
  const [policy] = await using(databases.space, async ({ orm }) =>
    rows<{ outages: number | string; shed: number | string; unread: number | string }>(
      await orm.execute(sql`
        select (select count(*) from policy.rule_memory where rule = 'power' and state ->> 'kind' = 'outage') as outages,
          (select count(*) from policy.rule_memory where rule = 'power' and state ->> 'kind' <> 'outage') as shed,
          h.position - coalesce((select min(c.position) from policy.consume_cursor c
            where c.source = 'ups-monitor' and c.epoch = h.epoch), -1) as unread
        from ups_monitor.log_head h`),
    ),
  );
  if (!policy) throw new Error('ups-monitor has no log yet');
  const { outages, shed, unread } = policy;
  return { off, upses, outages: Number(outages), shed: Number(shed), unread: Number(unread) };
}
