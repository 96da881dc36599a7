import type { AccessListResource, AccessSourceResource, AccountResource } from '@huismeester/contracts';

/** Texts of who has access to core. */
export interface Words {
  readonly title: string;
  readonly lead: string;
  readonly back: string;
  readonly forTeam: string;
  readonly review: string;
  readonly reviewed: string;
  readonly accounts: string;
  readonly accountsNone: string;
  readonly whose: Readonly<Record<AccountResource['whose'], string>>;
  readonly asleep: string;
  readonly sources: string;
  readonly sourceStates: Readonly<Record<AccessSourceResource['state'], string>>;
  readonly details: string;
  readonly commands: string;
  readonly runsNothing: string;
  assign(account: string): string;
  readonly whoseIsIt: string;
  readonly choose: string;
  readonly assigned: string;
  unassign(account: string): string;
  readonly unassigned: string;
  register(account: string): string;
  readonly purpose: string;
  readonly steward: string;
  readonly reviewDay: string;
  readonly reviewHint: string;
  readonly registered: string;
  service(purpose: string, day: string): string;
  readonly lists: string;
  readonly listsLead: string;
  readonly listsNone: string;
  readonly listsNext: string;
  readonly kinds: Readonly<Record<AccessListResource['kind'], string>>;
  readonly core: string;
  readonly nobody: string;
  readonly due: string;
  readonly add: string;
  change(title: string): string;
  readonly id: string;
  readonly idHint: string;
  readonly listTitle: string;
  readonly kind: string;
  readonly isCore: string;
  readonly people: string;
  readonly recorded: string;
  confirm(title: string): string;
  confirmed(title: string): string;
  end(title: string): string;
  readonly endLead: string;
  ended(title: string): string;
}

const words: Words = {
  title: 'Access to core',
  lead: 'Who has admin rights, and who knows what. Core is for full members (CORE-4).',
  back: 'To the team',
  forTeam: 'the team and the board',
  review: 'Look now',
  reviewed: 'It is being looked at',
  accounts: 'Accounts with admin rights',
  accountsNone: 'No account with admin rights is known.',
  whose: {
    member: 'full members',
    'granted-trial': 'on trial, with core granted',
    service: 'service accounts',
    'built-in': 'known from the start',
    other: 'not of the team',
    nobody: 'nobody knows whose',
  },
  asleep: 'disabled or expired',
  sources: 'Where was looked',
  sourceStates: { known: 'read', unknown: 'not known now', 'not-set-up': 'not set up' },
  details: 'What it may, and how that ends',
  commands: 'To take it away:',
  runsNothing: 'Huismeester takes no rights away itself.',
  assign: (account) => `Say whose ${account} is`,
  whoseIsIt: 'Whose is it',
  choose: 'Choose somebody',
  assigned: 'It is written down',
  unassign: (account) => `Not known any more whose ${account} is`,
  unassigned: 'It is nobody’s again',
  register: (account) => `${account} is a service account`,
  purpose: 'What for',
  steward: 'Who looks after it',
  reviewDay: 'Look at it again on',
  reviewHint: 'At most a year ahead.',
  registered: 'It is a service account now',
  service: (purpose, day) => `${purpose}; to be looked at again on ${day}`,
  lists: 'Kept by hand',
  listsLead:
    'What has no API: logins of devices, and shared secrets by name. Somebody confirms each every year.',
  listsNone: 'No list is kept by hand.',
  listsNext: 'Write down who can log in to the router, or knows the code of the safe.',
  kinds: { access: 'access', secret: 'shared secret' },
  core: 'core',
  nobody: 'nobody',
  due: 'to be confirmed',
  add: 'Write down a list',
  change: (title) => `Change ${title}`,
  id: 'Short name',
  idHint: 'a-z, 0-9 and dashes, such as router-admins.',
  listTitle: 'What it is',
  kind: 'Kind',
  isCore: 'It gives admin access to core',
  people: 'Who',
  recorded: 'The list is written down',
  confirm: (title) => `${title} is right`,
  confirmed: (title) => `${title} is confirmed`,
  end: (title) => `End ${title}`,
  endLead: 'Then it is kept no more; the log still has it.',
  ended: (title) => `${title} is kept no more`,
};

export default words;
