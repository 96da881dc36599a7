/* Long, since it is a list of what may be decided about a project, each with its refusals. */

import { type EventData, type No, no, type Role } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { Class } from './guest.ts';
import { type NewProjectEvent, type Project, runs } from './project.ts';

/** A person who asks; a token that is nobody's never comes so far. */
export interface Person {
  readonly person: string;
  readonly roles: readonly Static<typeof Role>[];
}

export type Decided = readonly NewProjectEvent[] | No;

/** A full member of the team; root, who acts for a person, may do the same. */
export function isTeam({ roles }: Pick<Person, 'roles'>): boolean {
  return roles.includes('infrateam') || roles.includes('administrator');
}

type Begun = Omit<EventData<'project.begun'>, 'project' | 'how' | 'class' | 'owner'> & {
  readonly class?: Class;
};

/** Puts a project without a VM into the register: a participant's, by anybody (PART-1); one of another class by the team. */
export function register(id: string, fields: Begun, asker: Person): Decided {
  const { class: asked = 'participant', ...rest } = fields;
  if (asked !== 'participant' && !isTeam(asker)) {
    return no('team-decides', `A project is made ${asked} by the team`, {
      clause: asked === 'core' ? 'SPACE-8' : 'SPACE-1',
      errors: [
        { field: 'body.class', found: asked, allowed: 'participant; ask for its promotion afterwards' },
      ],
    });
  }
  const data = { project: id, ...rest, owner: asker.person, class: asked, how: 'registered' } as const;
  return [{ type: 'project.begun', subject: subjectOf(id), data }];
}

export type ProjectChange = Omit<EventData<'project.changed'>, 'project'>;

/** Changes what is said of a project. Who runs it is for its owner and the team to say, all else for its managers too. */
export function change(id: string, project: Project, fields: ProjectChange, asker: Person): Decided {
  const refused = closedTo(project, asker) ?? notForManagers(project, fields, asker);
  if (refused) return refused;
  const { because, ...said } = fields;
  if (Object.keys(said).length === 0) return [];
  return [{ type: 'project.changed', subject: subjectOf(id), data: { project: id, ...fields } }];
}

function notForManagers({ state }: Project, fields: ProjectChange, asker: Person): No | undefined {
  const field = (['owner', 'managers'] as const).find((each) => fields[each] !== undefined);
  if (field === undefined || isTeam(asker) || asker.person === state.owner) return undefined;
  return no('owner-only', 'Who runs a project is for its owner and the infrateam to say', {
    clause: 'SPACE-5',
    errors: [
      { field: `body.${field}`, found: 'a change by a manager', allowed: 'purpose, people, wiki, hardware' },
    ],
  });
}

/** Why a project cannot be changed by somebody; undefined when it can. */
function closedTo(project: Project, asker: Person): No | undefined {
  const { state } = project;
  if (state.status === 'retired') return retired();
  if (isTeam(asker)) return undefined;
  if (project.class === 'core') {
    return no('not-allowed', 'A core project is changed by the infrateam', {
      clause: 'CORE-4',
      errors: [byWhom('a member of the infrateam')],
    });
  }
  if (runs(state, asker.person)) return undefined;
  return no('not-allowed', 'Only its owner, its managers and the infrateam change a project', {
    clause: project.class === 'space-wide' ? 'SPACE-5' : 'PART-3',
    errors: [byWhom('its owner, its managers, and the infrateam')],
  });
}

/** Who may, of a refusal that is about who asks. */
function byWhom(allowed: string) {
  return { field: 'person', allowed };
}

/** What may be asked of a project, of a refusal that is about how it is. */
function thatIs(found: string, allowed: string) {
  return { field: 'id', found, allowed };
}

function retired(): No {
  return no('retired', 'The project is over: it stays as it is in the register', {
    clause: 'TEAM-4',
    errors: [thatIs('a project that is retired', 'one that is not; register another')],
  });
}

/** One side proposes how the project is managed, and consents with that (SPACE-4). */
export function propose(
  id: string,
  { state }: Project,
  asked: { readonly participant: string; readonly team: string; readonly text: string },
  asker: Person,
): Decided {
  if (state.status === 'retired') return retired();
  const { participant, team } = asked;
  if (!runs(state, participant)) {
    return no('not-a-side', 'The participant in the agreement is the owner or a manager of the project', {
      clause: 'SPACE-4',
      errors: [
        { field: 'body.participant', found: participant, allowed: 'its owner or one of its managers' },
      ],
    });
  }
  if (participant === team) {
    return no('one-side', 'An agreement is between two people', {
      clause: 'SPACE-4',
      errors: [{ field: 'body.team', found: team, allowed: 'another member of the infrateam' }],
    });
  }
  const by = sideOf(asked, asker);
  if (by === undefined) return notASide();
  const data = { project: id, ...asked, by };
  return [{ type: 'project.agreement-proposed', subject: subjectOf(id), data }];
}

/** The other side consents. */
export function consent(id: string, { state }: Project, asker: Person): Decided {
  if (state.status === 'retired') return retired();
  const { proposed } = state;
  if (proposed === undefined) {
    return no('nothing-proposed', 'Nobody has proposed an agreement', {
      clause: 'SPACE-4',
      errors: [thatIs('no agreement', 'a project for which one is proposed; propose it')],
    });
  }
  const side = sideOf(proposed, asker);
  if (side === undefined) return notASide();
  if (side === proposed.by) {
    const other = proposed.by === 'team' ? 'participant' : 'team';
    return no('needs-the-other', 'You proposed it; the other side has to consent', {
      clause: 'SPACE-4',
      errors: [byWhom(`the ${other} whom it names`)],
    });
  }
  return [{ type: 'project.agreed', subject: subjectOf(id), data: { project: id, person: asker.person } }];
}

function notASide(): No {
  return no(
    'not-a-side',
    'Only the two whom the agreement names consent to it: who runs the project, and a full member of the infrateam',
    {
      clause: 'SPACE-4',
      errors: [byWhom('the participant whom it names, or the member of the infrateam')],
    },
  );
}

function sideOf(
  { participant, team }: { readonly participant: string; readonly team: string },
  asker: Person,
): 'participant' | 'team' | undefined {
  if (asker.person === participant) return 'participant';
  return asker.person === team && isTeam(asker) ? 'team' : undefined;
}

/** A full member wants a project to end (SPACE-3); nothing changes until another confirms it. */
export function retire(id: string, { state }: Project, because: string, { person }: Person): Decided {
  if (state.status === 'retired') return retired();
  if (state.status === 'retiring') {
    return no('retiring', 'That was asked for already; another full member confirms it', {
      clause: 'SPACE-3',
      errors: [thatIs('a project that is retiring', 'confirm that, or withdraw it')],
    });
  }
  return [{ type: 'project.retiring', subject: subjectOf(id), data: { project: id, person, because } }];
}

/** Another full member confirms it. */
export function confirmRetirement(id: string, { state }: Project, { person }: Person): Decided {
  if (state.status === 'retired') return retired();
  if (state.retiring === undefined) return notRetiring();
  if (state.retiring.person === person) {
    return no('needs-another', 'Another full member confirms it than who asked for it', {
      clause: 'SPACE-3',
      errors: [byWhom('another full member of the infrateam; you may withdraw it')],
    });
  }
  return [{ type: 'project.retired', subject: subjectOf(id), data: { project: id, how: 'confirmed' } }];
}

/** It goes on after all. */
export function withdrawRetirement(id: string, { state }: Project): Decided {
  if (state.status === 'retired') return retired();
  if (state.retiring === undefined) return notRetiring();
  return [{ type: 'project.retirement-withdrawn', subject: subjectOf(id), data: { project: id } }];
}

function notRetiring(): No {
  return no('not-retiring', 'Nobody asked for the end of this project', {
    clause: 'SPACE-3',
    errors: [thatIs('a project that goes on', 'one that is retiring; ask for its end first')],
  });
}

/** A participant gives up a project of their own; its VMs, if it has any, are deleted by themselves first. */
export function giveUp(id: string, project: Project, vms: readonly string[], asker: Person): Decided {
  const { state } = project;
  if (state.status === 'retired') return retired();
  if (project.class !== 'participant') {
    return no('retire-it', 'It is ended by two full members of the infrateam: ask for its retirement', {
      clause: 'SPACE-3',
      errors: [thatIs(`a ${project.class} project`, 'a project of a participant')],
    });
  }
  if (asker.person !== state.owner && !isTeam(asker)) {
    return no('not-allowed', 'Only its owner and the infrateam give up a project', {
      clause: 'PART-3',
      errors: [byWhom('its owner, and the infrateam')],
    });
  }
  if (vms.length > 0) {
    return no('has-vms', 'Its VMs are deleted first', {
      clause: 'SPACE-7',
      errors: [{ field: 'id', found: `VM ${vms.join(', ')}`, allowed: 'a project without VMs' }],
    });
  }
  return [{ type: 'project.retired', subject: subjectOf(id), data: { project: id, how: 'given-up' } }];
}

/**
 * A project that began with a VM, and has no other, goes with it to who takes it over: what the one before had by it ends, who else is in it
 * stays. `before`: whose the VM was, null where it was nobody's.
 */
export function handOver(
  id: string,
  { class: of, state }: Project,
  { before, person }: { readonly before: string | null; readonly person: string },
): readonly NewProjectEvent[] {
  const { owner, status, managers, people } = state;
  const isTheirs = owner === undefined || owner === before;
  if (of !== 'participant' || status !== 'active' || !isTheirs || owner === person) return [];
  const without = (all: readonly string[]) => all.filter((each) => each !== before);
  const data = {
    project: id,
    owner: person,
    ...(without(managers).length < managers.length && { managers: without(managers) }),
    ...(without(people).length < people.length && { people: without(people) }),
    because: 'Its VM was taken over',
  };
  return [{ type: 'project.changed', subject: subjectOf(id), data }];
}

/** The class follows a decision about the project; the same again changes nothing. */
export function reclassify(
  id: string,
  project: Project,
  to: Class,
  promotion: string,
): readonly NewProjectEvent[] {
  if (project.class === to) return [];
  const data = { project: id, from: project.class, to, promotion };
  return [{ type: 'project.reclassified', subject: subjectOf(id), data }];
}

function subjectOf(id: string): string {
  return `project/${id}`;
}
