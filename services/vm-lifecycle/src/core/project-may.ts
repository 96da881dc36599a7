import { type No, no } from '@huismeester/contracts';
import { type Project, runs } from './project.ts';

/** Why a VM of this project may not be deleted; undefined when it may: a participant's, and one of a project that was retired. */
export function refuseDeletion(project: Project | undefined): No | undefined {
  if (project === undefined || project.class === 'participant' || project.state.status === 'retired')
    return undefined;
  return no('project-not-retired', 'Its project is retired first, by two full members of the infrateam', {
    clause: 'SPACE-3',
    errors: [{ field: 'id', found: `a project that is ${project.state.status}`, allowed: 'retired' }],
  });
}

/** Why a person may not make a VM for this project; `isGranted`: one more VM was granted and is not made yet. */
export function refuseCreation(
  id: string,
  project: Project | undefined,
  { person, isGranted }: { readonly person: string; readonly isGranted: boolean },
): No | undefined {
  if (project === undefined) {
    return no('no-such-project', `There is no project ${id}`, {
      clause: 'PART-2',
      errors: [{ field: 'body.project', found: id, allowed: 'a project of the register, or none' }],
    });
  }
  const { class: of, state } = project;
  if (state.status !== 'active') {
    return no('retired', `The project is ${state.status}: no VM is made for it any more`, {
      clause: 'TEAM-4',
      errors: [{ field: 'body.project', found: state.status, allowed: 'a project that goes on, or none' }],
    });
  }
  if (of === 'core') {
    return no('not-allowed', 'A VM for core infra is made by the infrateam, in Proxmox', {
      clause: 'CORE-4',
      errors: [{ field: 'body.project', found: 'a core project', allowed: 'a project of another class' }],
    });
  }
  if (!runs(state, person) && !(of === 'participant' && state.people.includes(person))) {
    return no('not-allowed', 'A VM for a project is made by who is in it', {
      clause: of === 'space-wide' ? 'SPACE-5' : 'PART-3',
      errors: [{ field: 'body.project', found: id, allowed: 'a project that you are in, or none' }],
    });
  }
  if (of === 'participant' || isGranted) return undefined;
  return no('ask-first', 'One more VM for a space-wide project is asked for, and granted by a full member', {
    clause: 'SPACE-7',
    errors: [{ field: 'body.project', found: 'no grant', allowed: 'ask for it with POST /promotions' }],
  });
}
