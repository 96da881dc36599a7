import type { Phrases } from './phrase.ts';

/** Of the rules that watch the board member in the team, admission to the team, and trials. */
export const admission = {
  'no-board-member': {
    en: () => 'no board member is in the team, on trial or full',
    nl: () => 'er zit geen bestuurslid in het team, ook niet op proef',
  },
  'waits-for-board': {
    en: () => 'the team approved, and no board member in the team could veto it: it waits',
    nl: () =>
      'het team is akkoord, maar er zit geen bestuurslid in het team dat een veto kan geven: het wacht',
  },
  'waits-for-team': {
    en: () => 'there is no full member who may vote: a board member appoints',
    nl: () => 'er is geen volledig lid dat mag stemmen: een bestuurslid benoemt',
  },
  'trial-over': {
    en: ({ until = '' }) =>
      `the trial was until ${until}, and the team has decided nothing: one full member proposes to confirm, extend or end it, another confirms that`,
    nl: ({ until = '' }) =>
      `de proefperiode liep tot ${until}, en het team heeft niets besloten: een volledig lid stelt voor om te bevestigen, te verlengen of te stoppen, een ander bevestigt dat`,
  },
} as const satisfies Phrases;
