/** What is said about one person, about what somebody chose, and about sessions. */
export const people = {
  heads: { uid: 'uid', name: 'name', roles: 'roles', register: 'register', note: 'note' },
  nothing: 'Nobody is known yet: `huismeester directory` says why.',
  isDisabled: 'disabled',
  hasUidOf: 'has the uid of another',
  noUid: (uid: string) =>
    `only the team can look up a uid: give the id instead, which ${uid} sees with \`huismeester whoami\``,
  labels: {
    account: 'account',
    roles: 'roles',
    register: 'register',
    groups: 'groups',
    known: 'known',
    note: 'note',
  },
  enabled: 'enabled',
  disabled: 'disabled: may nothing',
  notInRegister: 'not in it',
  through: (group: string, path: string) => `${group}, through ${path}`,
  known: (at: string, id: string) => `since ${at}, as ${id}`,
  tookUidOf: (id: string) =>
    `has the uid that was of ${id}, and is another person: nothing of that one is inherited.`,
  toConfirm: (uid: string) => `If the team knows of it: \`huismeester people confirm ${uid}\``,
};

export const preferences = {
  labels: { language: 'language', holiday: 'holiday', notices: 'notices', sshKeys: 'SSH keys' },
  asForTheSpace: 'as for the space',
  noHoliday: 'none',
  holiday: (from: string, until: string) => `${from} until ${until}, both included`,
  notices: { digest: 'digest', urgent: 'urgent', none: 'none' } as Readonly<Record<string, string>>,
  noKeys: 'none',
  readAgain: 'They had changed in the meantime, and were read again: what you named is changed in those.',
};

export const sessions = {
  heads: { id: 'id', created: 'created', expires: 'expires', note: 'note' },
  current: 'this one',
  nothing: 'You have no session.',
  ended: (id: string) => `Session ${id} is ended.`,
};
