import { newEvent } from '@huismeester/events';
import { waitFor } from '@huismeester/testkit';
import { and, eq, lte, sql } from 'drizzle-orm';
import { leaseTask } from '../src/leasing/lease-task.ts';
import { ownership, tables } from '../src/schema.ts';
import type { Space } from './space.ts';

export const owner = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';

/** Gives a VM an owner, as the commands of ownerships do; answers the id of the ownership. */
export async function own(space: Space, vmid: number): Promise<string> {
  const { home } = space;
  const { incarnation } = await waitFor(`which guest ${vmid} is`, async () => {
    const found = await home.vm(vmid);
    return found.incarnation === undefined ? undefined : { incarnation: found.incarnation };
  });
  const vm = String(vmid);
  const id = `${vm}-${incarnation.replaceAll(/[^0-9a-f]/g, '').slice(-8)}`;
  const which = { vm, hypervisor: 'pve', vmid, incarnation };
  const since = new Date();
  await home.running.database.transaction(async (tx) => {
    await tx.insert(ownership).values({ ...which, id, version: 1, owner, project: 'p-1', since });
    await home.tasks?.enqueue(tx, leaseTask(vm, { adopted: true }));
    const data = { ...which, ownership: id, owner, project: 'p-1', how: 'created' as const };
    await home.log.append(tx, [newEvent('ownership.begun', `ownership/${id}`, data)]);
  });
  return id;
}

/** Waits until no lease is to be looked at any more. */
export async function leasesLookedAt({ home }: Space): Promise<void> {
  const isDue = and(eq(tables.task.kind, 'lease'), lte(tables.task.runAt, sql`now()`));
  const { orm } = home.running.database;
  await waitFor('all leases were looked at', async () => (await orm.$count(tables.task, isDue)) === 0);
}

/** What happened to the lease, by type; `nth` of them are waited for. */
export function leaseEvents(space: Space, id: string, type: string, nth = 1) {
  const look = async () => {
    const found = (await space.home.events()).filter(
      (each) => each.subject === `lease/${id}` && each.type === type,
    );
    return found.length >= nth && found;
  };
  return waitFor(`event ${nth} of type ${type} of lease ${id}`, look, { timeoutMs: 30_000 });
}
