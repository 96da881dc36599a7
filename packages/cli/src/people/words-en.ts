import type { DirectoryReason, GroupName } from '@huismeester/contracts';
import { english as words } from '@huismeester/contracts/sentences';
import { lengthOf } from '../time.ts';
import { people, preferences, sessions } from './people-words-en.ts';

const { groups } = words;

/** What is said about people, their sessions and the directory; the other languages have the same. */
export const english = {
  groups,
  register: words.registers,
  roles: words.roles,
  none: 'none',
  people,
  preferences,
  sessions,
  login: {
    who: 'Login (uid or mail address): ',
    password: 'Password (not shown): ',
    done: (place: string, roles: string, until: string) =>
      `Logged in at ${place} until ${until}. Roles: ${roles}.`,
    kept: (file: string) => `The session is kept in ${file}; \`huismeester logout\` ends it.`,
    goesBefore: (variable: string) =>
      `${variable} is set, and goes before this session: unset it to use the session`,
    out: (place: string) => `Logged out at ${place}.`,
    alreadyOut: 'Nobody is logged in here.',
    refusals: {
      'wrong-login': () =>
        'That login does not exist, its password is another, or the account is locked or disabled. Which of these is not said to anybody.',
      'too-many-logins': (wait: number | undefined) =>
        `Too many wrong logins: try again ${wait === undefined ? 'later' : `in ${lengthOf(wait)}`}.`,
      'plain-password': () =>
        'This Huismeester takes no password over plain HTTP: log in at its https:// address.',
      'directory-unknown': () =>
        'You cannot log in now, since the directory is not known. Who is logged in stays so. Try again later.',
      'no-directory': () =>
        'This Huismeester has no directory, so nobody can log in. Its administrator sets one up: `huismeester init --ldap ldaps://HOST`.',
    } as Readonly<Record<string, (wait: number | undefined) => string>>,
  },
  me: {
    roles: 'Roles',
    register: 'Register',
    mail: 'Mail',
    inLog: 'In the log',
    session: 'Session',
    until: (at: string) => `until ${at}`,
    place: 'At',
    nobody: 'no person',
    exported: (file: string) => `All that is kept about you is in ${file}.`,
  },
  directory: {
    kinds: { file: 'a file', ldap: 'LDAP', none: 'none' },
    labels: { state: 'Directory', read: 'Last read', people: 'People', skipped: 'Skipped', writes: 'Writes' },
    notSetUp: 'not set up, so nobody can log in: `huismeester init --ldap ldaps://HOST` prints its settings',
    known: (kind: string) => `known (${kind})`,
    unknown: (kind: string, since: string | undefined) =>
      `unknown${since === undefined ? '' : ` since ${since}`} (${kind})`,
    never: 'never',
    rolesUntil: (at: string) => `Roles and sessions stay as they were, until ${at}.`,
    people: (count: number, disabled: number) => `${count}, of whom ${disabled} disabled`,
    skipped: (count: number) =>
      `${count} entries: without a uid, or with one that another has too. Nobody can log in as these.`,
    writes: {
      off: 'off: Huismeester says what to change, and waits until it sees that done (`huismeester team`)',
      groups: 'Huismeester changes the groups of team and trial itself',
    },
    heads: { group: 'group', state: 'state', members: 'members', detail: 'detail' },
    states: { known: 'known', unknown: 'unknown', 'not-set-up': 'not set up' },
    dangling: (group: GroupName) =>
      `In the group for ${groups[group]}, but no person of the directory; take them out there:`,
    change: (id: string) => `So much changed at once that nothing follows from it yet (change ${id}):`,
    parts: (what: string, gone: number, of: number) =>
      `${gone} of ${of} ${changedParts[what] ?? `members are gone from the group for ${what}`}`,
    more: (count: number) => `and ${count} more`,
    howToAccept:
      'If that is right: `huismeester directory accept`. If not: put it back there, and it is read again.',
    renumbered: (count: number) =>
      `The directory gave ${count} people another id. They are kept by their uid. If you know why: \`huismeester directory confirm\`.`,
    accepted: (id: string) => `Change ${id} is accepted: from now on it is as the directory says.`,
    nothingToAccept: 'No change waits to be accepted.',
    confirmed: 'Noted: the team knows that the directory was renumbered.',
    areYouSure: 'Accept that? [y/N] ',
    notAccepted: 'Nothing was accepted.',
    sayYes:
      'nothing was accepted: look at who it is about; if that is right: `huismeester directory accept --yes`',
    reasons: {
      'no-answer': 'it does not answer',
      tls: 'its certificate is not accepted',
      'wrong-secret': 'it refuses our own login',
      refused: 'it refuses what is asked',
      'base-gone': 'its base is not there, or may not be read',
      'size-limit': 'it gives a part and no more',
      referral: 'it refers to another server',
      incomplete: 'something is missing from what it answered',
      'bad-file': 'its file cannot be read',
      'too-much-gone': 'too much changed at once',
      failed: 'reading it failed',
    } as Readonly<Record<DirectoryReason, string>>,
    remedies: {
      'no-answer':
        'See that the server runs, that directory.ldap.urls has its address, and that no firewall is between.',
      tls: 'Renew its certificate, or name the authority of that in directory.ldap.ca. The name in the URL must be in the certificate.',
      'wrong-secret': 'Correct directory.ldap.bindDn and bindPassword. Is that account locked?',
      refused:
        'Give the account of directory.ldap.bindDn the right to read people, groups and their attributes.',
      'base-gone':
        'Correct directory.ldap.base, or give the account of directory.ldap.bindDn the right to search below it.',
      'size-limit':
        'Raise the limit of the server for the account of directory.ldap.bindDn (slapd: `olcLimits: dn.exact="BINDDN" size.prtotal=unlimited`).',
      referral: 'Name in directory.ldap.urls a server that has all people and groups itself.',
      incomplete:
        'Give the account of directory.ldap.bindDn the right to read the attributes, operational ones such as entryUUID too.',
      'bad-file':
        'Mend the file that directory.file names, and see that the user of Huismeester may read it.',
      'too-much-gone': 'Look at the change below.',
      failed: '`huismeester check-config --connect` tries it and says more; so does the log.',
    } as Readonly<Record<DirectoryReason, string>>,
  },
};

const changedParts: Readonly<Record<string, string>> = {
  people: 'people are gone',
  enabled: 'accounts that were enabled are disabled now',
  disabled: 'accounts that were disabled are enabled now',
};

export type Words = typeof english;
