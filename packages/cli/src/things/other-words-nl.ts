import type { Words } from './words-en.ts';

export const impact: Words['impact'] = {
  title: (what) => `Als ${what} uitvalt, gaat dit mee, het dichtste eerst (kijken verandert niets):`,
  nothing: (what) => `Voor zover bekend gaat er niets mee met ${what}.`,
  heads: { what: 'wat', core: 'core voor', because: 'want het', people: 'wie je vraagt' },
  weakened: 'Dit gaat door, met één minder van wat het nodig heeft:',
  because: (kind, on) => `${kind} ${on}`,
};

export const steward: Words['steward'] = {
  heads: { item: 'item', person: 'wie', role: 'rol', since: 'sinds', counts: 'telt tot' },
  nothing:
    'Van niemand staat vast dat die iets kan beheren: `huismeester steward learn ITEM` zegt dat jij het leert.',
  noneOf: (item) => `Van niemand staat vast dat die ${item} kan beheren.`,
  over: 'niet meer',
  learns: (who, item) => `${who} leert ${item} beheren`,
  promoted: (who, item) => `${who} kan ${item} zelfstandig beheren`,
  confirmed: (item, until) => `Genoteerd: je kunt ${item} nog beheren. Het telt tot ${until}`,
  removed: (who, item) => `${who} staat niet meer bij ${item}`,
  notOnRecord: (who, item) => `${who} staat niet bij ${item}: \`huismeester steward list ${item}\``,
  nothingToConfirm:
    'Je beheert niets: wie leert, wordt door een ander bevestigd, `huismeester steward promote`.',
  noPerson: 'wie jij bent is hier niet bekend: log in met `huismeester login`, of noem de persoon',
};

export const design: Words['design'] = {
  heads: { id: 'id', status: 'status', of: 'van', page: 'wikipagina', read: 'de wiki zegt', title: 'titel' },
  nothing:
    'Er staat geen ontwerpbesluit in het register: `huismeester design add "Eén VLAN voor gasten" --item sw1 --page VLANs --status accepted`.',
  statuses: { proposed: 'voorgesteld', accepted: 'aangenomen', superseded: 'vervangen' },
  states: {
    found: 'is er',
    blank: 'leeg',
    missing: 'bestaat niet',
    'redirect-to-nowhere': 'verwijst naar niets',
    'not-a-page': 'geen pagina',
  },
  unread: 'nog niet bekeken',
  unconfirmed: (text) => `${text} (één keer; na 6 uur wordt weer gekeken)`,
  unknown: (text, why) => `${text}, eerder; nu niet te lezen: ${why}`,
  noPage: 'geen genoemd',
  labels: {
    status: 'status',
    by: 'vervangen door',
    of: 'van',
    page: 'pagina',
    url: 'URL',
    read: 'de wiki zegt',
    revision: 'versie',
    since: 'in register',
  },
  revised: (revision, at) => `${revision}, van ${at}`,
  unknownDecision: (id) => `er is geen ontwerpbesluit ${id}: \`huismeester design list\` laat ze zien`,
  registered: (id, title) => `${title} staat in het register, als ${id}`,
  changed: (title) => `${title} is veranderd`,
  removed: (title) => `${title} staat niet meer in het register; de pagina blijft`,
  looked: 'Bekeken.',
  made: (title, url) => `De pagina van ${title} is gemaakt: ${url}`,
};
