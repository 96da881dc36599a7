import { type Static, Type } from 'typebox';
import { event } from '../define.ts';
import { HypervisorId, Incarnation, OwnershipId, PersonId, ProjectId, Timestamp, VmId } from '../words.ts';

const maybe = Type.Optional;

/** One incarnation of a VM, by its hypervisor, vmid and what tells guests under one vmid apart. */
const which = {
  ownership: OwnershipId,
  vm: VmId,
  hypervisor: HypervisorId,
  vmid: Type.Integer({ examples: [104] }),
  incarnation: Incarnation,
};

/** Whom a VM is offered to, until that person accepts: a hand-over by its owner, or an owner for one that is unclaimed. */
export const Offer = Type.Object({
  to: PersonId,
  by: Type.String({ description: 'Who offers it, as the log names them' }),
  since: Timestamp,
});
export type Offer = Static<typeof Offer>;

const numbered = {
  lease: OwnershipId,
  vm: VmId,
  number: Type.Integer({ minimum: 1, description: 'Counts the leases of this incarnation', examples: [3] }),
};

/**
 * Whose VM it is (PART-3) and how long it may run (PART-4); subjects `ownership/<id>` and `lease/<id>` with the same id. Both belong to
 * an incarnation: another guest under the vmid inherits nothing. All internal: they name people by their ids.
 */
export const events = {
  'ownership.begun': event(
    'A VM has an owner, who asked for its making here',
    Type.Object({
      ...which,
      owner: PersonId,
      project: ProjectId,
      how: Type.Enum(['created'] as const),
    }),
  ),
  'ownership.offered': event(
    'A VM is offered to a person, who has not accepted yet',
    Type.Object({ ...which, to: PersonId, by: Type.String({ examples: ['person:5f0c1d2e'] }) }),
  ),
  'ownership.offer-ended': event(
    'An offer of a VM was withdrawn or declined',
    Type.Object({
      ownership: OwnershipId,
      vm: VmId,
      to: PersonId,
      how: Type.Enum(['withdrawn', 'declined'] as const),
    }),
  ),
  'ownership.accepted': event(
    'A person took over a VM, and is responsible for it from now on (PART-3)',
    Type.Object({
      ownership: OwnershipId,
      vm: VmId,
      owner: PersonId,
      project: ProjectId,
      before: maybe(PersonId),
    }),
  ),
  'ownership.ended': event(
    'The guest itself is gone for good: whatever stands under its vmid later is another',
    Type.Object({
      ownership: OwnershipId,
      vm: VmId,
      because: Type.Enum(['destroyed', 'deleted', 'replaced'] as const, {
        description:
          '`deleted`: asked for here; `destroyed`: a task of Proxmox did it; `replaced`: another guest stands under its vmid',
      }),
    }),
  ),
  'lease.started': event(
    'A participant’s VM began a lease (PART-4)',
    Type.Object({
      ...numbered,
      owner: PersonId,
      started: Timestamp,
      ends: Timestamp,
      how: Type.Enum(['started', 'seen', 'adopted'] as const, {
        description:
          '`started`: by a person, in Proxmox or through us; `seen`: found running without a trace of its start; `adopted`: it runs and has an owner since now',
        examples: ['started'],
      }),
    }),
  ),
  'lease.renewed': event(
    'A lease was renewed before its end, to its whole length from now',
    Type.Object({
      ...numbered,
      ends: Timestamp,
      renewals: Type.Integer({ minimum: 1, description: 'Of this lease' }),
      by: Type.Enum(['owner', 'team', 'link'] as const, {
        description: '`link`: that of a warning',
        examples: ['owner'],
      }),
    }),
  ),
  'lease.renewal-undone': event(
    'A renewal was taken back right after it: the lease ends as it did before',
    Type.Object({
      ...numbered,
      ends: Timestamp,
      renewals: Type.Integer({ minimum: 0, description: 'Of this lease' }),
      by: Type.Enum(['owner', 'team'] as const, { examples: ['owner'] }),
    }),
  ),
  'lease.onboot-set': event(
    'Whether its node starts a VM was changed, since its lease ended or a new one began; or that could not be done',
    Type.Object({
      ...numbered,
      onboot: Type.Boolean({ description: 'What it was to become' }),
      failed: maybe(
        Type.String({
          description: 'Why it was not done: a stable code, `no-right` without VM.Config.Options',
          examples: ['no-right'],
        }),
      ),
    }),
  ),
  'lease.ended': event(
    'A lease is over, and not since its time is: the VM is no participant’s any more, or is gone',
    Type.Object({
      ...numbered,
      because: Type.Enum(['reclassified', 'gone'] as const, { examples: ['reclassified'] }),
    }),
  ),
};

export const aggregates = {
  ownership: { ownership: OwnershipId },
  lease: { lease: OwnershipId },
};
