import type { Agreement, EventData } from '@huismeester/contracts';
import type { Class } from './guest.ts';

type ProjectEventType =
  | 'project.begun'
  | 'project.changed'
  | 'project.agreement-proposed'
  | 'project.agreed'
  | 'project.reclassified'
  | 'project.retiring'
  | 'project.retirement-withdrawn'
  | 'project.retired';

/** An event of a project, before it is in the log. */
export type NewProjectEvent = {
  [T in ProjectEventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[ProjectEventType];
export type ProjectEvent = NewProjectEvent & { readonly time: Date };

/** A project of the register (TEAM-4), beside its class; times ISO 8601, people by their ids. */
export interface ProjectState {
  readonly title: string;
  readonly purpose?: string;
  /** Who carries it out; none while the VM that it began with has no owner. */
  readonly owner?: string;
  readonly people: readonly string[];
  readonly managers: readonly string[];
  readonly wiki?: string;
  readonly hardware: readonly string[];
  readonly classSince: string;
  readonly status: 'active' | 'retiring' | 'retired';
  /** How it is managed (SPACE-4), since both consented. */
  readonly agreement?: Agreement;
  /** What one side proposed, and the other did not consent to yet; the agreement before it holds until then. */
  readonly proposed?: Agreement;
  readonly retiring?: { readonly person: string; readonly because: string; readonly since: string };
}

export interface Project {
  readonly class: Class;
  readonly state: ProjectState;
}

/** The project after the event. */
export function evolveProject(project: Project | undefined, event: ProjectEvent): Project | undefined {
  if (event.type === 'project.begun') return begun(event.data, event.time);
  if (project === undefined) return undefined;
  const { state } = project;
  const since = event.time.toISOString();
  switch (event.type) {
    case 'project.changed':
      return { ...project, state: changed(state, event.data) };
    case 'project.agreement-proposed': {
      const { project: _, ...proposal } = event.data;
      return { ...project, state: { ...state, proposed: { ...proposal, since } } };
    }
    case 'project.agreed':
      return { ...project, state: agreed(state, since) };
    case 'project.reclassified':
      return { class: event.data.to, state: { ...state, classSince: since } };
    case 'project.retiring': {
      const { person, because } = event.data;
      return { ...project, state: { ...state, status: 'retiring', retiring: { person, because, since } } };
    }
    case 'project.retirement-withdrawn': {
      const { retiring: _, ...rest } = state;
      return { ...project, state: { ...rest, status: 'active' } };
    }
    case 'project.retired':
      return { ...project, state: { ...state, status: 'retired' } };
  }
}

function begun(data: EventData<'project.begun'>, time: Date): Project {
  const empty = { title: data.title, people: [], managers: [], hardware: [] };
  const state = { ...empty, classSince: time.toISOString(), status: 'active' } as const;
  return { class: data.class, state: changed(state, data) };
}

type Fields = Omit<EventData<'project.changed'>, 'because'>;

/** An empty text takes a field away. */
function changed(state: ProjectState, fields: Fields): ProjectState {
  const { title, purpose, owner, people, managers, wiki, hardware } = fields;
  const { purpose: purposeBefore, wiki: wikiBefore, ...rest } = state;
  const [purposeNow, wikiNow] = [purpose ?? purposeBefore ?? '', wiki ?? wikiBefore ?? ''];
  return {
    ...rest,
    ...(title !== undefined && { title }),
    ...(purposeNow !== '' && { purpose: purposeNow }),
    ...(owner !== undefined && { owner }),
    ...(people !== undefined && { people }),
    ...(managers !== undefined && { managers }),
    ...(wikiNow !== '' && { wiki: wikiNow }),
    ...(hardware !== undefined && { hardware }),
  };
}

function agreed({ proposed, ...state }: ProjectState, since: string): ProjectState {
  return proposed === undefined ? state : { ...state, agreement: { ...proposed, since } };
}

/** What a project is called that begins with a VM of this name: that is of one letter or more, a title of three to eighty. */
export function titleFor(name: string): string {
  return (name.length < 3 ? `VM ${name}` : name).slice(0, 80);
}

/** Who runs a project beside the team: its owner and its managers. */
export function runs({ owner, managers }: Pick<ProjectState, 'owner' | 'managers'>, person: string): boolean {
  return person === owner || managers.includes(person);
}
