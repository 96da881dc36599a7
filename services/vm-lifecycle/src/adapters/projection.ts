import type { EventOf } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, newEvent } from '@huismeester/events';
import { and, eq, inArray } from 'drizzle-orm';
import type { Attribution } from '../core/attribution.ts';
import type { Fact, Guest, Power } from '../core/guest.ts';
import { shutdownMs } from '../core/history.ts';
import { powerFact } from '../core/power-fact.ts';
import type { How } from '../core/start.ts';
import { guestTarget, idOf, type NodeTarget } from '../core/target.ts';
import { beginLease } from '../leasing/begin.ts';
import { nothingAlong } from '../leasing/rows.ts';
import { desired, hypervisor, node, request, vm } from '../schema.ts';

/** Brings the tables in line with what a look at a hypervisor found, in the transaction that appends it to the log. */
export async function project(tx: Tx, fact: Fact, now: Date): Promise<void> {
  switch (fact.type) {
    case 'vm.found':
      return insertGuest(tx, fact.data, now);
    case 'vm.unlisted':
      return removeGuests(tx, [fact.data.vm], { gone: fact.data.because !== undefined });
    case 'vm.identified':
      return setGuest(tx, fact.data.vm, { incarnation: fact.data.incarnation });
    case 'vm.resized':
      return setGuest(tx, fact.data.vm, sizeOf(fact.data));
    case 'vm.renamed':
      return setGuest(tx, fact.data.vm, { name: fact.data.name });
    case 'vm.reclassified':
      return setGuest(tx, fact.data.vm, { class: fact.data.to, pool: fact.data.pool });
    case 'vm.inspected': {
      const { onboot, agent, ha } = fact.data;
      return setGuest(tx, fact.data.vm, { onboot, agent: agent ?? null, ha });
    }
    case 'vm.moved':
      return setGuest(tx, fact.data.vm, { node: fact.data.node });
    case 'node.online':
    case 'node.offline':
      return saveNode(tx, fact, now);
    case 'hypervisor.reachable':
      return saveHypervisor(tx, fact.data.hypervisor, {
        reachable: true,
        quorate: fact.data.quorate,
        since: now,
      });
    case 'hypervisor.unreachable':
      return saveHypervisor(tx, fact.data.hypervisor, { reachable: false, since: now });
    case 'hypervisor.quorum-changed':
      return saveHypervisor(tx, fact.data.hypervisor, { quorate: fact.data.quorate });
    default:
      throw new TypeError(`${fact.type} does not come from looking at a hypervisor`);
  }
}

/** A guest that started or stopped, and who or what made it; `lease` is that which it begins by that. */
interface PowerSeen {
  readonly guest: Guest;
  readonly to: Power;
  readonly by: Attribution;
  readonly now: Date;
  readonly lease?: { readonly how: How; readonly lengthMs: number } | undefined;
}

/** What is known of a VM, which is locked until the commit: of its power and when that changed, and which guest it is. */
export async function lockGuest(tx: Tx, id: string) {
  const { status, changedAt, asked, incarnation } = vm;
  const [known] = await tx
    .select({ status, changedAt, asked, incarnation })
    .from(vm)
    .where(eq(vm.id, id))
    .for('update');
  return known;
}

/** Reports that a guest started or stopped, unless that was reported already, and with its start the lease that it begins. */
export async function recordPower(
  tx: Tx,
  log: EventLog,
  { guest, to, by, now, lease }: PowerSeen,
): Promise<void> {
  const known = await lockGuest(tx, guest.id);
  if (known === undefined || known.status === to) return;
  const { type, subject, data, ...more } = powerFact(guest, to, by);
  const along = nothingAlong();
  if (lease) await beginLease(tx, log, along, { id: guest.id, now, actor: by.actor, ...lease });
  const power = newEvent(type, subject, data, { ...more, time: now });
  const [event] = await log.append(tx, [power, ...along.events], { expected: along.expected });
  const took = to === 'stopped' ? shutdownMs(known.asked, data, now) : undefined;
  const tier = to === 'stopped' && 'decision' in data ? await tierOf(tx, guest.id) : undefined;
  const change = {
    at: now.toISOString(),
    by: data.cause,
    ...('decision' in data && { decision: data.decision }),
    ...(tier !== undefined && { tier }),
    correlationid: event?.correlationid ?? '',
  };
  await setGuest(tx, guest.id, {
    status: to,
    node: data.node,
    changedAt: now,
    asked: null,
    [to === 'stopped' ? 'stopped' : 'started']: change,
    ...(took !== undefined && { shutdownMs: took }),
  });
}

/** Whose say it is that a guest is to be off. Kept with the stop: policy decides anew as soon as it hears of that. */
async function tierOf(tx: Tx, id: string): Promise<string | undefined> {
  const wanted = and(eq(desired.target, guestTarget(id)), eq(desired.state, 'stopped'));
  const [found] = await tx.select({ tier: desired.tier }).from(desired).where(wanted);
  return found?.tier ?? undefined;
}

/**
 * Of VMs that are no longer listed nothing stays, nor what was wanted of them: it is not meant for another of their ids. What was asked of
 * one that is `gone` is no request about the next.
 */
export async function removeGuests(
  tx: Tx,
  ids: readonly string[],
  { gone = false }: { readonly gone?: boolean } = {},
): Promise<void> {
  const targets = ids.map(guestTarget);
  // In the order in which whoever writes down a request locks them.
  await tx.delete(desired).where(inArray(desired.target, targets));
  if (gone) await tx.delete(request).where(inArray(request.target, targets));
  await tx.delete(vm).where(inArray(vm.id, [...ids]));
}

async function insertGuest(tx: Tx, data: EventOf<'vm.found'>['data'], now: Date): Promise<void> {
  const { vm: id, running, memory_mib: _, disk_gib: __, ...rest } = data;
  const status = running ? 'running' : 'stopped';
  await tx.insert(vm).values({ id, ...rest, ...sizeOf(data), status, changedAt: now, foundAt: now });
}

/** The columns of a size; of what is left out nothing is known anew. */
function sizeOf({
  cores,
  memory_mib: memoryMib,
  disk_gib: diskGib,
}: EventOf<'vm.resized'>['data'] | EventOf<'vm.found'>['data']) {
  return {
    ...(cores !== undefined && { cores }),
    ...(memoryMib !== undefined && { memoryMib }),
    ...(diskGib !== undefined && { diskGib }),
  };
}

async function setGuest(tx: Tx, id: string, change: Partial<typeof vm.$inferInsert>): Promise<void> {
  await tx.update(vm).set(change).where(eq(vm.id, id));
}

async function saveNode(
  tx: Tx,
  { type, subject, data }: Fact & { type: 'node.online' | 'node.offline' },
  since: Date,
): Promise<void> {
  const online = type === 'node.online';
  const { hypervisor: of, node: name } = data;
  const id = idOf(subject as NodeTarget);
  // What was asked of it is over with this: it went down, or came back.
  const set = { online, since, asked: null };
  await tx
    .insert(node)
    // At first sight it did not come back from anything.
    .values({ hypervisor: of, node: name, id, online, since: new Date(0) })
    .onConflictDoUpdate({ target: [node.hypervisor, node.node], set });
}

async function saveHypervisor(
  tx: Tx,
  id: string,
  change: Partial<Omit<typeof hypervisor.$inferInsert, 'id'>>,
): Promise<void> {
  const set = { ...change };
  const first = { id, reachable: false, quorate: false, ...change, since: new Date(0) };
  await tx.insert(hypervisor).values(first).onConflictDoUpdate({ target: hypervisor.id, set });
}
