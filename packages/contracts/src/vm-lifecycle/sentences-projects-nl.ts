import type { SentencesOf } from '../wording.ts';
import { classes } from '../wording-nl.ts';
import type { events } from './projects.ts';

const begun = { registered: 'staat nu in het register', 'with-vm': 'begon met zijn VM' } as const;
const retired = { confirmed: 'is beëindigd', 'given-up': 'is opgegeven' } as const;
const decided = { granted: 'toegekend', declined: 'afgewezen' } as const;

/** What each event of projects says, in Dutch. */
export const nl: SentencesOf<typeof events>['nl'] = {
  'project.begun': ({ project, title, class: of, how }) =>
    `project ${project} (${title}, ${classes[of]}) ${begun[how]}`,
  'project.changed': ({ project }) => `wat er over project ${project} staat, is gewijzigd`,
  'project.agreement-proposed': ({ project, by }) =>
    `${by === 'team' ? 'het team' : 'de deelnemer'} stelde afspraken voor over project ${project}`,
  'project.agreed': ({ project }) => `beide kanten zijn het eens over de afspraken over project ${project}`,
  'project.reclassified': ({ project, from, to }) =>
    `project ${project} ging van ${classes[from]} naar ${classes[to]}`,
  'project.retiring': ({ project, because }) =>
    `iemand van het team wil project ${project} beëindigen (${because}); een ander teamlid moet dat bevestigen`,
  'project.retirement-withdrawn': ({ project }) => `project ${project} gaat toch door`,
  'project.retired': ({ project, how }) => `project ${project} ${retired[how]}`,
  'promotion.requested': ({ project, kind, to }) =>
    kind === 'one-more-vm'
      ? `er is nog een VM gevraagd voor project ${project}`
      : `er is gevraagd om project ${project} ${to === undefined ? 'te veranderen' : `${classes[to]} te maken`}`,
  'promotion.joined': ({ project }) => `nog iemand gebruikt project ${project}`,
  'promotion.withdrawn': ({ project }) => `de aanvraag over project ${project} is ingetrokken`,
  'promotion.decided': ({ project, how, because }) =>
    `de aanvraag over project ${project} is ${decided[how]}: ${because}`,
  'promotion.undone': ({ project, because }) =>
    `wat over project ${project} was toegekend, is teruggedraaid: ${because}`,
  'promotion.move-begun': ({ vm, pool }) => `VM ${vm} gaat naar pool ${pool}`,
  'promotion.move-failed': ({ vm, pool, error }) =>
    `VM ${vm} kon niet naar pool ${pool}: ${error}; het wordt nog eens geprobeerd`,
  'promotion.moved': ({ vm, pool }) => `VM ${vm} staat in pool ${pool}`,
  'promotion.carried-out': ({ project, class: of }) =>
    `project ${project} is nu ${classes[of]}, en zijn VM’s ook`,
};
