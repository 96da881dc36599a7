import type { Drift } from '@huismeester/contracts';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { isOwnership } from '../adapters/owners.ts';
import { isMaking } from '../adapters/vms.ts';
import type { ActState, SizeOf } from '../core/act.ts';
import { driftOf, onbootBy } from '../core/drift.ts';
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
export async function readDrift(from: Reader, now: Date): Promise<DriftOfVm[]> {
  const rows = await from
    .select()
    .from(vm)
    .leftJoin(ownership, isOwnership)
    .leftJoin(project, eq(project.id, ownership.project))
    .leftJoin(lease, eq(lease.id, ownership.id))
    .leftJoin(creation, isMaking)
    .orderBy(vm.id);
  const resizes = await readResizes(
    from,
    rows.map((row) => row.vm.id),
  );
  return rows.flatMap((row) => {
    const owner = row.ownership?.owner ?? undefined;
    const own = resizes.get(row.ownership?.id ?? '') ?? [];
    // It is about to change.
    if (own.some(({ open }) => open)) return [];
    const made = madeWith(row);
    const { class: of, status } = row.vm;
    const onboot = row.lease ? onbootBy(row.lease, { class: of, status, now }) : undefined;
    const drift = driftOf({
      vm: row.vm.id,
      class: of,
      owner,
      ours: {
        ...made,
        ...newestSize(own.map(({ state }) => state)),
        ...(onboot !== undefined && { onboot }),
        ...(row.project && { class: row.project.class }),
      },
      theirs: {
        name: row.vm.name,
        class: of,
        pool: row.vm.pool,
        ...sizeOf(row.vm),
        ...(row.vm.onboot !== null && { onboot: row.vm.onboot }),
      },
    });
    return drift.length === 0 ? [] : [{ owner, drift }];
  });
}

type Asked = Pick<typeof act.$inferSelect, 'open' | 'state'>;

/** What was asked of the sizes of these VMs, by the ownership. */
async function readResizes(from: Reader, vms: readonly string[]): Promise<ReadonlyMap<string, Asked[]>> {
  const found = await from
    .select({ open: act.open, state: act.state })
    .from(act)
    .where(and(inArray(act.vm, [...vms]), sql`${act.state} ->> 'what' = 'resize'`));
  return Map.groupBy(found, ({ state }) => state.ownership ?? '');
}

function madeWith({ creation: made }: { creation: typeof creation.$inferSelect | null }) {
  if (made === null) return {};
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
