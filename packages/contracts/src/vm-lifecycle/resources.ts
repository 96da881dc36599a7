import { type Static, Type } from 'typebox';
import { list } from '../define.ts';
import { HypervisorId, NodeId, NodeName, PowerState, VmClass, VmId } from '../words.ts';

/** `GET /api/v1/vms/{id}` and vm-lifecycle's snapshot entities. */
export const Vm = Type.Object({
  id: VmId,
  hypervisor: HypervisorId,
  vmid: Type.Integer(),
  kind: Type.Enum(['qemu', 'lxc'] as const),
  name: Type.String(),
  class: VmClass,
  pool: Type.String(),
  node: NodeName,
  status: Type.Enum(['running', 'stopped', 'unknown'] as const),
  desired: Type.Optional(PowerState),
  generation: Type.Optional(Type.Integer()),
  act: Type.Optional(Type.String({ description: 'What is being done to it, and how that stands' })),
  onboot: Type.Optional(Type.Boolean({ description: 'Its node starts it when it boots' })),
  agent: Type.Optional(Type.Boolean({ description: 'QEMU: the guest agent is enabled' })),
  ha: Type.Optional(Type.Boolean({ description: 'Managed by ha-manager' })),
});
export type Vm = Static<typeof Vm>;

/** `GET /api/v1/nodes`: a node as vm-lifecycle's snapshot has it. */
export const Node = Type.Object({
  id: NodeId,
  hypervisor: HypervisorId,
  node: NodeName,
  online: Type.Boolean(),
});
export type Node = Static<typeof Node>;

/** `GET /api/v1/hypervisors`: a hypervisor as vm-lifecycle's snapshot has it. */
export const Hypervisor = Type.Object({
  id: HypervisorId,
  reachable: Type.Boolean(),
  quorate: Type.Boolean(),
});
export type Hypervisor = Static<typeof Hypervisor>;

export const resources = {
  hypervisors: list(Hypervisor, { order: ['id'], exported: true }),
  nodes: list(Node, { order: ['hypervisor', 'node'], exported: true }),
  vms: list(Vm, { order: ['id'], exported: true }),
};
