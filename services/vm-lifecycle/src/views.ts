import type { Node, Vm } from '@huismeester/contracts';
import type { Service } from '@huismeester/service';
import type { Actor } from './acting/actor.ts';
import type { Managed } from './acting/context.ts';
import { sharedRead } from './adapters/shared-read.ts';
import { readNodes } from './adapters/store.ts';
import { readVmPage, readVms, type VmPage, type VmRecord } from './adapters/vms.ts';
import { pageInMemory, readAllVms, readMark, type VmsInMemory } from './adapters/vms-in-memory.ts';
import { nodeResource, type Reader, vmResource } from './core/resource.ts';
import { guestTarget, nodeTarget } from './core/target.ts';
import { createVmStates } from './telemetry.ts';

/** VMs and nodes as people see them: kept for MQTT and the metrics, and read anew for an answer when anything happened since. */
export interface Views {
  vm(id: string, reader: Reader): Promise<Vm | undefined>;
  page(page: VmPage, reader: Reader): Promise<{ results: Vm[]; count: number }>;
  nodes(): Promise<Node[]>;
  /** The VMs as of the last `refresh`. */
  latest(): readonly Vm[];
  /** Publishes all VMs as they are now. */
  refresh(): Promise<void>;
  forget(vm: string): void;
}

export function createViews(
  { database, broker, clock }: Pick<Service<never>, 'database' | 'broker' | 'clock'>,
  hypervisors: ReadonlyMap<string, Managed>,
  actor: Pick<Actor, 'waiting'>,
): Views {
  const states = createVmStates(broker, clock);
  let latest: readonly Vm[] = [];
  /** As of the last `refresh`. */
  let inMemory: VmsInMemory | undefined;
  const mark = sharedRead(() => readMark(database));
  const resource = (record: VmRecord, reader?: Reader): Vm => {
    const { guest } = record;
    const blind = hypervisors.get(guest.hypervisor)?.poller.view(guest).blind;
    const now = { blind, waiting: actor.waiting(guestTarget(guest.id)) };
    return isAsAnybodys(record, reader) ? asBefore(record, now) : vmResource(record, now, reader);
  };
  return {
    vm: async (id, reader) => {
      const [record] = await readVms(database.orm, id);
      return record && resource(record, reader);
    },
    page: async (asked, reader) => {
      const known = inMemory && pageInMemory(inMemory, asked);
      if (known && inMemory?.mark === (await mark()))
        return { ...known, results: known.results.map((record) => resource(record, reader)) };
      const unseen = latest.flatMap(({ id, status }) => (status === 'unknown' ? [id] : []));
      const { results, count } = await readVmPage(database, { ...asked, unseen });
      return { results: results.map((record) => resource(record, reader)), count };
    },
    nodes: async () => {
      const records = await readNodes(database.orm);
      return records.map((record) => nodeResource(record, actor.waiting(nodeTarget(record.node.id))));
    },
    latest: () => latest,
    refresh: async () => {
      inMemory = await readAllVms(database, inMemory);
      latest = inMemory.records.map((record) => resource(record));
      states.publish(latest);
    },
    forget: (vm) => states.remove(vm),
  };
}

/** Whether it is nothing to whoever reads, who may read whose it is: then it is the same for all of them. */
function isAsAnybodys({ owned }: VmRecord, { person, seesOwners }: Reader = { seesOwners: true }): boolean {
  return seesOwners && (person === undefined || (person !== owned?.owner && person !== owned?.offeredTo));
}

type Now = Parameters<typeof vmResource>[1];

const before = new WeakMap<VmRecord, { readonly now: Now; readonly vm: Vm }>();

/** Records are immutable, and those in memory are read again and again. */
function asBefore(record: VmRecord, now: Now): Vm {
  const known = before.get(record);
  if (known && known.now?.blind === now?.blind && known.now?.waiting === now?.waiting) return known.vm;
  const vm = vmResource(record, now);
  before.set(record, { now, vm });
  return vm;
}
