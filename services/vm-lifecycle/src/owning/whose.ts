import type { Database, Tx } from '@huismeester/database';
import { and, eq, sql } from 'drizzle-orm';
import type { Whose } from '../core/may.ts';
import type { Which } from '../core/ownership.ts';
import type { InForce } from '../core/wanted-off.ts';
import { desired, ownership, project, vm } from '../schema.ts';
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

/** Whose VM it is: by the incarnation that stands there now, and not that of a guest that is gone. */
export const ofThisIncarnation = and(
  eq(ownership.vm, vm.id),
  eq(ownership.hypervisor, vm.hypervisor),
  eq(ownership.incarnation, vm.incarnation),
  eq(ownership.ended, false),
);

/** The listed VM with this id, and whose it is; undefined when none is listed. */
export async function readOwned(from: Reader, id: string): Promise<OwnedVm | undefined> {
  const [row] = await from
    .select()
    .from(vm)
    .leftJoin(ownership, ofThisIncarnation)
    .leftJoin(project, eq(project.id, ownership.project))
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
      ...partOf(row.project?.state),
    },
    decision: row.desired ?? undefined,
  };
}

function whichOf({ id, hypervisor, vmid, incarnation }: VmRow): Which | undefined {
  return incarnation === null ? undefined : { vm: id, hypervisor, vmid, incarnation };
}

/** What of a project's state says who may do what with its VMs. */
interface ProjectPart {
  readonly owner?: string;
  readonly managers?: readonly string[];
  readonly status?: string;
}

/** Who carries a space-wide project out manages it too (SPACE-5). */
function partOf(state: ProjectPart = {}): Pick<Whose, 'managers' | 'retired'> {
  const { owner, managers = [], status } = state;
  return { managers: [owner, ...managers].flatMap((person) => person ?? []), retired: status === 'retired' };
}
