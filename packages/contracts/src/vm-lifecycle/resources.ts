import { type Static, type TSchema, Type } from 'typebox';
import { list, single } from '../define.ts';
import {
  GuestAct,
  HypervisorId,
  Incarnation,
  NodeAct,
  NodeId,
  NodeName,
  OwnershipId,
  PersonId,
  PowerCause,
  PowerState,
  ProjectId,
  Timestamp,
  VmClass,
  VmId,
} from '../words.ts';
import * as acts from './acts.ts';
import { Creation, Template } from './creation-resources.ts';
import * as drift from './drift.ts';
import { Offer } from './ownership.ts';
import { resources as projects } from './project-resources.ts';
import * as quota from './quota.ts';
import { RenewalLink } from './renewal-link.ts';

/** What is seen of a VM at its hypervisor, and what is wanted of it. */
const seen = {
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
  incarnation: Type.Optional(Incarnation),
  cores: Type.Optional(Type.Integer()),
  memory_mib: Type.Optional(Type.Integer({ description: 'MiB' })),
  disk_gib: Type.Optional(Type.Integer({ description: 'GiB, of its root disk' })),
};

/** How long a VM may run (PART-4); when it is stopped is decided by policy, not before `ends`. */
export const VmLease = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  started: Timestamp,
  ends: Timestamp,
  renewals: Type.Integer({ minimum: 0 }),
});

/** The newest start, or stop, that an event has shown. */
const PowerChange = Type.Object({
  at: Timestamp,
  by: PowerCause,
  decision: Type.Optional(Type.String({ description: 'Ours: the decision behind it' })),
  tier: Type.Optional(
    Type.String({ description: 'Ours: which of policy’s tiers had the say when it went off' }),
  ),
  correlationid: Type.String(),
});

const lastPower = { started: Type.Optional(PowerChange), stopped: Type.Optional(PowerChange) };

/** What people do with a VM, here or in policy (`hold`). */
export const Deed = Type.Enum([
  'start',
  'reboot',
  'shutdown',
  'stop',
  'resize',
  'delete',
  'console',
  'hold',
  'renew',
  'hand-over',
  'adopt',
] as const);
export type Deed = Static<typeof Deed>;

/** `GET /api/v1/vms/{id}`. Whose it is is shown to its owner and to those who look after the VMs. */
export const Vm = Type.Object({
  ...seen,
  ...lastPower,
  owner: Type.Optional(PersonId),
  mine: Type.Optional(Type.Boolean({ description: 'Of whoever asks' })),
  offered: Type.Optional(Type.Boolean({ description: 'To whoever asks, who may accept it' })),
  unclaimed: Type.Optional(Type.Boolean({ description: 'A participant’s, and without an owner' })),
  project: Type.Optional(ProjectId),
  lease: Type.Optional(VmLease),
  address: Type.Optional(
    Type.String({ description: 'Where it was reached when it was made; for its owner and the team' }),
  ),
  ssh: Type.Optional(Type.String({ description: 'How its owner logs in there' })),
  may: Type.Optional(
    Type.Array(Deed, {
      description: 'What whoever asks may do with it, by what they are to it; of one VM, not in lists',
    }),
  ),
});
export type Vm = Static<typeof Vm>;

/** A request whose end no event has shown yet. */
const Asked = <Act extends TSchema>(act: Act) =>
  Type.Object({
    act,
    at: Timestamp,
    generation: Type.Integer({ minimum: 1 }),
    decision: Type.String({ description: 'Id of the decision that asks for it' }),
    correlationid: Type.String(),
  });

const gaveUp = Type.Optional(Type.Integer({ description: 'The newest generation that was given up' }));

/** A VM in vm-lifecycle's snapshot: with all that a fold of its events would know. */
export const VmEntity = Type.Object({
  ...seen,
  foundAt: Type.Optional(Timestamp),
  ...lastPower,
  asked: Type.Optional(Asked(GuestAct)),
  shutdown_s: Type.Optional(
    Type.Number({ minimum: 0, description: 's that its last shutdown by us took, exact to 1 ms' }),
  ),
  gaveUp,
});
export type VmEntity = Static<typeof VmEntity>;

/** `ownership/<id>` in the snapshot: whose an incarnation of a VM is; one without an owner is offered to somebody. */
export const OwnershipEntity = Type.Object({
  ownership: OwnershipId,
  vm: VmId,
  hypervisor: HypervisorId,
  vmid: Type.Integer(),
  incarnation: Incarnation,
  owner: Type.Optional(PersonId),
  project: Type.Optional(ProjectId),
  offer: Type.Optional(Offer),
  ended: Type.Optional(Type.Boolean({ description: 'The guest itself is gone: as if there was no entity' })),
});
export type OwnershipEntity = Static<typeof OwnershipEntity>;

/** `lease/<id>` in the snapshot: how long a participant's VM may run. */
export const LeaseEntity = Type.Object({
  lease: OwnershipId,
  vm: VmId,
  number: Type.Integer({ minimum: 1 }),
  owner: PersonId,
  started: Timestamp,
  ends: Timestamp,
  renewals: Type.Integer({ minimum: 0 }),
  onbootOff: Type.Optional(
    Type.Boolean({
      description: 'Its node started it until its lease ended, and will again once a new one begins',
    }),
  ),
  over: Type.Optional(Type.Boolean({ description: 'It ended early: as if there was no entity' })),
});
export type LeaseEntity = Static<typeof LeaseEntity>;

/** `GET /api/v1/nodes`: a node of a hypervisor. */
export const Node = Type.Object({
  id: NodeId,
  hypervisor: HypervisorId,
  node: NodeName,
  online: Type.Boolean(),
  /** The node whose id it would have had, so that it got another one. */
  collides: Type.Optional(NodeId),
  desired: Type.Optional(PowerState),
  generation: Type.Optional(Type.Integer()),
  act: Type.Optional(Type.String({ description: 'What is being done about it, and how that stands' })),
});
export type Node = Static<typeof Node>;

/** A node in vm-lifecycle's snapshot: with all that a fold of its events would know. */
export const NodeEntity = Type.Object({
  ...Node.properties,
  asked: Type.Optional(Asked(NodeAct)),
  gaveUp,
});
export type NodeEntity = Static<typeof NodeEntity>;

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
  ...acts.resources,
  ...quota.resources,
  ...drift.resources,
  renewals: single(RenewalLink, { exported: false }),
  templates: list(Template, { order: ['id'], exported: false }),
  creations: list(Creation, { order: ['id'], exported: false }),
  ...projects,
};
