import type { Phrases } from './phrase.ts';

/** Of the rule that watches the register of things. */
export const things = {
  'one-steward': {
    en: () =>
      'one full member can run it without help: another one is to learn it, or to confirm that they still can',
    nl: () =>
      'maar één volledig lid kan dit zelfstandig beheren: laat nog iemand het leren, of laat iemand bevestigen dat het nog lukt',
  },
  'no-core-steward': {
    en: () =>
      'no full member can run it without help: somebody is to learn it, or to confirm that they still can',
    nl: () =>
      'geen enkel volledig lid kan dit zelfstandig beheren: laat iemand het leren, of laat iemand bevestigen dat het nog lukt',
  },
  'no-steward': {
    en: () => 'nobody can run it without help: somebody is to learn it, or to confirm that they still can',
    nl: () =>
      'niemand kan dit zelfstandig beheren: laat iemand het leren, of laat iemand bevestigen dat het nog lukt',
  },
  'item-not-watched': {
    en: () =>
      'it must be available, and nothing watches it: let it stand for the probe, switch, UPS, node or VM that it is, or name a probe in space.yaml and link it to that',
    nl: () =>
      'het moet het altijd doen, en niets let erop: koppel het aan de probe, switch, UPS, node of VM die het is, of noem een probe in space.yaml en leg daar een verband mee',
  },
  'stands-for-nothing': {
    en: ({ text = '' }) =>
      `it must be available, and nothing watches it: it stands for ${text}, which nobody sees any more`,
    nl: ({ text = '' }) =>
      `het moet het altijd doen, en niets let erop: het staat voor ${text}, en dat is nergens meer te zien`,
  },
  'access-not-recorded': {
    en: ({ text = '' }) =>
      `it must be confidential, and who has access is nowhere on record: keep a list with the id ${text}, or ${text}- and more`,
    nl: ({ text = '' }) =>
      `het moet vertrouwelijk zijn, en nergens staat wie erbij kan: houd een lijst bij met als id ${text}, of ${text}- met iets erachter`,
  },
  'on-loaned': {
    en: ({ text = '' }) =>
      `it is core, and runs on ${text}, which is loaned: move it to hardware of the foundation, or rented by it`,
    nl: ({ text = '' }) =>
      `het is core-infra, en draait op ${text}, en dat is geleend: verplaats het naar hardware die van de stichting is, of die zij huurt`,
  },
  'on-private': {
    en: ({ text = '' }) =>
      `it is core, and runs on ${text}, which is somebody’s own: move it to hardware of the foundation, or rented by it`,
    nl: ({ text = '' }) =>
      `het is core-infra, en draait op ${text}, en dat is van iemand zelf: verplaats het naar hardware die van de stichting is, of die zij huurt`,
  },
  'on-rent-over': {
    en: ({ text = '', until = '' }) =>
      `it is core, and runs on ${text}, of which the rent was over on ${until}: say until when it is rented now, or move it`,
    nl: ({ text = '', until = '' }) =>
      `het is core-infra, en draait op ${text}, en de huur daarvan is voorbij sinds ${until}: zeg tot wanneer de huur nu loopt, of verplaats het`,
  },
  'rent-ends': {
    en: ({ text = '', until = '' }) =>
      `core runs on ${text}, of which the rent is over on ${until}: renew it, or move core to other hardware`,
    nl: ({ text = '', until = '' }) =>
      `core-infra draait op ${text}, en de huur daarvan is voorbij op ${until}: verleng de huur, of verplaats de core-infra naar andere hardware`,
  },
  'tenure-not-said': {
    en: ({ text = '' }) =>
      `it is core or core runs on it, and nobody said whose ${text} is: say so in the register`,
    nl: ({ text = '' }) =>
      `het is core-infra of er draait core-infra op, en niemand heeft gezegd van wie ${text} is: zet dat in het register`,
  },
  'hardware-not-registered': {
    en: ({ text = '' }) =>
      `it is core or core runs on it, and nobody said whose ${text} is: register it, with whose it is or on what it runs`,
    nl: ({ text = '' }) =>
      `het is core-infra of er draait core-infra op, en niemand heeft gezegd van wie ${text} is: zet het in het register, met van wie het is of waar het op draait`,
  },
} as const satisfies Phrases;
