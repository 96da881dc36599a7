/* Long, since it is a list of what may be decided about a request, each with its refusals. */

import { type Criteria, type No, no, type OpenPoint } from '@huismeester/contracts';
import { type Project, runs } from './project.ts';
import { isTeam, type Person } from './project-decide.ts';
import type { NewPromotionEvent, Promotion } from './promotion.ts';

type Decided = readonly NewPromotionEvent[] | No;

/** For so long another full member may undo what was granted (SPACE-1), ms. */
const undoableMs = 168 * 3_600_000;

export interface Asked {
  readonly project: string;
  readonly kind: 'promotion' | 'one-more-vm';
  readonly to?: 'space-wide' | 'core';
  readonly answers?: Criteria;
  readonly because?: string;
}

/** What is known when somebody asks. */
export interface Knowledge {
  readonly project: Project | undefined;
  /** The requests about this project that are to be decided, or whose decision is not carried out yet. */
  readonly open: readonly string[];
}

/** Asks for another class for a project, or for one more VM for it. */
export function request(id: string, asked: Asked, { project, open }: Knowledge, asker: Person): Decided {
  if (project === undefined) {
    return no('not-found', `There is no project ${asked.project}`, {
      errors: [{ field: 'body.project', found: asked.project, allowed: 'a project of the register' }],
    });
  }
  const refused =
    notNow(project, open) ?? (asked.kind === 'promotion' ? notPromoted : notOneMore)(asked, project, asker);
  if (refused) return refused;
  const data = { promotion: id, person: asker.person, from: project.class, ...asked };
  return [{ type: 'promotion.requested', subject: subjectOf(id), data }];
}

function notNow({ state }: Project, [open]: readonly string[]): No | undefined {
  if (state.status !== 'active') {
    return no('retired', `The project is ${state.status}: nothing is asked for it any more`, {
      clause: 'TEAM-4',
      errors: [{ field: 'body.project', found: state.status, allowed: 'a project that goes on' }],
    });
  }
  if (open === undefined) return undefined;
  return no('open-request', 'A request about this project is to be decided and carried out first', {
    clause: 'SPACE-1',
    errors: [{ field: 'body.project', found: `request ${open}`, allowed: 'one request at a time' }],
  });
}

function notPromoted({ to, answers, because }: Asked, project: Project, asker: Person): No | undefined {
  if (to === undefined) return missing('to', 'space-wide or core', 'SPACE-1');
  if (to === 'core') {
    if (!isTeam(asker)) {
      return no('team-decides', 'The infrateam decides to make a project core', {
        clause: 'SPACE-8',
        errors: [
          { field: 'body.to', found: to, allowed: 'space-wide; a member of the infrateam asks for core' },
        ],
      });
    }
    if (project.class !== 'space-wide') return wrongClass(project, to, 'space-wide', 'SPACE-8');
    return because === undefined ? missing('because', 'why it becomes core', 'SPACE-8') : undefined;
  }
  if (project.class !== 'participant') return wrongClass(project, to, 'participant', 'SPACE-1');
  if (!isOfProject(project, asker)) return notOfProject('PART-5');
  return answers === undefined ? missing('answers', 'facilitates, needed, not-core', 'SPACE-1') : undefined;
}

function notOneMore({ because }: Asked, project: Project, asker: Person): No | undefined {
  if (project.class !== 'space-wide') {
    const [clause, instead] =
      project.class === 'core'
        ? (['CORE-4', 'the infrateam makes it in Proxmox'] as const)
        : (['PART-2', 'make it: a participant’s VM needs no request'] as const);
    return no('not-asked-for', 'One more VM is asked for a space-wide project', {
      clause,
      errors: [{ field: 'body.kind', found: `one-more-vm for a ${project.class} project`, allowed: instead }],
    });
  }
  if (!isOfProject(project, asker)) return notOfProject('SPACE-7');
  return because === undefined ? missing('because', 'what the VM is for', 'SPACE-7') : undefined;
}

function isOfProject({ state }: Project, asker: Person): boolean {
  return isTeam(asker) || runs(state, asker.person);
}

function notOfProject(clause: string): No {
  return no('not-allowed', 'Its owner, its managers and the infrateam ask for a project', {
    clause,
    errors: [byWhom('its owner, its managers, and the infrateam')],
  });
}

function missing(field: string, allowed: string, clause: string): No {
  return no('incomplete', `The request lacks ${field}`, {
    clause,
    errors: [{ field: `body.${field}`, found: 'nothing', allowed }],
  });
}

function wrongClass({ class: is }: Project, to: string, from: string, clause: string): No {
  return no('wrong-class', `The project is ${is}: ${to} is for what is ${from}`, {
    clause,
    errors: [{ field: 'body.to', found: to, allowed: `a project of class ${from}` }],
  });
}

/** Somebody uses it too: shown to who decides, decides nothing (SPACE-1). Once a person. */
export function join(id: string, { project, state }: Promotion, { person }: Person): Decided {
  if (state.status !== 'pending') return decidedAlready(state.status);
  if (state.users.includes(person)) return [];
  return [{ type: 'promotion.joined', subject: subjectOf(id), data: { promotion: id, project, person } }];
}

/** Who asked takes it back. */
export function withdraw(id: string, { project, state }: Promotion, asker: Person): Decided {
  if (state.status !== 'pending') return decidedAlready(state.status);
  if (asker.person !== state.person && !isTeam(asker)) {
    return no('not-allowed', 'Who asked, and the infrateam, withdraw a request', {
      clause: 'PART-5',
      errors: [byWhom('who asked, and the infrateam')],
    });
  }
  return [{ type: 'promotion.withdrawn', subject: subjectOf(id), data: { promotion: id, project } }];
}

export interface Verdict {
  readonly how: 'granted' | 'declined';
  readonly because: string;
  /** The open points that were read, by their clauses. */
  readonly confirm?: readonly OpenPoint['clause'][];
}

/** What is known when it is decided. */
export interface Now {
  readonly project: Project | undefined;
  readonly openPoints: readonly OpenPoint[];
}

/** A full member decides for the team. */
export function decide(
  id: string,
  { project: of, state }: Promotion,
  { how, because, confirm = [] }: Verdict,
  { project, openPoints }: Now,
  { person }: Person,
): Decided {
  if (state.status !== 'pending') return decidedAlready(state.status);
  if (how === 'granted') {
    const refused =
      changedSince(state.from, project) ?? (state.to === 'core' ? unread(openPoints, confirm) : undefined);
    if (refused) return refused;
  }
  const confirmed = confirm.length > 0 && { confirm: [...confirm] };
  const data = { promotion: id, project: of, person, how, because, ...confirmed };
  return [{ type: 'promotion.decided', subject: subjectOf(id), data }];
}

/** Between request and decision the project ended, or has another class. */
function changedSince(from: string, project: Project | undefined): No | undefined {
  if (project !== undefined && project.class === from && project.state.status === 'active') return undefined;
  return changed(project, `decline the request, and ask anew`);
}

function changed(project: Project | undefined, instead: string): No {
  const is = project === undefined ? 'gone' : `${project.class}, ${project.state.status}`;
  return no('changed-since', `The project is ${is} by now; ${instead}`, {
    clause: 'TEAM-4',
    errors: [{ field: 'id', found: `a project that is ${is}`, allowed: instead }],
  });
}

function unread(points: readonly OpenPoint[], confirm: readonly OpenPoint['clause'][]): No | undefined {
  const left = points.filter(({ clause }) => !confirm.includes(clause)).map(({ clause }) => clause);
  if (left.length === 0) return undefined;
  return no('open-points', 'What is open before a project is core is read first, and confirmed', {
    clause: 'SPACE-8',
    errors: [
      {
        field: 'body.confirm',
        found: confirm.join(', ') || 'nothing',
        allowed: points.map(({ clause }) => clause).join(', '),
      },
    ],
  });
}

/** Another full member undoes what was granted, within a week. */
export function undo(
  id: string,
  { project: of, state }: Promotion,
  because: string,
  { project, now }: { readonly project: Project | undefined; readonly now: Date },
  { person }: Person,
): Decided {
  const { status, decision, to, from } = state;
  if (status !== 'granted' || decision === undefined) {
    return no('not-granted', `It is ${status}: only what was granted is undone`, {
      clause: 'SPACE-1',
      errors: [{ field: 'id', found: `a request that is ${status}`, allowed: 'one that is granted' }],
    });
  }
  if (decision.by === person) {
    return no('needs-another', 'Another full member undoes it than who granted it', {
      clause: 'SPACE-1',
      errors: [byWhom('another full member of the infrateam')],
    });
  }
  if (now.getTime() - Date.parse(decision.at) > undoableMs) {
    return no('too-late', 'What was granted is undone within a week; ask for another decision', {
      clause: 'SPACE-1',
      errors: [{ field: 'id', found: `granted at ${decision.at}`, allowed: 'within 168 hours' }],
    });
  }
  const isStillSo = to === undefined || project?.class === to || project?.class === from;
  if (project?.state.status === 'retired' || !isStillSo)
    return changed(project, 'what it is now is for another request');
  const data = { promotion: id, project: of, person, because };
  return [{ type: 'promotion.undone', subject: subjectOf(id), data }];
}

function decidedAlready(status: string): No {
  return no('decided', `The request is ${status} already`, {
    clause: 'SPACE-1',
    errors: [{ field: 'id', found: `a request that is ${status}`, allowed: 'one that is pending' }],
  });
}

/** Who may, of a refusal that is about who asks. */
function byWhom(allowed: string) {
  return { field: 'person', allowed };
}

/**
 * What is known of a project before it becomes core (SPACE-8), by the clause that applies from then on. Whether something probes it, whose
 * hardware it stands on and who has access is not known here: that is for the team to answer.
 */
export function openPoints({ state }: Project, vms: readonly string[]): OpenPoint[] {
  const ofVms = vms.length > 0 && { vms: [...vms] };
  const isRunByOthers = state.owner !== undefined || state.managers.length > 0;
  return [
    { clause: 'CORE-1', state: 'to-be-answered', ...ofVms },
    { clause: 'CORE-2', state: 'to-be-answered' },
    { clause: 'CORE-4', state: isRunByOthers ? 'open' : 'to-be-answered' },
    { clause: 'CORE-5', state: state.wiki === undefined ? 'open' : 'to-be-answered' },
    { clause: 'CORE-6', state: 'to-be-answered', ...ofVms },
  ];
}

function subjectOf(id: string): string {
  return `promotion/${id}`;
}
