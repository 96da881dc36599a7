import { terms } from '@huismeester/contracts/sentences-en';
import type { PageName } from '../app/names.ts';

/** Texts of the frame around every page, and of the parts that pages are made of. */
export interface Words {
  /** What values of the API are called: one list with the command line. */
  readonly terms: typeof terms;
  readonly locale: string;
  siteName(name: string | undefined): string;
  readonly skip: string;
  /** Names what stands above every page, to assistive technology. */
  readonly banners: string;
  readonly menu: string;
  readonly more: string;
  readonly pages: Readonly<Record<PageName, string>>;
  readonly demo: string;
  dryRun(count: number): string;
  readonly cutMore: string;
  asOf(time: string): string;
  readonly offline: string;
  readonly offlineWhy: string;
  readonly logIn: Readonly<
    Record<'title' | 'again' | 'againWhy' | 'name' | 'nameHint' | 'password' | 'act' | 'out', string>
  >;
  readonly loading: string;
  readonly again: string;
  readonly failure: {
    readonly unreachable: string;
    readonly unreachableWhy: string;
    readonly forbidden: string;
    forbiddenWhy(roles: string): string;
    readonly missing: string;
    field(found: string | undefined, allowed: string): string;
    request(id: string): string;
    readonly stale: string;
    readonly changed: string;
    readonly changedWhy: string;
    readonly now: string;
    readonly yours: string;
  };
  readonly notFound: Readonly<Record<'title' | 'why' | 'back', string>>;
  readonly broken: Readonly<Record<'title' | 'why' | 'reload', string>>;
  readonly undo: string;
  readonly dismiss: string;
  readonly cancel: string;
  copy(what: string): string;
  readonly copied: string;
  typeName(name: string): string;
  readonly unknown: string;
  readonly none: string;
  readonly optional: string;
  readonly ago: Lengths;
  readonly ahead: Lengths;
  clauseOf(clause: string): string;
  table(what: string): string;
  /** Heads of a chart as a table. */
  readonly chart: Readonly<Record<'from' | 'least' | 'greatest', string>>;
  readonly language: Readonly<Record<'label' | 'nl' | 'en', string>>;
  /** What things are called by their names. */
  readonly subjects: Readonly<Record<'vm' | 'node', (name: string) => string>>;
  /** Kinds of other things, before their ids; one that is not here is called by its id alone. */
  readonly kinds: Readonly<Record<string, string>>;
  /** What the policy names as core, by what it does. */
  readonly coreParts: Readonly<Record<string, string>>;
  /** Who did something, where that is nobody of the directory. */
  readonly actors: { readonly service: string; local(name: string): string };
}

/** How long ago, or how long from now. */
export interface Lengths {
  readonly now: string;
  seconds(n: number): string;
  minutes(n: number): string;
  hours(n: number): string;
  days(n: number): string;
}

const words: Words = {
  terms,
  locale: 'en-GB',
  siteName: (name) => (name === undefined ? 'Huismeester' : `Huismeester of ${name}`),
  skip: 'To the content',
  banners: 'Please note',
  menu: 'Menu',
  more: 'More',
  pages: {
    now: 'Now',
    power: 'Power',
    network: 'Network',
    vms: 'VMs',
    projects: 'Projects',
    things: 'Things',
    team: 'Team',
    violations: 'Violations',
    decisions: 'Decisions',
    policy: 'Policy',
    report: 'Report',
    settings: 'Settings',
    account: 'My account',
    display: 'Display',
  },
  demo: 'Demo: everything is simulated',
  dryRun: (count) => (count === 1 ? '1 rule is in dry-run' : `${count} rules are in dry-run`),
  cutMore: 'See how it goes',
  asOf: (time) => `As of ${time}`,
  offline: 'No connection',
  offlineWhy: 'The connection is gone. This button works again when it is back.',
  logIn: {
    title: 'Log in',
    again: 'Your session has ended',
    againWhy: 'Log in again. What you filled in stays.',
    name: 'Name or mail address',
    nameHint: 'The same as for the space’s other services.',
    password: 'Password',
    act: 'Log in',
    out: 'Log out',
  },
  loading: 'Loading',
  again: 'Try again',
  failure: {
    unreachable: 'There was no answer',
    unreachableWhy: 'Huismeester or the network is away for a moment. This is fetched again by itself.',
    forbidden: 'You may not see this',
    forbiddenWhy: (roles) => `This is for: ${roles}.`,
    missing: 'This does not exist (any more)',
    field: (found, allowed) =>
      found === undefined ? `Allowed: ${allowed}` : `Found: ${found}. Allowed: ${allowed}`,
    request: (id) => `Number of this request: ${id}`,
    stale: 'This is the last that is known',
    changed: 'Somebody else has just changed this',
    changedWhy: 'Do it once more, and what you wanted holds.',
    now: 'How it is now',
    yours: 'What you wanted',
  },
  notFound: {
    title: 'There is no such page',
    why: 'The link is wrong, or what was here is gone.',
    back: 'To Now',
  },
  broken: {
    title: 'This page broke',
    why: 'That is a fault of Huismeester. Load the page again; if it stays, say so to the infrateam.',
    reload: 'Load again',
  },
  undo: 'Undo',
  dismiss: 'Close this message',
  cancel: 'Never mind',
  copy: (what) => `Copy ${what}`,
  copied: 'Copied',
  typeName: (name) => `Type ${name} if you are sure`,
  unknown: 'unknown',
  none: '—',
  optional: 'may be left empty',
  ago: {
    now: 'just now',
    seconds: (n) => `${n} s ago`,
    minutes: (n) => `${n} min ago`,
    hours: (n) => `${n} h ago`,
    days: (n) => (n === 1 ? 'yesterday' : `${n} days ago`),
  },
  ahead: {
    now: 'now',
    seconds: (n) => `in ${n} s`,
    minutes: (n) => `in ${n} min`,
    hours: (n) => `in ${n} h`,
    days: (n) => (n === 1 ? 'in 1 day' : `in ${n} days`),
  },
  clauseOf: (clause) => `${clause} in the policy`,
  table: (what) => `${what} as a table`,
  chart: { from: 'From', least: 'Lowest', greatest: 'Highest' },
  language: { label: 'Language', nl: 'Nederlands', en: 'English' },
  subjects: { vm: (name) => `VM ${name}`, node: (name) => `node ${name}` },
  kinds: {
    hypervisor: 'hypervisor',
    ups: 'UPS',
    probe: 'service',
    switch: 'switch',
    port: 'port',
    account: 'account',
    project: 'project',
  },
  coreParts: {
    uplink: 'the internet connection',
    spacenet: 'Spacenet',
    gateway: 'the router',
    directory: 'the directory',
    website: 'the website',
  },
  actors: { service: 'Huismeester', local: (name) => `${name} on the machine itself` },
};

export default words;
