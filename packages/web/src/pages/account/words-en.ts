/** Texts of what somebody sees and changes of themselves. */
export interface Words {
  readonly lead: string;
  readonly you: string;
  readonly facts: Readonly<Record<'login' | 'mail' | 'roles' | 'register' | 'inLog', string>>;
  readonly notInRegister: string;
  readonly from: string;
  readonly fromLead: string;
  direct(group: string): string;
  through(group: string, path: string): string;
  inRegister(state: string): string;
  readonly fromNone: string;
  readonly logOut: string;
  readonly sessions: string;
  readonly sessionsLead: string;
  readonly thisOne: string;
  readonly made: string;
  readonly expires: string;
  readonly lastUsed: string;
  readonly never: string;
  readonly end: string;
  endOf(id: string): string;
  ended(id: string): string;
  readonly preferences: string;
  readonly language: string;
  readonly languages: Readonly<Record<'nl' | 'en' | 'none', string>>;
  readonly notices: string;
  readonly noticeKinds: Readonly<Record<'digest' | 'urgent' | 'none', readonly [string, string]>>;
  readonly holiday: string;
  readonly holidayLead: string;
  readonly holidayFrom: string;
  readonly holidayUntil: string;
  readonly keys: string;
  inDirectory(count: number | undefined): string;
  readonly keysLabel: string;
  readonly keysHint: string;
  readonly save: string;
  readonly saved: string;
  readonly tokens: string;
  readonly tokensLead: string;
  readonly tokensNone: string;
  readonly tokensNoneWhy: string;
  readonly makeToken: string;
  readonly name: string;
  readonly nameHint: string;
  readonly role: string;
  readonly until: string;
  readonly untilHint: string;
  readonly secret: string;
  readonly secretOnce: string;
  theToken(name: string): string;
  readonly seen: string;
  endToken(name: string): string;
  readonly endTokenLead: string;
  tokenEnded(name: string): string;
  readonly displays: string;
  readonly displaysLead: string;
  readonly displaysNone: string;
  readonly displaysNoneWhy: string;
  readonly makeDisplay: string;
  readonly displayName: string;
  readonly displayHint: string;
  readonly displayOnce: string;
  readonly displayLink: (name: string) => string;
  readonly theLink: (name: string) => string;
  readonly madeBy: (who: string) => string;
  readonly data: string;
  readonly dataLead: string;
  readonly dataHint: string;
  readonly download: string;
}

const words: Words = {
  lead: 'Who you are here, where you are logged in, and what you chose.',
  you: 'You',
  facts: { login: 'Login', mail: 'Mail', roles: 'Roles', register: 'Register', inLog: 'In the log' },
  notInRegister: 'not in it',
  from: 'Where your roles come from',
  fromLead: 'Roles come from groups of the directory, and for the team from its register too.',
  direct: (group) => `The group ${group}`,
  through: (group, path) => `The group ${group}, through ${path}`,
  inRegister: (state) => `The register of the team: ${state}`,
  fromNone: 'You are in no group that means something here.',
  logOut: 'Log out',
  sessions: 'Where you are logged in',
  sessionsLead: 'Do you not know one? End it, and change your password.',
  thisOne: 'this one',
  made: 'Since',
  expires: 'Until',
  lastUsed: 'Last used',
  never: 'never',
  end: 'End',
  endOf: (id) => `End session ${id}`,
  ended: (id) => `Session ${id} has ended`,
  preferences: 'What you chose',
  language: 'Language of mails',
  languages: { nl: 'Nederlands', en: 'English', none: 'As for the whole space' },
  notices: 'Mails',
  noticeKinds: {
    digest: ['One mail a day', 'what is urgent comes at once'],
    urgent: ['Only what is urgent', 'nothing else'],
    none: ['No mails', 'you see it here'],
  },
  holiday: 'Holiday',
  holidayLead: 'On these days others are asked in your place.',
  holidayFrom: 'From',
  holidayUntil: 'Up to and including',
  keys: 'SSH keys',
  inDirectory: (count) =>
    count === undefined
      ? 'What the directory has is not known now.'
      : count === 0
        ? 'The directory has none of yours.'
        : 'The directory has these. Your VMs get them:',
  keysLabel: 'Public keys, one a line',
  keysHint:
    'They are put into VMs that you make, where the directory has none of yours. Never a private key.',
  save: 'Save',
  saved: 'Your choice is saved',
  tokens: 'Personal tokens',
  tokensLead: 'For a script of yours: it may what its role may, in your name.',
  tokensNone: 'You have no token.',
  tokensNoneWhy: 'Make one where a program of yours asks Huismeester something.',
  makeToken: 'Make a token',
  name: 'What for',
  nameHint: 'It stands in the log, so no name of a person.',
  role: 'Role',
  until: 'Valid until',
  untilHint: 'Left empty: until you end it.',
  secret: 'Your new token',
  secretOnce: 'You see it this once. Keep it where nobody else can read it.',
  theToken: (name) => `the token ${name}`,
  seen: 'I have it',
  endToken: (name) => `End ${name}`,
  endTokenLead: 'What uses it gets no answer any more.',
  tokenEnded: (name) => `The token ${name} has ended`,
  displays: 'Displays in the space',
  displaysLead:
    'A display on the wall shows how the space is, without anybody logged in. It reads nothing else.',
  displaysNone: 'There is no display.',
  displaysNoneWhy: 'Make one, and open its link on the screen on the wall.',
  makeDisplay: 'Make a display',
  displayName: 'Where it hangs',
  displayHint: 'Such as: display at the bar.',
  displayOnce: 'Open this link on the display. You see it only now.',
  displayLink: (name) => `The link of ${name}`,
  theLink: (name) => `the link of ${name}`,
  madeBy: (who) => `made by ${who}`,
  data: 'My data',
  dataLead:
    'All that is kept about you: your place in the team, your sessions and tokens, and what the log of each service has of you.',
  dataHint: 'On the command line you get what the register of people has: huismeester whoami --export FILE.',
  download: 'Download my data',
};

export default words;
