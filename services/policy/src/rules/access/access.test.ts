import type { AdminRight } from '@huismeester/contracts';
import { phrase } from '@huismeester/contracts';
import { describe, expect, it, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import type { AccessListFact } from '../../facts/access-list.ts';
import type { AccessSourceFact } from '../../facts/access-source.ts';
import type { AccountFact } from '../../facts/account.ts';
import type { ClockFact } from '../../facts/clock.ts';
import { type DirectoryFact, theDirectory } from '../../facts/directory.ts';
import type { GrantFact } from '../../facts/grant.ts';
import { noFacts } from '../../facts/index.ts';
import type { KnownAccountFact } from '../../facts/known-account.ts';
import type { MemberFact } from '../../facts/member.ts';
import type { PersonFact } from '../../facts/person.ts';
import type { Guest } from '../../facts/vm.ts';
import type { RuleContext } from '../define.ts';
import { rule } from './index.ts';

/* Long, since it is tables of whose accounts are, row by row. */

const now = Date.parse('2026-12-02T12:00:00Z');
const year = 365 * 24 * 3_600_000;
const id = 'pve-3f2a9c01d4e5';
const jan = 'p1';
const rights: AdminRight[] = [
  { on: '/vms', privileges: ['VM.Allocate'], by: ['group admins: Administrator on /'] },
  { on: '/storage', privileges: ['Datastore.Allocate'], by: [] },
];
const account = (more: Partial<AccountFact> = {}): AccountFact => ({
  account: id,
  source: 'pve',
  kind: 'user',
  asleep: false,
  rights,
  ...more,
});
const known: AccessSourceFact = { source: 'pve', state: 'known', since: 0 };
const grant = (on: GrantFact['on'], more: Partial<GrantFact> = {}): GrantFact => ({
  grant: 'g',
  person: jan,
  on,
  core: true,
  until: now + year,
  ...more,
});

interface Given {
  readonly account?: AccountFact;
  readonly source?: AccessSourceFact | undefined;
  readonly by?: Omit<KnownAccountFact, 'account'>;
  readonly member?: Omit<MemberFact, 'person'>;
  readonly grant?: GrantFact;
  readonly person?: Pick<PersonFact, 'enabled' | 'unseen'>;
  readonly directory?: DirectoryFact['state'];
  readonly list?: AccessListFact;
  readonly clock?: ClockFact;
  readonly access?: Partial<RuleContext['settings']['access']>;
}

const core = { vm: '104', class: 'core' } as Guest;
const ofOthers = { vm: '120', class: 'participant' } as Guest;

function look({ source = known, ...given }: Given) {
  const one = <Fact>(key: string, fact: Fact | undefined) =>
    new Map(fact === undefined ? [] : [[key, fact] as const]);
  const facts = {
    ...noFacts,
    account: one(id, given.account),
    accessSource: one('pve', source),
    knownAccount: one(id, given.by && { account: id, ...given.by }),
    member: one(jan, given.member && { person: jan, ...given.member }),
    grant: one('g', given.grant),
    person: one(jan, given.person && { person: jan, groups: [], roles: [], ...given.person }),
    directory: one(theDirectory, { state: given.directory ?? 'known', since: 0 } as DirectoryFact),
    accessList: one('router-admins', given.list),
    vm: new Map([
      ['104', core],
      ['120', ofOthers],
    ]),
    clock: one('main', given.clock),
  };
  const settings = {
    ...defaults,
    directory: true,
    access: { ...defaults.access, reviewed: ['pve'], ...given.access },
  };
  const context: RuleContext = { now, startedAt: 0, epoch: 'e', modes: new Map(), mine: new Map(), settings };
  const { violations, clauses, lookAgainAt } = atOnce(rule.decide(facts, new Map(), context));
  return {
    all: violations.found,
    found: violations.found.map(({ kind, subject, severity }) => `${kind} ${subject} ${severity}`),
    undecided: violations.undecided.map(({ kind, subject }) => `${kind} ${subject}`),
    watch: clauses.get('CORE-4'),
    lookAgainAt,
  };
}

const violation = [`admin-not-member account/${id} serious`];
const undecided = [`admin-not-member account/${id}`];
const person = jan;
const service = { service: { review: '2027-06-01', steward: jan } };
const ofTeam = { state: 'full' } as const;

test.each<[string, Given, readonly string[]]>([
  ['of a full member', { account: account({ person }), member: { state: 'full' } }, []],
  ['given by hand to a full member', { account: account(), by: { person }, member: { state: 'full' } }, []],
  ['of nobody', { account: account() }, violation],
  ['of somebody who is not in the register', { account: account({ person }) }, violation],
  ['of a former member', { account: account({ person }), member: { state: 'former' } }, violation],
  ['of a suspended one', { account: account({ person }), member: { state: 'suspended' } }, violation],
  ['of somebody on trial', { account: account({ person }), member: { state: 'trial' } }, violation],
  [
    'of somebody on trial to whom core was granted',
    { account: account({ person }), member: { state: 'trial' }, grant: grant('class/core') },
    [],
  ],
  [
    'to whom a VM of core was',
    { account: account({ person }), member: { state: 'trial' }, grant: grant('vm/104') },
    [],
  ],
  [
    'to whom one was that became core since',
    { account: account({ person }), member: { state: 'trial' }, grant: grant('vm/104', { core: false }) },
    violation,
  ],
  [
    'to whom a switch was',
    { account: account({ person }), member: { state: 'trial' }, grant: grant('switch/sw1') },
    [],
  ],
  [
    'to whom a participant’s VM was',
    { account: account({ person }), member: { state: 'trial' }, grant: grant('vm/120') },
    violation,
  ],
  [
    'to whom participants’ VMs were',
    { account: account({ person }), member: { state: 'trial' }, grant: grant('class/participant') },
    violation,
  ],
  [
    'a grant to somebody else',
    {
      account: account({ person }),
      member: { state: 'trial' },
      grant: grant('class/core', { person: 'p2' }),
    },
    violation,
  ],
  [
    'a former member who has a grant still',
    { account: account({ person }), member: { state: 'former' }, grant: grant('class/core') },
    violation,
  ],
  ['asleep', { account: account({ asleep: true }) }, []],
  ['built in', { account: account({ builtIn: 'root' }) }, []],
  ['of a service', { account: account(), by: service, member: ofTeam }, []],
  [
    'of whom the directory says, whoever was named by hand',
    { account: account({ person: 'p2' }), by: { person }, member: { state: 'full' } },
    violation,
  ],
  [
    'of whom the directory says, though it was registered as a service',
    { account: account({ person: 'p2' }), by: { service: { review: '2026-01-01' } } },
    violation,
  ],
])('an account: %s', (_, given, found) => {
  expect(look(given)).toMatchObject({ found, undecided: [] });
});

test.each<[string, Given]>([
  ['its source could not be read', { source: { ...known, state: 'unknown', lacks: 'Sys.Audit on /access' } }],
  ['its source is not seen', { source: { ...known, unseen: true } }],
  ['it is not seen', { account: account({ unseen: true }) }],
  ['whose it is is not seen', { by: { person, unseen: true } }],
  ['its person is not seen', { account: account({ person }), member: { state: 'former', unseen: true } }],
  [
    'what was granted is not seen',
    {
      account: account({ person }),
      member: { state: 'trial' },
      grant: grant('class/participant', { unseen: true }),
    },
  ],
])('an account is undecided: %s', (_, given) => {
  expect(look({ account: account(), ...given })).toMatchObject({ found: [], undecided });
});

describe('its violation', () => {
  it('names why, and each path with what gives it', () => {
    const [found] = look({ account: account({ person }), member: { state: 'former' } }).all;
    expect(found).toMatchObject({ clause: 'CORE-4', cause: 'person/p1' });
    expect(phrase(found?.reasons ?? [], 'en')).toBe(
      'the register of the team has this person as a former member; admin rights on /vms (group admins: Administrator on /); admin rights on /storage (Datastore.Allocate)',
    );
  });
});

describe('what is looked at too seldom', () => {
  const list = (more: Partial<AccessListFact> = {}): AccessListFact => ({
    list: 'router-admins',
    kind: 'access',
    core: false,
    people: [jan],
    since: now - year,
    ...more,
  });
  const overdue = ['access-list-overdue access-list/router-admins warning'];

  it.each<[string, AccessListFact, readonly string[]]>([
    ['written down a year ago', list(), overdue],
    ['a moment less', list({ since: now - year + 1 }), []],
    ['confirmed since', list({ confirmedAt: now - 1 }), []],
    ['confirmed a year ago', list({ since: 0, confirmedAt: now - year }), overdue],
  ])('a list: %s', (_, each, found) => {
    expect(look({ list: each })).toMatchObject({ found, undecided: [] });
  });

  it('is looked at again when it is due', () => {
    expect(look({ list: list({ since: now - year + 5 }) }).lookAgainAt).toBe(now + 5);
  });

  it.each([
    ['2026-12-01', [`service-account-overdue account/${id} warning`]],
    ['2026-12-02', []],
    ['2027-12-01', []],
  ])('a service account, to be looked at by %s', (review, found) => {
    expect(
      look({ account: account(), by: { service: { review, steward: jan } }, member: ofTeam }),
    ).toMatchObject({ found });
  });

  it('is undecided by a clock that is not believed, and where it is not seen', () => {
    const insane = { insane: { since: 0, why: 'jumped' as const } };
    const ofList = ['access-list-overdue access-list/router-admins'];
    expect(look({ list: list(), clock: insane })).toMatchObject({ found: [], undecided: ofList });
    expect(look({ list: list({ unseen: true }) }).undecided).toEqual(expect.arrayContaining(ofList));
  });

  it.each<[string, boolean, Given['member'], readonly string[]]>([
    ['a member', true, { state: 'full' }, []],
    ['no member', true, undefined, ['listed-not-member person/p1 serious']],
    ['no member, and it is not about core', false, undefined, []],
  ])('names who has access to core: %s', (_, isCore, member, found) => {
    const each = list({ core: isCore, since: now });
    expect(look({ list: each, ...(member && { member }) })).toMatchObject({ found, undecided: [] });
  });
});

const nobodyCares = [`service-account-without-steward account/${id} warning`];

test.each<[string, Given, readonly string[]]>([
  ['of the team', { member: ofTeam }, []],
  ['suspended', { member: { state: 'suspended' } }, []],
  ['a participant', { person: { enabled: true } }, []],
  ['a former member who is in the directory', { member: { state: 'former' }, person: { enabled: true } }, []],
  [
    'a former member who is disabled',
    { member: { state: 'former' }, person: { enabled: false } },
    nobodyCares,
  ],
  ['nobody any more', {}, nobodyCares],
  ['nobody from the start', { by: { service: { review: '2027-06-01' } }, member: ofTeam }, nobodyCares],
])('a service account whose steward is %s', (_, given, found) => {
  expect(look({ account: account(), by: service, ...given })).toMatchObject({ found, undecided: [] });
});

test.each<[string, Given]>([
  ['the directory is unknown', { directory: 'unknown' }],
  ['the steward is not seen', { person: { enabled: false, unseen: true } }],
  ['their part in the team is not seen', { member: { state: 'former', unseen: true } }],
])('a service account is undecided: %s', (_, given) => {
  const without = [`service-account-without-steward account/${id}`];
  expect(look({ account: account(), by: service, ...given })).toMatchObject({
    found: [],
    undecided: without,
  });
});

describe('how CORE-4 stands', () => {
  it.each<[string, Given, unknown]>([
    ['all was read', {}, 'watched'],
    [
      'a source was not read yet',
      { access: { reviewed: ['pve', 'pbs'] } },
      { unknown: 'pbs was not read yet' },
    ],
    [
      'a right is missing',
      { source: { ...known, state: 'unknown', lacks: 'Sys.Audit on /access' } },
      { unknown: 'pve could not be read whole: Sys.Audit on /access' },
    ],
    [
      'a hypervisor has no token for it',
      { access: { unreviewed: ['far'] } },
      { notSetUp: expect.stringContaining('hypervisors.far.tokens.review') },
    ],
    [
      'a hypervisor has its token no more',
      {
        source: { source: 'pve', state: 'unknown', since: 0, lacks: 'a review token' },
        access: { reviewed: [], unreviewed: ['pve'] },
      },
      { notSetUp: expect.stringContaining('hypervisors.pve.tokens.review') },
    ],
  ])('%s', (_, given, watch) => {
    expect(look(given).watch).toEqual(watch);
  });
});
