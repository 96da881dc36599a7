import type { Hypervisor } from '@huismeester/contracts';
import type { Database, Tx } from '@huismeester/database';
import { and, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Desired } from '../core/desired.ts';
import type { Guest } from '../core/guest.ts';
import type { History } from '../core/history.ts';
import type { NodeRecord } from '../core/node.ts';
import type { Known } from '../core/observe.ts';
import type { AnyRequest, NodeRequest, Request, Stored } from '../core/request.ts';
import type { GuestTarget, NodeTarget, Target } from '../core/target.ts';
import { desired, hypervisor, node, request, vm } from '../schema.ts';

/** All that is known of a guest: as our events have it, what is wanted of it, and what we asked. */
export interface GuestRecord {
  readonly guest: Guest;
  readonly history: History;
  readonly desired: Desired<GuestTarget> | undefined;
  readonly request: Stored<Request> | undefined;
}

type Reader = Database['orm'] | Tx;

/** The target that a VM is. */
export const ofGuest = sql`'vm/' || ${vm.id}`;
const ofNode = sql`'node/' || ${node.id}`;
const inFlight = inArray(request.phase, ['intended', 'accepted']);

/** One hypervisor by our events. */
export async function readKnown(from: Reader, id: string, prefix: string): Promise<Known> {
  const [[contact], nodes, guests] = await Promise.all([
    from.select().from(hypervisor).where(eq(hypervisor.id, id)),
    from.select().from(node),
    from.select().from(vm).where(eq(vm.hypervisor, id)),
  ]);
  const own = nodes.filter((each) => each.hypervisor === id);
  return {
    hypervisor: id,
    prefix,
    contact: contact && { reachable: contact.reachable, quorate: contact.quorate },
    nodes: new Map(own.map((each) => [each.node, { id: each.id, online: each.online }])),
    nodeIds: new Set(nodes.map((each) => each.id)),
    guests: guests.map((row) => toGuest(row).guest),
  };
}

/** Known VMs with what is wanted of them and what we asked, by id; all of them without `id`. */
export async function readGuests(from: Reader, id?: string): Promise<GuestRecord[]> {
  const found = await from
    .select()
    .from(vm)
    .leftJoin(desired, eq(desired.target, ofGuest))
    .leftJoin(request, eq(request.target, ofGuest))
    .where(id === undefined ? undefined : eq(vm.id, id))
    .orderBy(vm.hypervisor, vm.vmid);
  return found.map(toRecord);
}

/** A row of a VM with what is wanted of it and what we asked. */
export function toRecord(row: {
  vm: typeof vm.$inferSelect;
  desired: typeof desired.$inferSelect | null;
  request: typeof request.$inferSelect | null;
}): GuestRecord {
  return {
    ...toGuest(row.vm),
    desired: row.desired ? toDesired<GuestTarget>(row.desired) : undefined,
    request: row.request ? toRequest<Request>(row.request) : undefined,
  };
}

/** Known nodes with what is wanted of them and what we asked; all of them without `id`. */
export async function readNodes(from: Reader, id?: string): Promise<NodeRecord[]> {
  const found = await from
    .select()
    .from(node)
    .leftJoin(desired, eq(desired.target, ofNode))
    .leftJoin(request, eq(request.target, ofNode))
    .where(id === undefined ? undefined : eq(node.id, id))
    .orderBy(node.hypervisor, node.node);
  return found.map(({ node: { asked, gaveUp, since: _, ...known }, ...row }) => ({
    node: known,
    history: withoutNulls({ asked, gaveUp }),
    desired: row.desired ? toDesired<NodeTarget>(row.desired) : undefined,
    request: row.request ? toRequest<NodeRequest>(row.request) : undefined,
  }));
}

/** The node that a hypervisor calls so: its id, or undefined while it was never seen. */
export async function readNodeId(
  from: Reader,
  { hypervisor: of, node: name }: { hypervisor: string; node: string },
): Promise<string | undefined> {
  const known = and(eq(node.hypervisor, of), eq(node.node, name));
  const [found] = await from.select({ id: node.id }).from(node).where(known);
  return found?.id;
}

/** Whether each hypervisor answers and has its quorum, by our events. */
export async function readHypervisors(from: Reader): Promise<Hypervisor[]> {
  const { id, reachable, quorate } = hypervisor;
  return await from.select({ id, reachable, quorate }).from(hypervisor).orderBy(id);
}

/** When the guest's node was last seen to come back, and when its hypervisor's API was, which may be away alone. */
export async function readComebacks(
  from: Reader,
  guest: Pick<Guest, 'hypervisor' | 'node'>,
): Promise<{ readonly nodeSince: Date | undefined; readonly reachedSince: Date | undefined }> {
  const [known] = await from
    .select({ since: node.since })
    .from(node)
    .where(and(eq(node.hypervisor, guest.hypervisor), eq(node.node, guest.node)));
  const [reached] = await from
    .select({ since: hypervisor.since })
    .from(hypervisor)
    .where(eq(hypervisor.id, guest.hypervisor));
  return { nodeSince: known?.since, reachedSince: reached?.since };
}

/** Requests about guests that were sent, or were about to be, and whose end was not seen. */
export async function readInFlight(from: Reader): Promise<{ guest: Guest; request: Request }[]> {
  const found = await from.select().from(request).innerJoin(vm, eq(request.target, ofGuest)).where(inFlight);
  return found.map((row) => ({ guest: toGuest(row.vm).guest, request: toRequest<Request>(row.request) }));
}

/** Whether anything is being done, or yet to be done, to a guest of this hypervisor. */
export async function isAtWork(from: Reader, id: string, now: Date): Promise<boolean> {
  const outstanding = and(
    eq(desired.mode, 'enforce'),
    ne(desired.state, 'hands-off'),
    eq(desired.reached, false),
    eq(desired.givenUp, false),
    or(isNull(desired.validUntil), gt(desired.validUntil, now)),
  );
  const [found] = await from
    .select({ id: vm.id })
    .from(vm)
    .leftJoin(desired, eq(desired.target, ofGuest))
    .leftJoin(request, eq(request.target, ofGuest))
    .where(and(eq(vm.hypervisor, id), or(inFlight, outstanding)))
    .limit(1);
  return found !== undefined;
}

/** A row as the guest by our events, and what happened to it. */
function toGuest({
  foundAt,
  started,
  stopped,
  asked,
  shutdownMs,
  gaveUp,
  ...guest
}: typeof vm.$inferSelect): { guest: Guest; history: History } {
  const history = { foundAt, started, stopped, asked, shutdownMs, gaveUp };
  return { guest: withoutNulls(guest), history: withoutNulls(history) };
}

function toDesired<T extends Target>({ validUntil, tier, ...row }: typeof desired.$inferSelect): Desired<T> {
  const target = row.target as T;
  const until = validUntil && { validUntil: validUntil.toISOString() };
  return { ...row, target, ...until, ...(tier !== null && { tier }) };
}

function toRequest<R extends AnyRequest>(row: typeof request.$inferSelect): Stored<R> {
  return withoutNulls(row) as unknown as Stored<R>;
}

type WithoutNulls<T> = {
  [K in keyof T as null extends T[K] ? never : K]: T[K];
} & { [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]> };

/** A row without the columns that are null: what is not known is left out. */
function withoutNulls<T extends object>(row: T): WithoutNulls<T> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as WithoutNulls<T>;
}
