import type { Phrases } from './phrase.ts';

/** Of the rule that watches whether the board gets its report. */
export const report = {
  'report-unsent': {
    en: ({ text = '' }) =>
      `for a week it has reached nobody of the board${text === '' ? ': no board member is in the team, and settings name no `board.address`' : ` (${text})`}`,
    nl: ({ text = '' }) =>
      `het bereikt al een week niemand van het bestuur${text === '' ? ': er zit geen bestuurslid in het team, en de instellingen noemen geen `board.address`' : ` (${text})`}`,
  },
  'report-unmade': {
    en: () => 'for a week it is due, and could not be made: a log was not read, or the clock is not believed',
    nl: () =>
      'het had al een week geleden gemaakt moeten worden: een log is niet gelezen, of de klok is niet te vertrouwen',
  },
} as const satisfies Phrases;
