import { type Static, Type } from 'typebox';
import { described, event, like } from '../define.ts';
import { HypervisorId, Id, Incarnation, NodeName, PersonId, ProjectId, VmId } from '../words.ts';

/** Of the making of one VM; a UUID that is made when it is asked for. */
export const CreationId = like(
  described(Id, 'Id of the making of one VM'),
  '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4e',
);

/** What is asked of Proxmox in turn, and what it ends with. */
export const CreationStep = Type.Enum(
  [
    'planned',
    'cloning',
    'configuring',
    'resizing',
    'starting',
    'waiting-for-address',
    'cleaning-up',
    'done',
    'failed',
    'given-up',
  ] as const,
  {
    description:
      '`planned`: waits for its turn, since one clone of a template is made at a time; `cleaning-up`: what was made of it is removed, since it failed',
    examples: ['cloning'],
  },
);
export type CreationStep = Static<typeof CreationStep>;

/** Why a step did not work, so that it can be acted on without reading sentences. */
export const StepFailure = Type.Enum(
  [
    'locked',
    'unreachable',
    'forbidden',
    'storage-full',
    'no-vmid',
    'no-room',
    'gone',
    'refused',
    'interrupted',
  ] as const,
  {
    description:
      '`locked`: another task holds the template or the VM; `no-vmid`: the range is used up; `no-room`: it would take the node or storage into its reserve; `gone`: somebody removed the VM; `refused`: Proxmox said no',
    examples: ['storage-full'],
  },
);
export type StepFailure = Static<typeof StepFailure>;

const which = { creation: CreationId };
const Vmid = Type.Integer({ examples: [904] });
const Sentence = Type.String({ examples: ['no space left on storage local-lvm'] });

/** How a VM is made for a participant (PART-2); subjects `creation/<id>`. Internal: they name people by their ids, and names of VMs. */
export const events = {
  'creation.begun': event(
    'A person asked for a VM: its number and its part of their quota are taken from here on',
    Type.Object({
      ...which,
      owner: PersonId,
      name: Type.String({ examples: ['wiki-bot'] }),
      hypervisor: HypervisorId,
      vm: VmId,
      vmid: Vmid,
      template: Id,
      kind: Type.Enum(['qemu', 'lxc'] as const),
      user: Type.String({ examples: ['debian'] }),
      cores: Type.Integer({ minimum: 1, examples: [2] }),
      memory_mib: Type.Integer({ minimum: 1, examples: [2048] }),
      disk_gib: Type.Integer({ minimum: 1, examples: [20] }),
      keys: Type.Integer({ minimum: 1, description: 'How many SSH keys; they are in no event' }),
      project: Type.Optional(ProjectId),
    }),
  ),
  'creation.step-begun': event(
    'About to do a step; written before the request, so that a crash in between is seen',
    Type.Object({
      ...which,
      step: CreationStep,
      vmid: Vmid,
      node: Type.Optional(NodeName),
    }),
  ),
  'creation.step-accepted': event(
    'Proxmox took the step as a task',
    Type.Object({ ...which, step: CreationStep, upid: Type.String() }),
  ),
  'creation.step-failed': event(
    'A step failed',
    Type.Object({
      ...which,
      step: CreationStep,
      failure: StepFailure,
      error: Sentence,
      attempt: Type.Integer({ minimum: 1 }),
      again: Type.Boolean({ description: 'Whether it will be tried again by itself' }),
    }),
  ),
  'creation.vmid-changed': event(
    'The number belongs to another guest by now, which is left alone: the next free one is taken',
    Type.Object({ ...which, from: Vmid, vmid: Vmid, vm: VmId }),
  ),
  'creation.identified': event(
    'The VM stands in Proxmox: which guest it is',
    Type.Object({ ...which, vm: VmId, incarnation: Incarnation, node: NodeName }),
  ),
  'creation.done': event(
    'The VM runs, and its owner can log in; without an address if it has not shown any',
    Type.Object({
      ...which,
      vm: VmId,
      address: Type.Optional(Type.String({ examples: ['10.0.3.17'] })),
    }),
  ),
  'creation.failed': event(
    'The VM could not be made: its owner may try again, or give up',
    Type.Object({
      ...which,
      step: CreationStep,
      failure: StepFailure,
      error: Sentence,
      left: Type.Boolean({ description: 'Whether something of it still stands in Proxmox' }),
    }),
  ),
  'creation.retried': event('What failed is tried once more', Type.Object(which)),
  'creation.given-up': event(
    'What failed is not tried again: its name is free, and what it used',
    Type.Object({
      ...which,
      left: Type.Boolean({ description: 'Whether something of it still stands in Proxmox' }),
    }),
  ),
};

export const aggregates = { creation: { creation: CreationId } };
