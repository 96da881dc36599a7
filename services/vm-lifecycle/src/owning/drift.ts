import type { Drift } from '@huismeester/contracts';
import { and, eq } from 'drizzle-orm';
import type { ActState, SizeOf } from '../core/act.ts';
import { driftOf } from '../core/drift.ts';
import { isOwnership } from '../leasing/begin.ts';
import { act, creation, lease, ownership, project, vm } from '../schema.ts';
import type { Reader } from './whose.ts';

/** Where our records of a VM and Proxmox differ, and whose it is. */
export interface DriftOfVm {
  readonly owner: string | undefined;
  readonly drift: readonly Drift[];
}

/**
 * Of every listed VM that differs. Our side is what it was made with and what was asked of it since; of one that was adopted there is no size to
 * compare. A change that was asked for and is not over is none.
 */
export async function readDrift(from: Reader): Promise<DriftOfVm[]> {
  const rows = await from
    .select()
    .from(vm)
    .leftJoin(ownership, isOwnership)
    .leftJoin(project, eq(project.id, ownership.project))
    .leftJoin(lease, eq(lease.id, ownership.id))
    .leftJoin(creation, and(eq(creation.hypervisor, vm.hypervisor), eq(creation.vmid, vm.vmid)))
    .orderBy(vm.id);
  const acts = await from.select().from(act);
  return rows.flatMap((row) => {
    const owner = row.ownership?.owner ?? undefined;
    const own = acts.filter(
      ({ state }) => state.ownership !== undefined && state.ownership === row.ownership?.id,
    );
    // It is about to change.
    if (own.some(({ open, state }) => open && state.what === 'resize')) return [];
    const made = madeWith(row);
    const onboot = row.lease && row.lease.onbootBefore !== null ? { onboot: false } : {};
    const drift = driftOf({
      vm: row.vm.id,
      class: row.vm.class,
      owner,
      ours: {
        ...made,
        ...newestSize(own.map(({ state }) => state)),
        ...onboot,
        ...(row.project && { class: row.project.class }),
      },
      theirs: {
        name: row.vm.name,
        class: row.vm.class,
        pool: row.vm.pool,
        ...sizeOf(row.vm),
        ...(row.vm.onboot !== null && { onboot: row.vm.onboot }),
      },
    });
    return drift.length === 0 ? [] : [{ owner, drift }];
  });
}

function madeWith({
  creation: made,
  vm: { incarnation },
}: {
  creation: typeof creation.$inferSelect | null;
  vm: typeof vm.$inferSelect;
}) {
  // Another guest took the number since.
  if (made === null || made.open || made.state.incarnation !== incarnation) return {};
  const { name, cores, memoryMib, diskGib } = made.state;
  return { name, cores, memoryMib, diskGib };
}

function newestSize(states: readonly ActState[]): SizeOf {
  const done = states
    .filter(({ what, phase }) => what === 'resize' && phase === 'done')
    .toSorted((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1));
  return Object.assign({}, ...done.map(({ size }) => size)) as SizeOf;
}

function sizeOf({ cores, memoryMib, diskGib }: typeof vm.$inferSelect): SizeOf {
  return {
    ...(cores !== null && { cores }),
    ...(memoryMib !== null && { memoryMib }),
    ...(diskGib !== null && { diskGib }),
  };
}
