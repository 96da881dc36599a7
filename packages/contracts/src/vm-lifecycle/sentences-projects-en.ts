import type { SentencesOf } from '../wording.ts';
import type { events } from './projects.ts';

const begun = { registered: 'was put into the register', 'with-vm': 'began with its VM' } as const;
const retired = { confirmed: 'is retired', 'given-up': 'was given up' } as const;

/** What each event of projects says, in English; a title names no person. */
export const en: SentencesOf<typeof events>['en'] = {
  'project.begun': ({ project, title, class: of, how }) =>
    `project ${project} (${title}, ${of}) ${begun[how]}`,
  'project.changed': ({ project }) => `what is said of project ${project} was changed`,
  'project.agreement-proposed': ({ project, by }) =>
    `an agreement about project ${project} was proposed by ${by === 'team' ? 'the team' : 'its participant'}`,
  'project.agreed': ({ project }) => `both sides consented to the agreement about project ${project}`,
  'project.reclassified': ({ project, from, to }) => `project ${project} went from ${from} to ${to}`,
  'project.retiring': ({ project, because }) =>
    `the end of project ${project} was asked for (${because}); another full member is to confirm it`,
  'project.retirement-withdrawn': ({ project }) => `project ${project} goes on after all`,
  'project.retired': ({ project, how }) => `project ${project} ${retired[how]}`,
  'promotion.requested': ({ project, kind, to }) =>
    kind === 'one-more-vm'
      ? `one more VM was asked for project ${project}`
      : `it was asked to make project ${project} ${to ?? ''}`.trimEnd(),
  'promotion.joined': ({ project }) => `somebody else uses project ${project} too`,
  'promotion.withdrawn': ({ project }) => `the request about project ${project} was withdrawn`,
  'promotion.decided': ({ project, how, because }) =>
    `the request about project ${project} was ${how}: ${because}`,
  'promotion.undone': ({ project, because }) =>
    `what was granted about project ${project} was undone: ${because}`,
  'promotion.move-begun': ({ vm, pool }) => `about to move VM ${vm} to pool ${pool}`,
  'promotion.move-failed': ({ vm, pool, error }) =>
    `VM ${vm} was not moved to pool ${pool}: ${error}; it will be tried again`,
  'promotion.moved': ({ vm, pool }) => `VM ${vm} stands in pool ${pool}`,
  'promotion.carried-out': ({ project, class: of }) => `project ${project} is ${of}, and so are its VMs`,
};
