import { Type } from 'typebox';
import { event, like, publicEvent, type Upcaster } from '../define.ts';
import {
  GuestAct,
  HypervisorId,
  Incarnation,
  NodeAct,
  NodeId,
  NodeName,
  nodeId,
  PowerCause,
  VmClass,
  VmId,
} from '../words.ts';
import * as acts from './acts.ts';
import * as creation from './creation.ts';
import * as ownership from './ownership.ts';
import * as projects from './projects.ts';

/** What names a guest; its name is left out of public events, since people put their own in it. */
const guest = { vm: VmId, hypervisor: HypervisorId, node: NodeName, class: VmClass };

/** Who did it is the event's actor, which stays in the log; the UPID, which names an account, is only in internal events. */
const change = Type.Object({
  ...guest,
  cause: PowerCause,
  decision: Type.Optional(Type.String({ description: 'Ours: the decision behind it' })),
});

const asked = {
  generation: Type.Integer({ minimum: 1 }),
  decision: Type.String({ description: 'Id of the decision that asks for it' }),
  attempt: Type.Integer({ minimum: 1 }),
};
const request = { vm: VmId, act: GuestAct, ...asked };
const failure = {
  error: Type.String(),
  retry: Type.Boolean({ description: 'Whether it will be tried again' }),
};

/** What it is allowed to use; left out while the cluster does not know. */
const size = {
  cores: Type.Optional(Type.Integer({ minimum: 0 })),
  memory_mib: Type.Optional(Type.Integer({ minimum: 0, description: 'MiB' })),
  disk_gib: Type.Optional(Type.Integer({ minimum: 0, description: 'GiB, of its root disk' })),
};

const node = { id: NodeId, hypervisor: HypervisorId, node: NodeName };
const nodeRequest = { ...node, act: NodeAct, ...asked };

/** Until schema 2 a node had no id of its own: it was made of its hypervisor and its name. */
const nodeGotId: Upcaster = (data) => ({ id: nodeId(String(data.hypervisor), String(data.node)), ...data });
const upcast = { 1: nodeGotId };

const nodeChange = Type.Object({
  ...node,
  /** The node whose id it would have had, so that it got another one. */
  collides: Type.Optional(NodeId),
});

const observed = {
  'vm.found': event(
    'A VM stands in a pool that settings name: from now on it is known',
    Type.Object({
      ...guest,
      vmid: Type.Integer(),
      kind: Type.Enum(['qemu', 'lxc'] as const),
      name: Type.String(),
      pool: Type.String(),
      running: Type.Boolean(),
      incarnation: Type.Optional(Incarnation),
      ...size,
    }),
  ),
  'vm.identified': event(
    'Which incarnation stands under the vmid, of a VM that was known before that was read',
    Type.Object({ vm: VmId, incarnation: Incarnation }),
  ),
  'vm.unlisted': event(
    'The VM is no longer in a listed pool, or no longer shown to us: hands off. It need not be deleted',
    Type.Object({
      vm: VmId,
      because: Type.Optional(
        Type.Enum(['replaced', 'destroyed'] as const, {
          description: 'Left out: it is not listed. `replaced`: another guest stands under its vmid',
        }),
      ),
    }),
  ),
  'vm.renamed': event('The VM has another name', Type.Object({ vm: VmId, name: Type.String() })),
  'vm.resized': event('The VM may use more, or less', Type.Object({ vm: VmId, ...size })),
  'vm.reclassified': event(
    'The VM moved to the pool of another class',
    Type.Object({ vm: VmId, from: VmClass, to: VmClass, pool: Type.String() }),
  ),
  'vm.inspected': event(
    'What the guest’s configuration says of how it starts and stops',
    Type.Object({
      vm: VmId,
      onboot: Type.Boolean({ description: 'Its node starts it when it boots' }),
      agent: Type.Optional(Type.Boolean({ description: 'QEMU: the guest agent is enabled' })),
      ha: Type.Boolean({ description: 'Managed by ha-manager' }),
    }),
  ),
  'vm.started': publicEvent('The VM runs', change),
  'vm.stopped': publicEvent('The VM is off', change),
  'vm.moved': publicEvent(
    'The VM is on another node',
    Type.Object({ ...guest, from: like(NodeName, 'pve2') }),
  ),
  'vm.power-requested': event(
    'About to be asked of Proxmox; written before the request, so that a crash in between is seen',
    Type.Object({
      ...request,
      because: Type.Optional(Type.String({ description: 'Why it is asked again' })),
    }),
  ),
  'vm.power-accepted': event(
    'Proxmox took the request as a task',
    Type.Object({ ...request, upid: Type.String() }),
  ),
  'vm.power-failed': event('The request or its task failed', Type.Object({ ...request, ...failure })),
  'node.power-requested': event(
    'About to shut a node down, or to wake it; written before the request',
    Type.Object(nodeRequest),
    { upcast },
  ),
  'node.power-failed': event('The request about a node failed', Type.Object({ ...nodeRequest, ...failure }), {
    upcast,
  }),
  'node.online': publicEvent('The node is part of its cluster', nodeChange, { upcast }),
  'node.offline': publicEvent('The node is not seen by its cluster', nodeChange, { upcast }),
  'hypervisor.reachable': publicEvent(
    'The Proxmox API answers',
    Type.Object({ hypervisor: HypervisorId, quorate: like(Type.Boolean(), true) }),
  ),
  'hypervisor.unreachable': publicEvent(
    'The Proxmox API does not answer',
    Type.Object({
      hypervisor: HypervisorId,
      error: Type.String({ description: 'The code of the error, never its text', examples: ['timeout'] }),
    }),
  ),
  'hypervisor.quorum-changed': publicEvent(
    'The cluster gained or lost its quorum; without it nothing can start',
    Type.Object({ hypervisor: HypervisorId, quorate: like(Type.Boolean(), true) }),
  ),
};

/** vm-lifecycle's events; subjects `vm/<id>`, `node/<id>`, `hypervisor/<id>`, and those of ownership.ts, creation.ts, acts.ts and projects.ts. */
export const events = {
  ...observed,
  ...ownership.events,
  ...creation.events,
  ...acts.events,
  ...projects.events,
};

export const aggregates = {
  vm: { vm: VmId },
  node: { node: NodeId },
  hypervisor: { hypervisor: HypervisorId },
  ...ownership.aggregates,
  ...acts.aggregates,
  ...creation.aggregates,
  ...projects.aggregates,
};
