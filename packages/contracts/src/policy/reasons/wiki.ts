import type { Phrases } from './phrase.ts';

/** Of the rules that watch design decisions on the wiki, and the page of the infra policy. */
export const wiki = {
  'page-not-named': {
    en: () => 'this design decision was accepted, and names no page of the wiki: write it down there',
    nl: () => 'dit ontwerpbesluit is aangenomen, en er staat geen wikipagina bij: schrijf het op de wiki op',
  },
  'page-missing': {
    en: ({ text = '' }) => `the wiki has no page ${text}: write it, or name the right one`,
    nl: ({ text = '' }) => `de wiki heeft geen pagina ${text}: schrijf die, of noem de goede`,
  },
  'page-blank': {
    en: ({ text = '' }) => `the page ${text} of the wiki says nothing: write down what was decided`,
    nl: ({ text = '' }) => `op de wikipagina ${text} staat niets: schrijf op wat er besloten is`,
  },
  'page-to-nowhere': {
    en: ({ text = '' }) =>
      `the page ${text} of the wiki leads to one that does not exist: mend it, or name the right page`,
    nl: ({ text = '' }) =>
      `de wikipagina ${text} verwijst naar een pagina die niet bestaat: herstel dat, of noem de goede pagina`,
  },
  'page-of-nothing': {
    en: ({ text = '' }) => `${text} is no page of the wiki that can be read: name a page of it`,
    nl: ({ text = '' }) => `${text} is geen leesbare pagina van de wiki: noem een pagina`,
  },
  'no-design-decision': {
    en: () =>
      'no accepted design decision about it is registered: write down on the wiki how it is made, and register that',
    nl: () =>
      'er staat geen aangenomen ontwerpbesluit over in het register: schrijf op de wiki hoe het gemaakt is, en zet dat in het register',
  },
  'wiki-unreadable': {
    en: ({ text = 'it failed', until = '' }) =>
      `the wiki cannot be read since ${until} (${text}): nobody knows whether pages of design decisions are there`,
    nl: ({ text = 'het lukt niet', until = '' }) =>
      `de wiki is sinds ${until} niet te lezen (${text}): of pagina’s van ontwerpbesluiten er nog zijn is onbekend`,
  },
  'page-unreadable': {
    en: ({ text = '', until = '' }) =>
      `nothing can be read of this page of the wiki since ${until} (${text}): nobody knows whether it is still there`,
    nl: ({ text = '', until = '' }) =>
      `deze wikipagina is sinds ${until} niet te lezen (${text}): of hij er nog is, is onbekend`,
  },
  'policy-missing': {
    en: () => 'the infra policy is not where settings name it: restore it, or name where it is now',
    nl: () =>
      'het infrabeleid staat niet waar de instellingen het noemen: zet het terug, of noem waar het nu staat',
  },
  'policy-blank': {
    en: () => 'nothing is in the page or file of the infra policy: restore it, or name where it is now',
    nl: () =>
      'op de pagina of in het bestand met het infrabeleid staat niets: zet het terug, of noem waar het nu staat',
  },
  'policy-unreadable': {
    en: ({ text = 'it failed', until = '' }) =>
      `nothing can be read of the infra policy since ${until} (${text}): nobody knows whether it has changed`,
    nl: ({ text = 'het lukt niet', until = '' }) =>
      `het infrabeleid is sinds ${until} niet te lezen (${text}): of het veranderd is, is onbekend`,
  },
  'policy-newer': {
    en: ({ text = '' }) =>
      `the page of the infra policy has a newer revision (${text}) than is carried out here`,
    nl: ({ text = '' }) =>
      `de pagina met het infrabeleid heeft een nieuwere versie (${text}) dan hier wordt uitgevoerd`,
  },
  'policy-sections': {
    en: ({ text = '' }) => `changed: ${text}`,
    nl: ({ text = '' }) => `gewijzigd: ${text}`,
  },
  'policy-read-it': {
    en: () =>
      'read what changed, see whether settings are to follow, and name that revision as `policy.text.revision` in space.yaml',
    nl: () =>
      'lees wat er veranderd is, kijk of de instellingen mee moeten, en noem die versie als `policy.text.revision` in space.yaml',
  },
} as const satisfies Phrases;
