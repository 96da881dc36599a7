import type { Database, Tx } from '@huismeester/database';
import { eq, sql } from 'drizzle-orm';
import { isOwnership } from '../adapters/owners.ts';
import type { Whose } from '../core/may.ts';
import type { Which } from '../core/ownership.ts';
import type { InForce } from '../core/wanted-off.ts';
import { managersOf } from '../projects/register.ts';
import { desired, ownership, vm } from '../schema.ts';
import { ownershipId } from './ownership-id.ts';

export type Reader = Database['orm'] | Tx;
type VmRow = typeof vm.$inferSelect;
type OwnershipRow = typeof ownership.$inferSelect;

/** A listed VM, whose it is, and what policy wants of it. */
export interface OwnedVm {
  readonly vm: VmRow;
  /** What tells it from another guest under its vmid; undefined while its configuration was not read. */
  readonly which: Which | undefined;
  /** The id of its ownership, whether there is one or not. */
  readonly ownership: string | undefined;
  readonly owned: OwnershipRow | undefined;
  readonly whose: Whose & { readonly id: string };
  readonly decision: InForce | undefined;
}

/** The listed VM with this id, and whose it is; undefined when none is listed. */
export async function readOwned(from: Reader, id: string): Promise<OwnedVm | undefined> {
  const [row] = await from
    .select()
    .from(vm)
    .leftJoin(ownership, isOwnership)
    .leftJoin(desired, eq(desired.target, sql`'vm/' || ${vm.id}`))
    .where(eq(vm.id, id));
  if (row === undefined) return undefined;
  const which = whichOf(row.vm);
  return {
    vm: row.vm,
    which,
    ownership: which && ownershipId(which),
    owned: row.ownership ?? undefined,
    whose: {
      id,
      class: row.vm.class,
      owner: row.ownership?.owner ?? undefined,
      ...(await managersOf(from, row.ownership?.project)),
    },
    decision: row.desired ?? undefined,
  };
}

function whichOf({ id, hypervisor, vmid, incarnation }: VmRow): Which | undefined {
  return incarnation === null ? undefined : { vm: id, hypervisor, vmid, incarnation };
}
