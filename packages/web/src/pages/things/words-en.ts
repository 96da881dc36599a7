import { things as terms } from '@huismeester/contracts/sentences-en';

/** Texts of the pages about things. */
export interface Words {
  readonly terms: typeof terms;
  readonly lead: string;
  readonly search: string;
  readonly found: (count: number) => string;
  readonly notFound: (text: string) => string;
  readonly retiredToo: string;
  readonly empty: string;
  readonly emptyNext: string;
  readonly add: string;
  readonly addAnother: (place: string) => string;
  readonly addTitle: string;
  readonly addAct: string;
  /** States as services say them, in words; one that is not here is said as it is. */
  readonly seenStates: Readonly<Record<string, string>>;
  readonly labels: string;
  readonly labelsLead: string;
  readonly print: string;
  readonly labelOf: (name: string) => string;
  readonly importing: string;
  readonly importLead: string;
  readonly importWhich: string;
  readonly importItems: string;
  readonly importCables: string;
  readonly file: string;
  readonly noFile: string;
  readonly look: string;
  readonly importNow: string;
  readonly wouldDo: (made: number, changed: number, same: number) => string;
  readonly didDo: (made: number, changed: number, same: number) => string;
  readonly download: (what: string) => string;
  readonly name: string;
  readonly id: string;
  readonly idHint: string;
  readonly kind: string;
  readonly layer: string;
  readonly layers: (layer: string) => string;
  readonly life: string;
  readonly core: string;
  readonly spaceWide: string;
  readonly place: string;
  readonly placeHint: string;
  readonly tenure: string;
  readonly tenureKinds: Readonly<Record<'unsaid' | 'owned' | 'rented' | 'loaned' | 'private', string>>;
  readonly party: string;
  readonly until: string;
  readonly standsFor: string;
  readonly standsForHint: string;
  readonly note: string;
  readonly untilDay: (day: string) => string;
  readonly noEnd: string;
  readonly somebody: string;
  readonly noTenure: string;
  readonly notInfra: string;
  readonly seen: string;
  readonly unseen: string;
  readonly since: string;
  readonly save: (name: string) => string;
  readonly saved: (name: string) => string;
  readonly added: (name: string) => string;
  readonly change: (name: string) => string;
  readonly retire: (name: string) => string;
  readonly retireWhy: string;
  readonly retired: (name: string) => string;
  readonly needs: string;
  readonly needsNothing: string;
  readonly how: string;
  readonly need: string;
  readonly needHint: string;
  readonly addNeed: string;
  readonly noMore: string;
  readonly noMoreOf: (how: string, to: string) => string;
  readonly or: string;
  readonly stewards: string;
  readonly noStewards: string;
  readonly counts: (until: string) => string;
  readonly countsNoMore: string;
  readonly learn: string;
  readonly learnOf: (name: string) => string;
  readonly stillCan: string;
  readonly stillCanOf: (name: string) => string;
  readonly promote: (who: string) => string;
  readonly stop: string;
  readonly stopOf: (who: string, name: string) => string;
  readonly cables: string;
  readonly noCables: string;
  readonly free: string;
  readonly states: Readonly<Record<'planned' | 'laid' | 'broken', string>>;
  readonly impact: string;
  readonly impactLead: string;
  readonly nothingGoes: string;
  readonly goes: string;
  readonly weakened: string;
  readonly ask: string;
  readonly forTeam: string;
  readonly forUs: string;
  readonly proposals: string;
  readonly proposalsLead: string;
  readonly noProposals: string;
  readonly register: string;
  readonly registerOf: (name: string) => string;
  readonly dismiss: string;
  readonly dismissOf: (name: string) => string;
  readonly dismissed: (name: string) => string;
  readonly registered: (name: string) => string;
}

const words: Words = {
  terms,
  lead: 'What there is, whose it is, where it is, and who can run it.',
  search: 'Search by name, kind, place or person',
  found: (count) => (count === 1 ? '1 item' : `${count} items`),
  notFound: (text) => `Nothing is called “${text}”. Try another word, or register it.`,
  retiredToo: 'Show what is retired too',
  empty: 'Nothing is registered yet.',
  emptyNext: 'Register what is seen below, add it by hand, or import a spreadsheet.',
  add: 'Add an item',
  addAnother: (place) => `Add another at ${place}`,
  addTitle: 'Add an item',
  addAct: 'Register it',
  seenStates: { 'on-mains': 'on mains', 'on-battery': 'on battery', online: 'on', offline: 'off' },
  labels: 'Labels',
  labelsLead: 'A label with a QR code for each item: whoever scans it sees what it is.',
  print: 'Print',
  labelOf: (name) => `Label of ${name}`,
  importing: 'Import',
  importLead:
    'A CSV file from a spreadsheet. All of it is taken, or nothing. What is not in it stays as it is.',
  importWhich: 'What is in it',
  importItems: 'items',
  importCables: 'cables',
  file: 'File',
  noFile: 'Choose a file first.',
  look: 'See what it would change',
  importNow: 'Import it',
  wouldDo: (made, changed, same) =>
    `It would make ${made}, change ${changed}, and leave ${same} as they are.`,
  didDo: (made, changed, same) => `${made} made, ${changed} changed, ${same} left as they were.`,
  download: (what) => `All ${what} as CSV`,
  name: 'Name',
  id: 'Id',
  idHint: 'Left empty it is made of the name.',
  kind: 'Kind',
  layer: 'Layer',
  layers: (layer) => (layer === 'supporting' ? 'supporting' : `OSI ${layer}`),
  life: 'Life',
  core: 'Core for',
  spaceWide: 'It serves the whole space',
  place: 'Place',
  placeHint: 'Such as: rack, unit 7.',
  tenure: 'Whose',
  tenureKinds: {
    unsaid: 'nobody said',
    owned: 'the foundation’s',
    rented: 'rented',
    loaned: 'on loan',
    private: 'somebody’s own',
  },
  party: 'Of whom (an organisation)',
  until: 'Until and including',
  standsFor: 'Stands for',
  standsForHint: 'What Huismeester sees of it, such as switch/sw1, node/pve-pve1 or vm/104.',
  note: 'Note',
  untilDay: (day) => `, until and including ${day}`,
  noEnd: ', without an end',
  somebody: 'somebody',
  noTenure: 'nobody said',
  notInfra: 'no infra: somebody’s own, and not directly supporting (INFRA-1)',
  seen: 'State',
  unseen: 'not seen by any service now',
  since: 'Registered',
  save: (name) => `Save ${name}`,
  saved: (name) => `${name} is changed`,
  added: (name) => `${name} is registered`,
  change: (name) => `Change ${name}`,
  retire: (name) => `Retire ${name}`,
  retireWhy: 'It is used no more. It stays in the register, among what is retired.',
  retired: (name) => `${name} is retired`,
  needs: 'What it needs',
  needsNothing: 'Nothing, as far as anybody said.',
  how: 'How',
  need: 'Item or thing',
  needHint: 'An item or a thing: item/rack-pdu, ups/rack, switch/sw1, node/pve-pve1.',
  addNeed: 'Add what it needs',
  noMore: 'No more',
  noMoreOf: (how, to) => `No more: it ${how} ${to}`,
  or: ' or ',
  stewards: 'Who can run it',
  noStewards: 'Nobody, as far as you may see.',
  counts: (until) => `counts until ${until}`,
  countsNoMore: 'counts no more: “I can still do this” is over 400 days ago',
  learn: 'I learn this',
  learnOf: (name) => `I learn this: ${name}`,
  stillCan: 'I can still do this',
  stillCanOf: (name) => `I can still do this: ${name}`,
  promote: (who) => `${who} can run it without help`,
  stop: 'No more',
  stopOf: (who, name) => `No more: ${who} with ${name}`,
  cables: 'Cables',
  noCables: 'No cable is entered. That is done with a list, at Things under Import.',
  free: 'free',
  states: { planned: 'planned', laid: 'laid', broken: 'broken' },
  impact: 'If it fails',
  impactLead: 'Only thought through: nothing is touched.',
  nothingGoes: 'Nothing goes with it, as far as is known.',
  goes: 'This goes with it, nearest first:',
  weakened: 'This goes on, with one less of what it needs:',
  ask: 'ask',
  forTeam: 'the team and the board',
  forUs: 'the infrateam',
  proposals: 'Seen, and not registered',
  proposalsLead: 'What Huismeester sees, or what the policy names.',
  noProposals: 'All that is seen is registered.',
  register: 'Register',
  registerOf: (name) => `Register ${name}`,
  dismiss: 'Not this',
  dismissOf: (name) => `Not this: ${name}`,
  dismissed: (name) => `${name} is not proposed any more`,
  registered: (name) => `${name} is registered`,
};

export default words;
