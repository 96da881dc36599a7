import type { Database, Tx } from '@huismeester/database';
import { and, asc, count, desc, eq, inArray, isNull, not, type SQL, sql } from 'drizzle-orm';
import type { Class } from '../core/guest.ts';
import type { Owned } from '../core/resource.ts';
import { creation, desired, lease, ownership, request, vm } from '../schema.ts';
import { isOwnership } from './owners.ts';
import { type GuestRecord, ofGuest, toRecord } from './store.ts';

/** A VM with whose it is, and its lease. */
export type VmRecord = GuestRecord & { readonly owned: Owned | undefined };

/** Which VMs are asked for. */
export interface VmFilter {
  readonly class?: Class | undefined;
  readonly node?: string | undefined;
  readonly status?: 'running' | 'stopped' | 'unknown' | undefined;
  /** The ids of those that cannot be seen now: their status is unknown, whatever the table has. */
  readonly unseen?: readonly string[];
  /** Those of this person. */
  readonly owner?: string | undefined;
  /** Participants' VMs without an owner. */
  readonly unclaimed?: boolean;
}

export interface VmPage extends VmFilter {
  readonly limit: number;
  readonly offset: number;
  /** A field, with a `-` for the other way round. */
  readonly order: string;
}

const orders = {
  id: vm.id,
  vmid: vm.vmid,
  name: vm.name,
  class: vm.class,
  node: vm.node,
  status: vm.status,
} as const;

type From = Database['orm'] | Tx;

/** All known VMs by their ids, or the one with the id. */
export async function readVms(from: From, id?: string): Promise<VmRecord[]> {
  const rows = await whole(from)
    .where(id === undefined ? undefined : eq(vm.id, id))
    .orderBy(vm.id);
  return rows.map(toVm);
}

/** A page of them, filtered and ordered by the database, and how many fit on all pages. */
export async function readVmPage(
  { orm }: Pick<Database, 'orm'>,
  page: VmPage,
): Promise<{ results: VmRecord[]; count: number }> {
  const where = fitting(page);
  const down = page.order.startsWith('-');
  const by = orders[page.order.replace(/^-/, '') as keyof typeof orders];
  const order = down ? [desc(by), desc(vm.id)] : [asc(by), asc(vm.id)];
  const byOwner = page.owner !== undefined || page.unclaimed === true;
  const ids = orm.select({ id: vm.id }).from(vm).$dynamic();
  const total = orm.select({ count: count() }).from(vm).$dynamic();
  const [these, all] = byOwner
    ? [ids.leftJoin(ownership, isOwnership), total.leftJoin(ownership, isOwnership)]
    : [ids, total];
  // What belongs to a VM is only looked up for those of the page.
  const onPage = these
    .where(where)
    .orderBy(...order)
    .limit(page.limit)
    .offset(page.offset);
  const [rows, [counted]] = await Promise.all([
    whole(orm)
      .where(inArray(vm.id, onPage))
      .orderBy(...order),
    all.where(where),
  ]);
  return { results: rows.map(toVm), count: counted?.count ?? 0 };
}

function whole(from: From) {
  return from
    .select()
    .from(vm)
    .leftJoin(desired, eq(desired.target, ofGuest))
    .leftJoin(request, eq(request.target, ofGuest))
    .leftJoin(ownership, isOwnership)
    .leftJoin(lease, and(eq(lease.id, ownership.id), eq(lease.over, false)))
    .leftJoin(creation, isMaking);
}

/** The making of the guest that stands there now, once it is over: what it was reached at. */
export const isMaking = and(
  eq(creation.hypervisor, ownership.hypervisor),
  eq(creation.vmid, ownership.vmid),
  eq(creation.open, false),
  sql`${creation.state} ->> 'incarnation' = ${ownership.incarnation}`,
);

function fitting({ class: of, node, status, unseen = [], owner, unclaimed }: VmFilter): SQL | undefined {
  return and(
    of && eq(vm.class, of),
    node === undefined ? undefined : eq(vm.node, node),
    status === undefined ? undefined : hasStatus(status, unseen),
    owner === undefined ? undefined : eq(ownership.owner, owner),
    unclaimed ? and(eq(vm.class, 'participant'), isNull(ownership.owner)) : undefined,
  );
}

function hasStatus(status: 'running' | 'stopped' | 'unknown', unseen: readonly string[]): SQL | undefined {
  const isUnseen = inArray(vm.id, [...unseen]);
  return status === 'unknown' ? isUnseen : and(eq(vm.status, status), not(isUnseen));
}

type Row = Awaited<ReturnType<typeof whole>>[number];

function toVm(row: Row): VmRecord {
  const { id, owner, project, offer } = row.ownership ?? {};
  const owned = id !== undefined && {
    id,
    ...(owner != null && { owner }),
    ...(project != null && { project }),
    ...(offer != null && { offeredTo: offer.to }),
    ...(row.lease && { lease: row.lease }),
    ...(row.creation && { address: row.creation.state.address, user: row.creation.state.user }),
  };
  return { ...toRecord(row), owned: owned || undefined };
}
