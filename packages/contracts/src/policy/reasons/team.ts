import type { Phrases } from './phrase.ts';

/** Of the rule that watches who is of the team: what the register says, and what the directory says. */
export const team = {
  'register-full': {
    en: () => 'the register of the team has this person as a full member',
    nl: () => 'in het register van het team staat deze persoon als volledig lid',
  },
  'register-trial': {
    en: () => 'the register of the team has this person as on trial',
    nl: () => 'in het register van het team staat deze persoon met een proefperiode',
  },
  'register-suspended': {
    en: () => 'the register of the team has this person as suspended',
    nl: () => 'in het register van het team staat deze persoon als geschorst',
  },
  'register-former': {
    en: () => 'the register of the team has this person as a former member',
    nl: () => 'in het register van het team staat deze persoon als oud-lid',
  },
  'register-none': {
    en: () => 'this person is not in the register of the team',
    nl: () => 'deze persoon staat niet in het register van het team',
  },
  'in-team-groups': {
    en: ({ text = '' }) => `of the groups team and trial, the directory has this person in ${text}`,
    nl: ({ text = '' }) => `van de groepen team en trial zit deze persoon volgens de directory in ${text}`,
  },
  'in-no-team-group': {
    en: () => 'the directory has this person in neither of the groups team and trial',
    nl: () => 'volgens de directory zit deze persoon in geen van de groepen team en trial',
  },
  'account-disabled': {
    en: () => 'the account is disabled in the directory',
    nl: () => 'het account is in de directory uitgeschakeld',
  },
  'not-in-directory': {
    en: () => 'the directory does not have this person',
    nl: () => 'deze persoon staat niet in de directory',
  },
  'reaches-core': {
    en: () => 'whatever goes by the group team alone lets this person in, also to core (CORE-4)',
    nl: () =>
      'alles wat alleen naar de groep team kijkt laat deze persoon binnen, ook bij core-infra (CORE-4)',
  },
  'uid-of-another': {
    en: ({ text = '' }) =>
      `the uid was that of ${text} before: this is another person, who inherits nothing; somebody of the team has to confirm that`,
    nl: ({ text = '' }) =>
      `de uid was eerst van ${text}: dit is iemand anders, die niets erft; iemand van het team moet dat bevestigen`,
  },
  'ids-changed': {
    en: ({ text = '' }) =>
      `the directory gave ${text} people another id at once, so they are known by their uid; somebody of the team has to confirm that`,
    nl: ({ text = '' }) =>
      `de directory gaf ${text} mensen tegelijk een ander id, dus we kennen ze aan hun uid; iemand van het team moet dat bevestigen`,
  },
} as const satisfies Phrases;
