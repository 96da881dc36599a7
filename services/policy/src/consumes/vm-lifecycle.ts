import { Hypervisor, NodeEntity, VmEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { entityKind, type Handlers, readEntities } from '@huismeester/events';
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
  const key = keyOf(event.data);
  const folded = evolveNode(await nodeStore.get(tx, key), event);
  if (folded) await nodeStore.save(tx, key, folded);
};

const foldHypervisor = (tx: Tx, event: HypervisorEvent): Promise<void> =>
  hypervisorStore.save(tx, event.data.hypervisor, evolveHypervisor(event));

/** What policy takes from vm-lifecycle: how each VM, node and hypervisor is. */
export const fromVmLifecycle = {
  handlers: {
    'vm.found': foldGuest,
    'vm.identified': foldGuest,
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
  ...readEntities({
    vm: entityKind({
      schema: VmEntity,
      replace: (tx, found, kept) =>
        vmStore.replace(tx, new Map(found.map(({ state }) => [state.id, guestFrom(state)])), kept),
      save: (tx, { state }) => vmStore.save(tx, state.id, guestFrom(state)),
    }),
    hypervisor: entityKind({
      schema: Hypervisor,
      replace: (tx, found, kept) =>
        hypervisorStore.replace(
          tx,
          new Map(found.map(({ state }) => [state.id, hypervisorFrom(state)])),
          kept,
        ),
      save: (tx, { state }) => hypervisorStore.save(tx, state.id, hypervisorFrom(state)),
    }),
    node: entityKind({
      schema: NodeEntity,
      replace: async (tx, found, kept) =>
        nodeStore.replace(
          tx,
          new Map(found.map(({ state }) => [keyOf(state), nodeFrom(state)])),
          await nodeStore.keysOf(tx, kept),
        ),
      save: (tx, { state }) => nodeStore.save(tx, keyOf(state), nodeFrom(state)),
    }),
  }),
};

function keyOf({ hypervisor, node }: { hypervisor: string; node: string }): string {
  return nodeKey(hypervisor, node);
}
