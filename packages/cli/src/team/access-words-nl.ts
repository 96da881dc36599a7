import type { Words } from './words-en.ts';

export const access: Words['access'] = {
  heads: { account: 'account', source: 'bij', whose: 'van wie', state: 'stand', on: 'mag, op', id: 'id' },
  nothing:
    'Er is geen account met beheerrechten op core bekend: `huismeester access sources` zegt waar er gekeken is.',
  whose: {
    member: 'volledig lid',
    'granted-trial': 'proeflid dat core mag',
    service: 'serviceaccount',
    'built-in': 'van het begin af bekend',
    other: 'niet in het team',
    nobody: 'voor zover bekend van niemand',
  },
  person: (who, whose) => `${who} (${whose})`,
  states: { admin: 'beheer', asleep: 'uitgezet of verlopen' },
  labels: { whose: 'van wie', state: 'stand', service: 'waarvoor', rights: 'mag, op', away: 'weghalen' },
  service: (purpose, review, steward) => `${purpose}; opnieuw te bekijken op ${review} door ${steward}`,
  nothingRuns: 'Huismeester haalt zelf geen rechten weg. Op een node, of waar de directory beheerd wordt:',
  toAssign: (id) =>
    `Van wie is het? \`huismeester access owner ${id} UID\`, of \`huismeester service-account register ${id}\`.`,
  toShow: 'Waaruit dat blijkt, en wat rechten weghaalt: `huismeester access show ACCOUNT`.',
  sourceHeads: { source: 'waar', state: 'stand', read: 'gelezen', accounts: 'accounts', note: 'opmerking' },
  sourceStates: { known: 'bekend', unknown: 'onbekend', 'not-set-up': 'niet ingesteld' },
  noSources: 'Er is niets om te bekijken: geen hypervisor, en geen directory.',
  owned: (account, who) => `${account} is van ${who}`,
  unowned: (account) => `van wie ${account} is, staat hier niet meer vast`,
  noList: (list) => `er is geen lijst ${list}: \`huismeester access lists\` laat ze zien`,
  notFound: (account) => `account ${account} is niet bekend: \`huismeester access\` laat ze zien`,
  several: (count, name, ids) => `${count} accounts heten ${name}: kies uit ${ids}`,
  listHeads: { id: 'id', kind: 'soort', core: 'core', people: 'wie', due: 'bevestigen', title: 'titel' },
  kinds: { access: 'toegang', secret: 'gedeeld geheim' },
  core: 'core',
  noLists:
    'Er is geen lijst die met de hand bijgehouden wordt: `huismeester access lists record ID --title … --person UID`.',
  recorded: (title, count) => `${title}: ${count} ${count === 1 ? 'persoon' : 'mensen'}`,
  confirmed: (title, due) => `${title} klopt; iemand bevestigt het opnieuw voor ${due}`,
  ended: (id) => `De lijst ${id} wordt niet meer bijgehouden`,
  sayTitle:
    'een nieuwe lijst heeft --title nodig, en --person UID voor iedereen met toegang (niemand: --person none)',
};

export const serviceAccount: Words['serviceAccount'] = {
  heads: { account: 'account', source: 'bij', review: 'opnieuw', steward: 'beheerder', purpose: 'waarvoor' },
  nothing:
    'Er is geen serviceaccount geregistreerd: `huismeester service-account register ACCOUNT --purpose …`.',
  builtIn: 'van het begin af bekend',
  registered: (account, review) => `${account} is een serviceaccount, opnieuw te bekijken op ${review}`,
  forgotten: (account) => `${account} is geen serviceaccount meer`,
  saySource: (name, sources) =>
    `account ${name} met beheerrechten is niet bekend; is het er zonder die rechten: --source, een van ${sources}`,
};
