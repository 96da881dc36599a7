import { Hypervisor, NodeEntity, OwnershipEntity, VmEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, type Handlers, readEntities } from '@huismeester/events';
import {
  foldHypervisor,
  foldNode,
  foldOwnership,
  foldVm,
  type HypervisorEvent,
  hypervisorFrom,
  type NodeEvent,
  nodeFrom,
  type OwnershipEvent,
  ownershipFrom,
  type VmEvent,
  vmFrom,
} from '../core/outside/vms.ts';
import { releaseItem } from '../items/release.ts';
import { factKind, foldInto, forgetFact } from './outside.ts';

const vm = (tx: Tx, event: VmEvent) => foldInto(tx, `vm/${event.data.vm}`, (before) => foldVm(before, event));
const node = (tx: Tx, event: NodeEvent) =>
  foldInto(tx, `node/${event.data.id}`, (before) => foldNode(before, event));
const hypervisor = (tx: Tx, event: HypervisorEvent) =>
  foldInto(tx, `hypervisor/${event.data.hypervisor}`, (before) => foldHypervisor(before, event));
const ownership = (tx: Tx, event: OwnershipEvent) =>
  foldInto(tx, `ownership/${event.data.ownership}`, (before) => foldOwnership(before, event));

/** What inventory takes from vm-lifecycle: VMs of the pools that settings name, where they are and whose, nodes and hypervisors. */
export const fromVmLifecycle = (log: EventLog) => ({
  handlers: {
    'vm.found': vm,
    'vm.identified': vm,
    'vm.renamed': vm,
    'vm.reclassified': vm,
    'vm.started': vm,
    'vm.stopped': vm,
    'vm.moved': vm,
    'vm.unlisted': async (tx, { id, correlationid, data }) => {
      const thing = `vm/${data.vm}`;
      // Without a reason it is not listed, and may come back: what stands for it is as it was, and nothing is shown of it (PRIV-2).
      if (data.because !== undefined) await releaseItem(tx, log, thing, { id, correlationid });
      await forgetFact(tx, thing);
    },
    'node.online': node,
    'node.offline': node,
    'hypervisor.reachable': hypervisor,
    'hypervisor.unreachable': hypervisor,
    'ownership.begun': ownership,
    'ownership.offered': ownership,
    'ownership.offer-ended': ownership,
    'ownership.accepted': ownership,
    'ownership.ended': ownership,
  } satisfies Handlers,
  ...readEntities({
    vm: factKind('vm', VmEntity, vmFrom, (tx, key) => releaseItem(tx, log, key)),
    node: factKind('node', NodeEntity, nodeFrom),
    hypervisor: factKind('hypervisor', Hypervisor, hypervisorFrom),
    ownership: factKind('ownership', OwnershipEntity, ownershipFrom),
  }),
});
