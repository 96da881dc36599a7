import type { Phrases } from './phrase.ts';

/** Of the rule that watches whether notices reach people. */
export const notices = {
  'notice-refused': {
    en: ({ text = '' }) =>
      `mail to this person is refused for good (${text}): put the address in the directory right`,
    nl: ({ text = '' }) =>
      `mail aan deze persoon wordt geweigerd (${text}): zet het juiste adres in de ledenadministratie`,
  },
  'no-mail-address': {
    en: () => 'the directory has no address of this person that mail can go to',
    nl: () => 'de ledenadministratie heeft geen bruikbaar mailadres van deze persoon',
  },
  'mail-fails': {
    en: ({ text = '' }) => `no mail gets out: ${text}; no lease ends until it does`,
    nl: ({ text = '' }) => `er gaat geen mail de deur uit: ${text}; tot die tijd gaat er geen VM uit`,
  },
  'mains-lost': {
    en: () => 'mains failed, and the battery feeds what hangs on it',
    nl: () => 'de netstroom is weg; alles draait op de accu',
  },
} as const satisfies Phrases;
