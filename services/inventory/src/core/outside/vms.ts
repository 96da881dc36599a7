import type { EventOf, Hypervisor, NodeEntity, OwnershipEntity, VmEntity } from '@huismeester/contracts';
import {
  type HypervisorFact,
  type NodeFact,
  type OutsideFact,
  type OwnershipFact,
  type VmFact,
  withKnownSince,
} from './fact.ts';

export type VmEvent = EventOf<
  'vm.found' | 'vm.identified' | 'vm.renamed' | 'vm.reclassified' | 'vm.started' | 'vm.stopped' | 'vm.moved'
>;

/** Folds one of vm-lifecycle's events of a VM; undefined for one that was never found. */
export function foldVm(before: OutsideFact | undefined, event: VmEvent): VmFact | undefined {
  if (event.type === 'vm.found') {
    const { vm: id, hypervisor, node, class: of, name, running, incarnation } = event.data;
    const known = { kind: 'vm', id, hypervisor, node, class: of, name, running, since: event.time } as const;
    return incarnation === undefined ? known : { ...known, incarnation };
  }
  if (before?.kind !== 'vm') return undefined;
  switch (event.type) {
    case 'vm.identified':
      return { ...before, incarnation: event.data.incarnation };
    case 'vm.renamed':
      return { ...before, name: event.data.name };
    case 'vm.reclassified':
      return { ...before, class: event.data.to };
    case 'vm.started':
    case 'vm.stopped': {
      const running = event.type === 'vm.started';
      return { ...before, node: event.data.node, running, since: event.time };
    }
    case 'vm.moved':
      return { ...before, node: event.data.node };
  }
}

/** The VM as vm-lifecycle's snapshot has it. */
export function vmFrom(entity: VmEntity): VmFact {
  const { id, hypervisor, node, class: of, name, status, incarnation } = entity;
  const running = status === 'unknown' ? undefined : status !== 'stopped';
  const since = (running === false ? entity.stopped : entity.started)?.at ?? entity.foundAt;
  return {
    kind: 'vm',
    id,
    hypervisor,
    node,
    class: of,
    name,
    ...(running !== undefined && { running }),
    ...(since !== undefined && { since }),
    ...(incarnation !== undefined && { incarnation }),
  };
}

export type NodeEvent = EventOf<'node.online' | 'node.offline'>;

/** Folds one of vm-lifecycle's events of a node. */
export function foldNode(before: OutsideFact | undefined, { type, time, data }: NodeEvent): OutsideFact {
  const { id, hypervisor, node } = data;
  const online = type === 'node.online';
  return withKnownSince(before, { kind: 'node', id, hypervisor, node, online, since: time });
}

export function nodeFrom({ id, hypervisor, node, online }: NodeEntity): NodeFact {
  return { kind: 'node', id, hypervisor, node, online };
}

export type HypervisorEvent = EventOf<'hypervisor.reachable' | 'hypervisor.unreachable'>;

/** Folds one of vm-lifecycle's events of a hypervisor. */
export function foldHypervisor(
  before: OutsideFact | undefined,
  { type, time, data }: HypervisorEvent,
): OutsideFact {
  const reachable = type === 'hypervisor.reachable';
  return withKnownSince(before, { kind: 'hypervisor', id: data.hypervisor, reachable, since: time });
}

export function hypervisorFrom({ id, reachable }: Hypervisor): HypervisorFact {
  return { kind: 'hypervisor', id, reachable };
}

export type OwnershipEvent = EventOf<
  'ownership.begun' | 'ownership.offered' | 'ownership.offer-ended' | 'ownership.accepted' | 'ownership.ended'
>;

/** Folds one of vm-lifecycle's events of whose a VM is; undefined: the guest is gone. */
export function foldOwnership(
  before: OutsideFact | undefined,
  { type, data }: OwnershipEvent,
): OwnershipFact | undefined {
  const known = before?.kind === 'ownership' ? before : undefined;
  const { ownership: id, vm } = data;
  switch (type) {
    case 'ownership.begun':
      return { kind: 'ownership', id, vm, incarnation: data.incarnation, owner: data.owner };
    case 'ownership.offered':
      return known ?? { kind: 'ownership', id, vm, incarnation: data.incarnation };
    case 'ownership.offer-ended':
      return known?.owner === undefined ? undefined : known;
    case 'ownership.accepted':
      return known && { ...known, owner: data.owner };
    case 'ownership.ended':
      return undefined;
  }
}

/** Whose a VM is, as vm-lifecycle's snapshot has it; undefined: the guest is gone. */
export function ownershipFrom(entity: OwnershipEntity): OwnershipFact | undefined {
  const { ownership: id, vm, incarnation, owner, ended } = entity;
  if (ended) return undefined;
  return { kind: 'ownership', id, vm, incarnation, ...(owner !== undefined && { owner }) };
}
