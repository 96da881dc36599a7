import { type Static, Type } from 'typebox';
import { HypervisorId, Id, NodeName, PersonId, ProjectId, Timestamp, VmId } from '../words.ts';
import { CreationId, CreationStep, StepFailure } from './creation.ts';

const kind = Type.Enum(['qemu', 'lxc'] as const);

/** `GET /api/v1/templates`: what a participant makes a VM of. */
export const Template = Type.Object({
  id: Id,
  name: Type.String(),
  hypervisor: HypervisorId,
  kind,
  user: Type.String({ description: 'Who logs in' }),
  disk_gib: Type.Integer({ description: 'The least disk that it fits on' }),
});
export type Template = Static<typeof Template>;

const maybe = Type.Optional;

/** `GET /api/v1/creations/{id}`: how far the making of a VM is. */
export const Creation = Type.Object({
  id: CreationId,
  owner: PersonId,
  name: Type.String(),
  hypervisor: HypervisorId,
  vm: VmId,
  vmid: Type.Integer(),
  node: maybe(NodeName),
  template: Id,
  kind,
  cores: Type.Integer(),
  memory_mib: Type.Integer(),
  disk_gib: Type.Integer(),
  project: maybe(ProjectId),
  step: CreationStep,
  /** In the order in which they began; the last one is `step`. */
  steps: Type.Array(Type.Object({ step: CreationStep, at: Timestamp })),
  ready: Type.Boolean({ description: 'Done, failed or given up: it does not go on by itself' }),
  failure: maybe(StepFailure),
  error: maybe(
    Type.String({
      description: 'Why it failed, or why it waits right now',
      examples: ['no space left on storage local-lvm'],
    }),
  ),
  hint: maybe(Type.String({ description: 'What to check, or to do' })),
  address: maybe(Type.String({ examples: ['10.0.3.17'] })),
  ssh: maybe(Type.String({ description: 'How to log in', examples: ['ssh debian@10.0.3.17'] })),
});
export type Creation = Static<typeof Creation>;
