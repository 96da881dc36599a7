import type { Phrases } from './phrase.ts';

/** Of the rule that watches the register of projects. */
export const projects = {
  'no-agreement': {
    en: () =>
      'it has been space-wide for 30 days, and how it is managed was not agreed upon: its participant or the team proposes that, and the other consents',
    nl: () =>
      'het is al 30 dagen space-breed, en er zijn nog geen afspraken over het beheer: de deelnemer of het team stelt ze voor, en de ander stemt in',
  },
  'vm-destroyed': {
    en: ({ vm = '' }) => `VM ${vm} of it was destroyed, and nobody had retired the project`,
    nl: ({ vm = '' }) => `VM ${vm} van dit project is verwijderd, terwijl het project niet was beëindigd`,
  },
  'not-in-pool': {
    en: ({ vm = '', text = '' }) =>
      `the project is ${text}, and for a day its VM ${vm} has stood in the pool of another class`,
    nl: ({ vm = '', text = '' }) =>
      `het project is ${text}, en zijn VM ${vm} staat al een dag in de pool van een andere klasse`,
  },
} as const satisfies Phrases;
