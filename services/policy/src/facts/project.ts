import type { EventOf, ProjectEntity } from '@huismeester/contracts';

/** A project of the register (TEAM-4), from vm-lifecycle's events alone; times in ms since 1970. */
export interface ProjectFact {
  readonly project: string;
  readonly class: ProjectEntity['class'];
  /** Since when it has that class. */
  readonly classAt: number;
  readonly state: ProjectEntity['state'];
  /** How it is managed was agreed upon (SPACE-4). */
  readonly agreed: boolean;
  /** Who runs it, by their ids: its owner, and its managers (SPACE-5). */
  readonly owner?: string;
  readonly managers: readonly string[];
  /** Not seen now (facts/unseen.ts), so all else is what was last known. Never stored. */
  readonly unseen?: true;
}

export type ProjectEvent = EventOf<
  | 'project.begun'
  | 'project.changed'
  | 'project.reclassified'
  | 'project.agreed'
  | 'project.retiring'
  | 'project.retirement-withdrawn'
  | 'project.retired'
>;

/** Folds one of vm-lifecycle's events into what is known of a project; undefined for one that was never seen. */
export function evolveProject(known: ProjectFact | undefined, event: ProjectEvent): ProjectFact | undefined {
  const at = Date.parse(event.time);
  if (event.type === 'project.begun') {
    const { project, class: of } = event.data;
    return {
      project,
      class: of,
      classAt: at,
      state: 'active',
      agreed: false,
      managers: [],
      ...runBy(event.data),
    };
  }
  if (known === undefined) return undefined;
  switch (event.type) {
    case 'project.changed':
      return { ...known, ...runBy(event.data) };
    case 'project.reclassified':
      return { ...known, class: event.data.to, classAt: at };
    case 'project.agreed':
      return { ...known, agreed: true };
    case 'project.retiring':
      return { ...known, state: 'retiring' };
    case 'project.retirement-withdrawn':
      return { ...known, state: 'active' };
    case 'project.retired':
      return { ...known, state: 'retired' };
  }
}

/** The project as vm-lifecycle's snapshot has it: the same as a fold of its events. */
export function projectFrom(entity: ProjectEntity): ProjectFact {
  const { project, class: of, class_since, state, agreed } = entity;
  return {
    project,
    class: of,
    classAt: Date.parse(class_since),
    state,
    agreed,
    managers: [],
    ...runBy(entity),
  };
}

/** Who runs it, as far as that is said. */
function runBy({ owner, managers }: Pick<ProjectEntity, 'owner' | 'managers'>) {
  return { ...(owner !== undefined && { owner }), ...(managers && { managers }) };
}

/** Whether somebody runs it (SPACE-5). */
export function runsProject(
  { owner, managers }: Pick<ProjectFact, 'owner' | 'managers'>,
  person: string,
): boolean {
  return person === owner || managers.includes(person);
}
