import { Hypervisor, NodeEntity, VmEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { entityKind, type Handlers, readEntities } from '@huismeester/events';
import {
  foldHypervisor,
  foldNode,
  foldVm,
  type HypervisorFactEvent,
  hypervisorFrom,
  type NodeFactEvent,
  nodeFrom,
  type VmFactEvent,
  vmFrom,
} from '../core/outside.ts';
import { forgetFact, readFact, replaceFacts, saveFact } from './outside.ts';

const vm = async (tx: Tx, event: VmFactEvent): Promise<void> =>
  saveFact(tx, foldVm(await readFact(tx, `vm/${event.data.vm}`), event));
const node = async (tx: Tx, event: NodeFactEvent): Promise<void> =>
  saveFact(tx, foldNode(await readFact(tx, `node/${event.data.id}`), event));
const hypervisor = async (tx: Tx, event: HypervisorFactEvent): Promise<void> =>
  saveFact(tx, foldHypervisor(await readFact(tx, `hypervisor/${event.data.hypervisor}`), event));

/** What netwatch takes from vm-lifecycle: which VM, node and hypervisor has failed. Proxmox is not asked twice. */
export const fromVmLifecycle = {
  handlers: {
    'vm.found': vm,
    'vm.started': vm,
    'vm.stopped': vm,
    'vm.moved': vm,
    // From then on it is nobody's business here (PRIV-2).
    'vm.unlisted': (tx, { data }) => forgetFact(tx, `vm/${data.vm}`),
    'node.online': node,
    'node.offline': node,
    'hypervisor.reachable': hypervisor,
    'hypervisor.unreachable': hypervisor,
  } satisfies Handlers,
  ...readEntities({
    vm: entityKind({
      schema: VmEntity,
      replace: (tx, found, kept) =>
        replaceFacts(
          tx,
          'vm',
          found.map(({ state }) => vmFrom(state)),
          kept,
        ),
      save: (tx, { state }) => saveFact(tx, vmFrom(state)),
    }),
    node: entityKind({
      schema: NodeEntity,
      replace: (tx, found, kept) =>
        replaceFacts(
          tx,
          'node',
          found.map(({ state }) => nodeFrom(state)),
          kept,
        ),
      save: (tx, { state }) => saveFact(tx, nodeFrom(state)),
    }),
    hypervisor: entityKind({
      schema: Hypervisor,
      replace: (tx, found, kept) =>
        replaceFacts(
          tx,
          'hypervisor',
          found.map(({ state }) => hypervisorFrom(state)),
          kept,
        ),
      save: (tx, { state }) => saveFact(tx, hypervisorFrom(state)),
    }),
  }),
};
