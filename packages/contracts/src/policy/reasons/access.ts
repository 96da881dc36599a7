import type { Phrases } from './phrase.ts';

/** Of the rule that watches who really has admin access. */
export const access = {
  'admin-on': {
    en: ({ text = '' }) => `admin rights on ${text}`,
    nl: ({ text = '' }) => `beheerrechten op ${text}`,
  },
  'account-of-nobody': {
    en: () =>
      'nobody said whose this account is: say whose it is, register it as a service account, or take its rights away',
    nl: () =>
      'niemand heeft gezegd van wie dit account is: zeg van wie het is, meld het aan als serviceaccount, of haal de rechten weg',
  },
  'trial-without-core': {
    en: () => 'the register of the team has this person as on trial, and core was not granted to them',
    nl: () =>
      'in het register van het team staat deze persoon met een proefperiode, en heeft nog geen toestemming voor core-infra',
  },
  'in-access-list': {
    en: ({ text = '' }) =>
      `the list ${text}, which is kept by hand, says that this person has admin access to core`,
    nl: ({ text = '' }) =>
      `in de lijst ${text}, die met de hand wordt bijgehouden, staat dat deze persoon bij core-infra kan`,
  },
  'list-not-confirmed': {
    en: ({ until = '' }) => `nobody has looked at this list since ${until}: check it, and confirm it`,
    nl: ({ until = '' }) => `niemand heeft deze lijst bekeken sinds ${until}: loop hem na en bevestig hem`,
  },
  'steward-none': {
    en: () => 'nobody looks after this service account: register it again, with a steward',
    nl: () => 'niemand zorgt voor dit serviceaccount: meld het opnieuw aan, met iemand die ervoor zorgt',
  },
  'steward-gone': {
    en: () =>
      'who looks after this service account is no longer in the team, and has no account in the directory that may be used: register it again, with another steward',
    nl: () =>
      'wie voor dit serviceaccount zorgt zit niet meer in het team en heeft geen bruikbaar account meer in de directory: meld het opnieuw aan, met iemand anders die ervoor zorgt',
  },
  'service-not-reviewed': {
    en: ({ text = '' }) => `somebody was to look at this service account again by ${text}`,
    nl: ({ text = '' }) => `iemand zou dit serviceaccount uiterlijk ${text} weer bekijken`,
  },
} as const satisfies Phrases;
