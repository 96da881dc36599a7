import type { Hypervisor, Node } from '@huismeester/contracts';
import type { Database, Tx } from '@huismeester/database';
import { and, eq, gt, inArray, isNull, ne, or } from 'drizzle-orm';
import type { Guest } from '../core/guest.ts';
import type { Known } from '../core/observe.ts';
import type { Desired, Request } from '../core/plan.ts';
import { desired, hypervisor, node, request, vm } from '../schema.ts';

export interface GuestRecord {
  readonly guest: Guest;
  readonly desired: Desired | undefined;
  readonly request: (Request & { readonly upids: readonly string[] }) | undefined;
}

type Reader = Database['orm'] | Tx;

/** What our events have said of one hypervisor. */
export async function readKnown(from: Reader, id: string, prefix: string): Promise<Known> {
  const [contact] = await from.select().from(hypervisor).where(eq(hypervisor.id, id));
  const nodes = await from.select().from(node).where(eq(node.hypervisor, id));
  const guests = await from.select().from(vm).where(eq(vm.hypervisor, id));
  return {
    hypervisor: id,
    prefix,
    contact: contact && { reachable: contact.reachable, quorate: contact.quorate },
    nodes: new Map(nodes.map((each) => [each.node, each.online])),
    guests: guests.map(toGuest),
  };
}

/** Known VMs with what is wanted of them and what we asked, by id; all of them without `id`. */
export async function readGuests(from: Reader, id?: string): Promise<GuestRecord[]> {
  const found = await from
    .select()
    .from(vm)
    .leftJoin(desired, eq(desired.vm, vm.id))
    .leftJoin(request, eq(request.vm, vm.id))
    .where(id === undefined ? undefined : eq(vm.id, id))
    .orderBy(vm.hypervisor, vm.vmid);
  return found.map((row) => ({
    guest: toGuest(row.vm),
    desired: row.desired ? toDesired(row.desired) : undefined,
    request: row.request ? toRequest(row.request) : undefined,
  }));
}

/** Whether each node is part of its cluster, as our events told. */
export async function readNodes(from: Reader): Promise<Node[]> {
  const { id, hypervisor: of, node: name, online } = node;
  return await from.select({ id, hypervisor: of, node: name, online }).from(node).orderBy(of, name);
}

/** Whether each hypervisor answers and has its quorum, as our events told. */
export async function readHypervisors(from: Reader): Promise<Hypervisor[]> {
  const { id, reachable, quorate } = hypervisor;
  return await from.select({ id, reachable, quorate }).from(hypervisor).orderBy(id);
}

/** When the guest's node was last seen to come back, or its hypervisor, whichever is later. */
export async function readNodeSince(from: Reader, guest: Guest): Promise<Date | undefined> {
  const known = await from
    .select({ since: node.since })
    .from(node)
    .where(and(eq(node.hypervisor, guest.hypervisor), eq(node.node, guest.node)));
  const reached = await from
    .select({ since: hypervisor.since })
    .from(hypervisor)
    .where(eq(hypervisor.id, guest.hypervisor));
  return [...known, ...reached].map((each) => each.since).toSorted((a, b) => b.getTime() - a.getTime())[0];
}

/** Requests that were sent, or were about to be, and whose end was not seen. */
export async function readInFlight(from: Reader): Promise<{ guest: Guest; request: Request }[]> {
  const found = await from
    .select()
    .from(request)
    .innerJoin(vm, eq(vm.id, request.vm))
    .where(inArray(request.phase, ['intended', 'accepted']));
  return found.map((row) => ({ guest: toGuest(row.vm), request: toRequest(row.request) }));
}

/** Whether anything is being done, or yet to be done, to a guest of this hypervisor. */
export async function isAtWork(from: Reader, id: string, now: Date): Promise<boolean> {
  const inFlight = inArray(request.phase, ['intended', 'accepted']);
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
    .leftJoin(desired, eq(desired.vm, vm.id))
    .leftJoin(request, eq(request.vm, vm.id))
    .where(and(eq(vm.hypervisor, id), or(inFlight, outstanding)))
    .limit(1);
  return found !== undefined;
}

function toGuest({ onboot, agent, ha, ...row }: typeof vm.$inferSelect): Guest {
  return {
    ...row,
    ...(onboot !== null && { onboot }),
    ...(agent !== null && { agent }),
    ...(ha !== null && { ha }),
  };
}

function toDesired({ validUntil, ...row }: typeof desired.$inferSelect): Desired {
  return { ...row, ...(validUntil && { validUntil: validUntil.toISOString() }) };
}

function toRequest(row: typeof request.$inferSelect): Request & { upids: readonly string[] } {
  const { upid, error, notBefore, ...rest } = row;
  return {
    ...rest,
    ...(upid !== null && { upid }),
    ...(error !== null && { error }),
    ...(notBefore !== null && { notBefore }),
  };
}
