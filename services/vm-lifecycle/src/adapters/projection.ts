import type { EventOf } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, newEvent } from '@huismeester/events';
import { eq, inArray } from 'drizzle-orm';
import type { Attribution } from '../core/attribution.ts';
import type { Fact, Guest, Power } from '../core/guest.ts';
import { shutdownMs } from '../core/history.ts';
import { powerFact } from '../core/power-fact.ts';
import { guestTarget, idOf, type NodeTarget } from '../core/target.ts';
import { desired, hypervisor, node, vm } from '../schema.ts';

/** Brings the tables in line with what a look at a hypervisor found, in the transaction that appends it to the log. */
export async function project(tx: Tx, fact: Fact, now: Date): Promise<void> {
  switch (fact.type) {
    case 'vm.found':
      return insertGuest(tx, fact.data, now);
    case 'vm.unlisted':
      return removeGuests(tx, [fact.data.vm]);
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

/** Reports that a guest started or stopped, unless that was reported already. */
export async function recordPower(
  tx: Tx,
  log: EventLog,
  { guest, to, by, now }: { guest: Guest; to: Power; by: Attribution; now: Date },
): Promise<void> {
  const [known] = await tx
    .select({ status: vm.status, asked: vm.asked })
    .from(vm)
    .where(eq(vm.id, guest.id))
    .for('update');
  if (known === undefined || known.status === to) return;
  const { type, subject, data, ...more } = powerFact(guest, to, by);
  const [event] = await log.append(tx, [newEvent(type, subject, data, { ...more, time: now })]);
  const took = to === 'stopped' ? shutdownMs(known.asked, data, now) : undefined;
  const change = {
    at: now.toISOString(),
    by: data.cause,
    ...('decision' in data && { decision: data.decision }),
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

/** Of VMs that are no longer listed nothing stays, nor what was wanted of them: it is not meant for another of their ids. */
export async function removeGuests(tx: Tx, ids: readonly string[]): Promise<void> {
  // In the order in which whoever writes down a request locks them.
  await tx.delete(desired).where(inArray(desired.target, ids.map(guestTarget)));
  await tx.delete(vm).where(inArray(vm.id, [...ids]));
}

async function insertGuest(tx: Tx, data: EventOf<'vm.found'>['data'], now: Date): Promise<void> {
  const { vm: id, running, ...rest } = data;
  const status = running ? 'running' : 'stopped';
  await tx.insert(vm).values({ id, ...rest, status, changedAt: now, foundAt: now });
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
