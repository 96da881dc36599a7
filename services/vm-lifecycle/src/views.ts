import type { Node, Vm } from '@huismeester/contracts';
import type { Service } from '@huismeester/service';
import type { Actor } from './acting/actor.ts';
import type { Managed } from './acting/context.ts';
import { readGuests, readNodes } from './adapters/store.ts';
import { nodeResource, vmResource } from './core/resource.ts';
import { guestTarget, nodeTarget } from './core/target.ts';
import { createVmStates } from './telemetry.ts';

/** VMs and nodes as people see them: kept for MQTT and the metrics, read anew for each answer. */
export interface Views {
  vms(id?: string): Promise<Vm[]>;
  nodes(): Promise<Node[]>;
  /** The VMs as of the last `refresh`. */
  latest(): readonly Vm[];
  /** Publishes all VMs as they are now. */
  refresh(): Promise<void>;
  forget(vm: string): void;
}

export function createViews(
  { database, broker }: Pick<Service<never>, 'database' | 'broker'>,
  hypervisors: ReadonlyMap<string, Managed>,
  actor: Pick<Actor, 'waiting'>,
): Views {
  const states = createVmStates(broker);
  let latest: readonly Vm[] = [];
  const vms = async (id?: string): Promise<Vm[]> => {
    const records = await readGuests(database.orm, id);
    return records.map((record) => {
      const { guest } = record;
      const blind = hypervisors.get(guest.hypervisor)?.poller.view(guest).blind;
      return vmResource(record, { blind, waiting: actor.waiting(guestTarget(guest.id)) });
    });
  };
  return {
    vms,
    nodes: async () => {
      const records = await readNodes(database.orm);
      return records.map((record) => nodeResource(record, actor.waiting(nodeTarget(record.node.id))));
    },
    latest: () => latest,
    refresh: async () => {
      latest = await vms();
      states.publish(latest);
    },
    forget: (vm) => states.remove(vm),
  };
}
