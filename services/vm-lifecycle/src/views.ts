import type { Node, Vm } from '@huismeester/contracts';
import type { ServiceContext } from '@huismeester/service';
import type { Actor } from './acting/actor.ts';
import { readGuests, readNodes } from './adapters/store.ts';
import { nodeResource, vmResource } from './core/resource.ts';
import { guestTarget, nodeTarget } from './core/target.ts';
import { meterVms } from './metrics.ts';
import type { Hypervisors } from './polling/hypervisors.ts';
import { createVmStates } from './telemetry.ts';

/** VMs and nodes as people see them: kept for MQTT and the metrics, read anew for each answer. */
export interface Views {
  vms(id?: string): Promise<Vm[]>;
  nodes(): Promise<Node[]>;
  /** Publishes all VMs as they are now. */
  refresh(): Promise<void>;
  forget(vm: string): void;
}

export function createViews(
  { database, broker, metrics }: ServiceContext,
  hypervisors: Hypervisors,
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
  meterVms(metrics, () => latest);
  return {
    vms,
    nodes: async () => {
      const records = await readNodes(database.orm);
      return records.map((record) => nodeResource(record, actor.waiting(nodeTarget(record.node.id))));
    },
    refresh: async () => {
      latest = await vms();
      states.publish(latest);
    },
    forget: (vm) => states.remove(vm),
  };
}
