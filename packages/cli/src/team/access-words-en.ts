import type { AccessListResource, AccessSourceResource, AccountResource } from '@huismeester/contracts';

type Whose = AccountResource['whose'];
type Kind = AccessListResource['kind'];
type SourceState = AccessSourceResource['state'];

/** What is said about who has admin access to core. */
export const access = {
  heads: { account: 'account', source: 'at', whose: 'whose', state: 'state', on: 'may, on', id: 'id' },
  nothing:
    'No account with admin rights on core is known: `huismeester access sources` says where was looked.',
  whose: {
    member: 'full member',
    'granted-trial': 'on trial, granted core',
    service: 'service account',
    'built-in': 'known from the start',
    other: 'not of the team',
    nobody: 'nobody’s, as far as is known',
  } satisfies Record<Whose, string> as Readonly<Record<Whose, string>>,
  person: (who: string, whose: string) => `${who} (${whose})`,
  states: { admin: 'admin', asleep: 'disabled or expired' },
  labels: { whose: 'whose', state: 'state', service: 'purpose', rights: 'may, on', away: 'to take away' },
  service: (purpose: string, review: string, steward: string) =>
    `${purpose}; to be looked at on ${review} by ${steward}`,
  nothingRuns: 'Huismeester takes no right away. On a node, or where the directory is administered:',
  toAssign: (id: string) =>
    `Whose is it? \`huismeester access owner ${id} UID\`, or \`huismeester service-account register ${id}\`.`,
  toShow: 'Evidence, and what takes rights away: `huismeester access show ACCOUNT`.',
  sourceHeads: { source: 'where', state: 'state', read: 'read at', accounts: 'accounts', note: 'note' },
  sourceStates: {
    known: 'known',
    unknown: 'unknown',
    'not-set-up': 'not set up',
  } satisfies Record<SourceState, string> as Readonly<Record<SourceState, string>>,
  noSources: 'There is nowhere to look: no hypervisor, and no directory.',
  owned: (account: string, who: string) => `${account} is of ${who}`,
  unowned: (account: string) => `whose ${account} is, is not recorded here any more`,
  noList: (list: string) => `there is no list ${list}: \`huismeester access lists\` lists them`,
  notFound: (account: string) => `no account ${account} is known: \`huismeester access\` lists them`,
  several: (count: number, name: string, ids: string) =>
    `${count} accounts are called ${name}: say which of ${ids}`,
  listHeads: { id: 'id', kind: 'kind', core: 'core', people: 'people', due: 'confirm by', title: 'title' },
  kinds: { access: 'access', secret: 'shared secret' } satisfies Record<Kind, string> as Readonly<
    Record<Kind, string>
  >,
  core: 'core',
  noLists: 'No list is kept by hand: `huismeester access lists record ID --title … --person UID`.',
  recorded: (title: string, count: number) => `${title}: ${count} ${count === 1 ? 'person' : 'people'}`,
  confirmed: (title: string, due: string) => `${title} is true; somebody confirms it again by ${due}`,
  ended: (id: string) => `The list ${id} is kept no more`,
  sayTitle: 'a new list takes --title, and --person UID for each who has access (none: --person none)',
};

export const serviceAccount = {
  heads: { account: 'account', source: 'at', review: 'look again', steward: 'steward', purpose: 'purpose' },
  nothing: 'No service account is registered: `huismeester service-account register ACCOUNT --purpose …`.',
  builtIn: 'known from the start',
  registered: (account: string, review: string) =>
    `${account} is a service account, to be looked at again on ${review}`,
  forgotten: (account: string) => `${account} is no service account any more`,
  saySource: (name: string, sources: string) =>
    `no account ${name} with admin rights is known; if it is there without them: --source, one of ${sources}`,
};
