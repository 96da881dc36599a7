import { Hypervisor, NodeEntity, type Snapshot, VmEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type Handlers, type SnapshotEntity, unfit } from '@huismeester/events';
import { Check } from 'typebox/value';
import { evolveHypervisor, type HypervisorEvent, hypervisorFrom } from '../facts/hypervisor.ts';
import { evolveNode, type NodeEvent, nodeFrom, nodeKey } from '../facts/node.ts';
import { hypervisorStore, nodeStore, vmStore } from '../facts/store.ts';
import { evolveGuest, type GuestEvent, guestFrom } from '../facts/vm.ts';

const foldGuest = async (tx: Tx, event: GuestEvent): Promise<void> => {
  const { vm } = event.data;
  const folded = evolveGuest(await vmStore.get(tx, vm), event);
  if (folded) await vmStore.save(tx, vm, folded);
};

const foldNode = async (tx: Tx, event: NodeEvent): Promise<void> => {
  const key = nodeKey(event.data.hypervisor, event.data.node);
  const folded = evolveNode(await nodeStore.get(tx, key), event);
  if (folded) await nodeStore.save(tx, key, folded);
};

const foldHypervisor = (tx: Tx, event: HypervisorEvent): Promise<void> =>
  hypervisorStore.save(tx, event.data.hypervisor, evolveHypervisor(event));

/** What is read of a snapshot; other kinds of entity are passed over, as other types of event are. */
const kinds = /^(vm|node|hypervisor)\//;

/** What policy takes from vm-lifecycle: how each VM, node and hypervisor is. */
export const fromVmLifecycle = {
  handlers: {
    'vm.found': foldGuest,
    'vm.started': foldGuest,
    'vm.stopped': foldGuest,
    'vm.moved': foldGuest,
    'vm.reclassified': foldGuest,
    'vm.inspected': foldGuest,
    'vm.power-requested': foldGuest,
    'vm.power-failed': foldGuest,
    'vm.unlisted': (tx, { data }) => vmStore.forget(tx, data.vm),
    'node.online': foldNode,
    'node.offline': foldNode,
    'node.power-failed': foldNode,
    'hypervisor.reachable': foldHypervisor,
    'hypervisor.unreachable': foldHypervisor,
  } satisfies Handlers,
  /** What this program cannot read, perhaps of a newer vm-lifecycle, stays as it was known. */
  async snapshot(tx: Tx, { entities }: Snapshot, unreadable: (subject: string) => void): Promise<void> {
    const guests = new Map<string, ReturnType<typeof guestFrom>>();
    const nodes = new Map<string, ReturnType<typeof nodeFrom>>();
    const hypervisors = new Map<string, ReturnType<typeof hypervisorFrom>>();
    const kept: string[] = [];
    for (const { subject, state } of entities) {
      if (subject.startsWith('vm/') && Check(VmEntity, state)) guests.set(state.id, guestFrom(state));
      else if (subject.startsWith('node/') && Check(NodeEntity, state)) {
        nodes.set(nodeKey(state.hypervisor, state.node), nodeFrom(state));
      } else if (subject.startsWith('hypervisor/') && Check(Hypervisor, state)) {
        hypervisors.set(state.id, hypervisorFrom(state));
      } else if (kinds.test(subject)) kept.push(subject);
    }
    for (const subject of kept) unreadable(subject);
    await vmStore.replace(tx, guests, idsOf(kept, 'vm/'));
    await hypervisorStore.replace(tx, hypervisors, idsOf(kept, 'hypervisor/'));
    await nodeStore.replace(tx, nodes, await nodeStore.keysOf(tx, idsOf(kept, 'node/')));
  },
  /** One that was parked. */
  async entity(tx: Tx, entity: SnapshotEntity): Promise<void> {
    const { subject, state } = entity;
    if (subject.startsWith('vm/') && Check(VmEntity, state))
      await vmStore.save(tx, state.id, guestFrom(state));
    else if (subject.startsWith('node/') && Check(NodeEntity, state)) {
      await nodeStore.save(tx, nodeKey(state.hypervisor, state.node), nodeFrom(state));
    } else if (subject.startsWith('hypervisor/') && Check(Hypervisor, state)) {
      await hypervisorStore.save(tx, state.id, hypervisorFrom(state));
    } else throw unfit(entity).error;
  },
};

function idsOf(subjects: readonly string[], kind: string): string[] {
  return subjects.flatMap((subject) => (subject.startsWith(kind) ? [subject.slice(kind.length)] : []));
}
