import type { LeaseEntity, OwnershipEntity } from '@huismeester/contracts';
import type { Database, Tx } from '@huismeester/database';
import { and, eq } from 'drizzle-orm';
import { leaseEntity, ownershipEntity } from '../core/resource.ts';
import { lease, ownership, vm } from '../schema.ts';

type Reader = Database['orm'] | Tx;

/** Whose a VM is: by the incarnation that stands there now, and not that of a guest that is gone. */
export const isOwnership = and(
  eq(ownership.vm, vm.id),
  eq(ownership.hypervisor, vm.hypervisor),
  eq(ownership.incarnation, vm.incarnation),
  eq(ownership.ended, false),
);

/** Whose each guest is that is not gone for good, as the snapshot has it; also of VMs that are not listed now. */
export async function ownershipEntities(tx: Reader): Promise<OwnershipEntity[]> {
  const rows = await tx.select().from(ownership).where(eq(ownership.ended, false)).orderBy(ownership.id);
  return rows.map(ownershipEntity);
}

/** The leases that go on, each with the owner that the VM has now. */
export async function leaseEntities(tx: Reader): Promise<LeaseEntity[]> {
  const rows = await tx
    .select({ lease, owner: ownership.owner })
    .from(lease)
    .leftJoin(ownership, and(eq(ownership.id, lease.id), eq(ownership.ended, false)))
    .where(eq(lease.over, false))
    .orderBy(lease.id);
  return rows.map(({ lease: { id, version: _, ...state }, owner }) =>
    leaseEntity(id, state, owner ?? state.owner),
  );
}
