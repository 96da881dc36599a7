import { type Static, Type } from 'typebox';
import { event, list } from '../define.ts';
import {
  HypervisorId,
  Incarnation,
  NodeName,
  OwnershipId,
  PersonId,
  ProjectId,
  Timestamp,
  VmId,
} from '../words.ts';
import { Offer } from './ownership.ts';

const maybe = Type.Optional;

/** What people ask of a VM; `stop` pulls its plug, `delete` is its end. */
export const PeopleAct = Type.Enum(['start', 'shutdown', 'reboot', 'stop', 'resize', 'delete'] as const, {
  description: '`stop` pulls its plug, `delete` destroys it with its disks',
  examples: ['start'],
});
export type PeopleAct = Static<typeof PeopleAct>;

/** What a VM may use; in a request to resize it what is left out stays as it is. */
export const NewSize = Type.Object(
  {
    cores: maybe(Type.Integer({ minimum: 1, maximum: 512, examples: [2] })),
    memory_mib: maybe(
      Type.Integer({ minimum: 16, maximum: 4_194_304, description: 'MiB', examples: [2048] }),
    ),
    disk_gib: maybe(Type.Integer({ minimum: 1, maximum: 65_536, description: 'GiB', examples: [20] })),
  },
  { additionalProperties: false },
);
export type NewSize = Static<typeof NewSize>;

export const ActId = Type.String({
  format: 'uuid',
  description: 'Id of what somebody asked of a VM',
  examples: ['0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d'],
});

const which = { act: ActId, vm: VmId, what: PeopleAct };

/**
 * What people ask of a VM, and what becomes of it; subject `act/<id>`. Who asked is the event's actor. All internal: they say who does what
 * with which VM.
 */
export const events = {
  'act.requested': event(
    'Somebody asked something of a VM: written down before anything is sent, with the guest that is meant',
    Type.Object({
      ...which,
      kind: Type.Enum(['qemu', 'lxc'] as const),
      node: NodeName,
      hypervisor: HypervisorId,
      vmid: Type.Integer({ examples: [104] }),
      incarnation: maybe(Incarnation),
      ownership: maybe(OwnershipId),
      owner: maybe(Type.String({ ...PersonId, description: 'The person whose quota counts what it needs' })),
      person: maybe(
        Type.String({ ...PersonId, description: 'The person who asks; none for a token that is nobody’s' }),
      ),
      size: maybe(NewSize),
    }),
  ),
  'act.asked': event(
    'About to be asked of Proxmox; written before the request, so that a crash in between is seen',
    Type.Object({
      ...which,
      node: NodeName,
      attempt: Type.Integer({ minimum: 1, examples: [1] }),
      step: maybe(
        Type.Enum(['disk', 'config'] as const, {
          description: 'Of a resize: its disk, or its cores and memory',
        }),
      ),
      because: maybe(Type.String({ description: 'Why it is asked again' })),
    }),
  ),
  'act.accepted': event(
    'Proxmox took it: as a task, or did it at once',
    Type.Object({
      ...which,
      upid: maybe(
        Type.String({
          description: 'Left out: it was done at once',
          examples: ['UPID:pve1:0000A1B2:00C0FFEE:692DB3A0:qmstart:104:huismeester@pve!operate:'],
        }),
      ),
    }),
  ),
  'act.done': event(
    'What somebody asked of a VM was done',
    Type.Object({
      ...which,
      pending: maybe(Type.Boolean({ description: 'Of a resize: it takes effect at the next start' })),
    }),
  ),
  'act.failed': event(
    'What somebody asked of a VM was not done, and is not tried again',
    Type.Object({ ...which, error: Type.String({ examples: ['it was locked (backup) for an hour'] }) }),
  ),
};

export const aggregates = { act: { act: ActId } };

/** `GET /api/v1/acts/{id}`: what somebody asked of a VM, and how far it is. */
export const VmAct = Type.Object({
  id: ActId,
  vm: VmId,
  act: PeopleAct,
  by: Type.String({ description: 'Who asked, as the log names them' }),
  size: maybe(NewSize),
  state: Type.Enum(['waiting', 'under-way', 'done', 'failed'] as const, {
    description: '`waiting`: nothing was sent yet; `under-way`: Proxmox was asked',
    examples: ['under-way'],
  }),
  /** Why nothing is sent yet, or what is looked for. */
  waiting: maybe(Type.String({ description: 'What it waits for', examples: ['it is locked (backup)'] })),
  error: maybe(Type.String({ description: 'Why it failed' })),
  more: maybe(
    Type.String({
      description: 'What is left to do by whoever asked',
      examples: ['it takes effect at the next start'],
    }),
  ),
  requested: Timestamp,
  ended: maybe(Timestamp),
});
export type VmAct = Static<typeof VmAct>;

/** `GET /api/v1/vms/{id}/owner`: whose it is, and whom it is offered to. */
export const VmOwner = Type.Object({
  vm: VmId,
  ownership: maybe(OwnershipId),
  owner: maybe(Type.String({ ...PersonId, description: 'Left out: nobody’s' })),
  project: maybe(ProjectId),
  offer: maybe(Offer),
});
export type VmOwner = Static<typeof VmOwner>;

/** `GET /api/v1/vms/{id}/console`. */
export const Console = Type.Object({
  url: Type.String({
    description: 'The console in Proxmox’s own interface, where you log in as yourself',
    examples: ['https://10.0.0.2:8006/?console=kvm&novnc=1&vmid=104&node=pve1'],
  }),
});
export type Console = Static<typeof Console>;

export const resources = {
  acts: list(VmAct, { order: ['requested', 'id'], exported: false }),
};
