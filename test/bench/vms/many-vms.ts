import { type Database, statement } from '@huismeester/database';
import type { GuestState } from '@huismeester/simulators';
import { pool } from './cluster.ts';

const firstVmid = 100_000;

/** A person of the benchmarks, by a number. */
export function personId(index: number): string {
  return `5f0c1d2e-7a3b-4c4d-9e5f-${String(index).padStart(12, '0')}`;
}

/** As many participants' VMs as the cluster has them, which run, on these nodes in turns. */
export function manyGuests(count: number, nodes: readonly string[]): GuestState[] {
  return Array.from({ length: count }, (_, index) => ({
    vmid: firstVmid + index,
    type: 'qemu',
    name: `vm${index}`,
    status: 'running',
    node: nodes[index % nodes.length] ?? '',
    pool,
    agent: true,
    cores: 1,
    memoryMiB: 1024,
    smbios1: `uuid=00000000-0000-4000-8000-${String(firstVmid + index).padStart(12, '0')}`,
  }));
}

/** The same in the tables, as if they had been found there: each has one of 3,000 owners and a lease, on the nodes `n0` … `n19` in turns. */
export async function fillVms(database: Database, count: number): Promise<void> {
  if (count === 0) return;
  const each = `select $1::int + i as vmid, ($1::int + i)::text as vm, i,
    'uuid-00000000-0000-4000-8000-' || lpad(($1::int + i)::text, 12, '0') as incarnation,
    ($1::int + i) || '-' || lpad(to_hex(i), 8, '0') as ownership,
    '5f0c1d2e-7a3b-4c4d-9e5f-' || lpad((1 + i % 3000)::text, 12, '0') as owner
    from generate_series(0, $2::int - 1) i`;
  const values = [firstVmid, count];
  await database.transaction(async (tx) => {
    await statement(
      tx,
      `insert into vm_lifecycle.vm (id, hypervisor, vmid, kind, name, class, pool, node, status, changed_at,
          onboot, agent, ha, incarnation, cores, memory_mib, disk_gib, found_at)
        select vm, 'pve', vmid, 'qemu', 'vm' || i, 'participant', '${pool}', 'n' || i % 20, 'running', now(),
          false, true, false, incarnation, 1, 1024, 32, now() from (${each}) as each`,
      values,
    );
    await statement(
      tx,
      `insert into vm_lifecycle.ownership (id, version, vm, hypervisor, vmid, incarnation, owner, project, since)
        select ownership, 1, vm, 'pve', vmid, incarnation, owner, 'p-' || i, now() from (${each}) as each`,
      values,
    );
    await statement(
      tx,
      `insert into vm_lifecycle.lease (id, version, vm, owner, number, started, ends, renewals)
        select ownership, 1, vm, owner, 1, now(), now() + interval '14 days', 0 from (${each}) as each`,
      values,
    );
  });
  await database.orm.execute('vacuum analyze vm_lifecycle.vm, vm_lifecycle.ownership, vm_lifecycle.lease');
}
