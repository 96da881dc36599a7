import type { EventOf, OwnershipEntity } from '@huismeester/contracts';

/**
 * Which project an incarnation of a VM belongs to, for ever (SPACE-7), from vm-lifecycle's events alone. Kept by the ownership's id, also when the
 * guest is gone: that one was destroyed is to be seen.
 */
export interface ProjectVmFact {
  readonly ownership: string;
  readonly vm: string;
  readonly project: string;
  /** The guest itself is gone for good. */
  readonly ended?: true;
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type ProjectVmEvent = EventOf<'ownership.begun' | 'ownership.accepted' | 'ownership.ended'>;

/** Folds one of vm-lifecycle's events; undefined while the VM belongs to no project. */
export function evolveProjectVm(
  known: ProjectVmFact | undefined,
  { type, data }: ProjectVmEvent,
): ProjectVmFact | undefined {
  if (type === 'ownership.ended') return known && { ...known, ended: true };
  const { ownership, vm, project } = data;
  return { ownership, vm, project };
}

/** The same from vm-lifecycle's snapshot; undefined while the VM belongs to no project. */
export function projectVmFrom({ ownership, vm, project, ended }: OwnershipEntity): ProjectVmFact | undefined {
  if (project === undefined) return undefined;
  return { ownership, vm, project, ...(ended && { ended }) };
}
