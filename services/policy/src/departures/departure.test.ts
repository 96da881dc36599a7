import { describe, expect, it, test } from 'vitest';
import type { ApplicationFact } from '../facts/application.ts';
import { noFacts } from '../facts/index.ts';
import type { ItemFact } from '../facts/item.ts';
import type { MemberFact } from '../facts/member.ts';
import type { PersonFact } from '../facts/person.ts';
import { departureOf, type KnownOfDeparture } from './departure.ts';

const byKey = <Fact>(of: Readonly<Record<string, Fact>>) => new Map(Object.entries(of));
const person = (id: string, groups: PersonFact['groups'] = []): PersonFact => ({
  person: id,
  enabled: true,
  groups,
  roles: [],
});
const application = (id: string, state: ApplicationFact['state'], more: Partial<ApplicationFact> = {}) => ({
  application: id,
  person: 'jan',
  state,
  since: 0,
  trialDays: 0,
  voted: [],
  ...more,
});

const now = Date.parse('2026-12-02T12:00:00Z');

/** A team of two, of whom bob is on the board; ann is the one who goes. */
function space(more: Partial<KnownOfDeparture> = {}): KnownOfDeparture {
  return {
    ...noFacts,
    directory: byKey({ main: { state: 'known' as const } }),
    person: byKey({ ann: person('ann'), bob: person('bob', ['board']), jan: person('jan') }),
    member: byKey<MemberFact>({
      ann: { person: 'ann', state: 'full' },
      bob: { person: 'bob', state: 'full' },
    }),
    ...more,
  };
}

test('nobody leaves whom nobody knows', () => {
  expect(departureOf('nobody', space(), now)).toBeUndefined();
});

test('who leaves nothing behind', () => {
  expect(departureOf('ann', space(), now)).toEqual({
    person: 'ann',
    register: 'full',
    endsBoard: false,
    fullMembersLeft: 1,
    core: [],
    holds: [],
    applications: [],
    vms: [],
    projects: [],
    accounts: [],
    lists: [],
    unknown: [],
  });
  expect(departureOf('jan', space(), now)).not.toHaveProperty('register');
});

describe('BOARD-1', () => {
  const both = { person: byKey({ ann: person('ann', ['board']), bob: person('bob', ['board']) }) };

  it.each<[string, string, Partial<KnownOfDeparture>, boolean]>([
    ['the only board member in the team', 'bob', {}, true],
    ['somebody else', 'ann', {}, false],
    ['one of two', 'bob', both, false],
    [
      'of the other one, who is suspended',
      'bob',
      {
        ...both,
        member: byKey<MemberFact>({
          ann: { person: 'ann', state: 'suspended' },
          bob: { person: 'bob', state: 'trial' },
        }),
      },
      true,
    ],
  ])('ends with %s', (_, who, more, ends) => {
    expect(departureOf(who, space(more), now)).toMatchObject({ endsBoard: ends });
  });
});

describe('core that too few could run then', () => {
  const item = (id: string, more: Partial<ItemFact> = {}): ItemFact => ({
    item: id,
    name: id,
    kind: 'server',
    layer: '1',
    life: 'in-use',
    core: 'availability',
    spaceWide: false,
    links: [],
    ...more,
  });
  const full = (id: string): MemberFact => ({ person: id, state: 'full' });
  const team = {
    person: byKey({ ann: person('ann'), bob: person('bob'), cal: person('cal') }),
    member: byKey({ ann: full('ann'), bob: full('bob'), cal: full('cal') }),
  };
  const can = (...people: string[]) =>
    new Map(
      people.map((each) => [
        each,
        { steward: each, item: 'nas', person: each, role: 'steward', confirmedAt: now - 1 } as const,
      ]),
    );

  it.each<[string, Partial<KnownOfDeparture>, number | undefined]>([
    ['two of three are left', { steward: can('ann', 'bob', 'cal') }, undefined],
    ['one of two is left', { steward: can('ann', 'bob') }, 1],
    ['nobody is left', { steward: can('ann') }, 0],
    ['who goes could not run it', { steward: can('bob') }, undefined],
    ['it is not core', { steward: can('ann'), item: byKey({ nas: item('nas', { core: 'no' }) }) }, undefined],
    [
      'it was retired',
      { steward: can('ann'), item: byKey({ nas: item('nas', { life: 'retired' }) }) },
      undefined,
    ],
  ])('%s', (_, more, left) => {
    const core = left === undefined ? [] : [{ subject: 'item/nas', stewards: left }];
    const known = space({ ...team, item: byKey({ nas: item('nas') }), ...more });
    expect(departureOf('ann', known, now)).toMatchObject({ core });
  });
});

describe('what somebody leaves behind', () => {
  it('is the holds that they placed, and no others', () => {
    const hold = (id: string, by: string) => ({
      id,
      target: 'vm/104' as const,
      since: 0,
      until: 0,
      because: 'disk',
      by,
    });
    const of = space({ hold: byKey({ h1: hold('h1', 'person:ann'), h2: hold('h2', 'person:bob') }) });
    expect(departureOf('ann', of, now)?.holds).toEqual([
      { id: 'h1', target: 'vm/104', until: '1970-01-01T00:00:00.000Z' },
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    ['a full member: those that are open', 'ann', ['open true']],
    [
      'a board member in the team: those that may be vetoed too',
      'bob',
      ['awaiting-board false', 'open false', 'proposed false'],
    ],
    ['somebody else: none', 'eva', []],
  ])('is the applications that wait for them; of %s', (_, who, found) => {
    const of = space({
      person: byKey({ ann: person('ann'), bob: person('bob', ['board']), eva: person('eva', ['board']) }),
      application: byKey({
        a: application('a', 'open', { voted: ['ann'] }),
        b: application('b', 'awaiting-board'),
        c: application('c', 'lapsed'),
        d: application('d', 'open', { person: who }),
        e: application('e', 'proposed'),
      }),
    });
    const waiting = departureOf(who, of, now)?.applications.map(({ state, voted }) => `${state} ${voted}`);
    expect(waiting?.toSorted()).toEqual(found);
  });

  it('is VMs, projects, accounts and lists', () => {
    const owned = (id: string, owner: string) => ({ ownership: id, vm: id, incarnation: 'i', owner });
    const project = (
      id: string,
      owner: string,
      managers: readonly string[],
      state: 'active' | 'retired' = 'active',
    ) => ({
      project: id,
      class: 'space-wide' as const,
      classAt: 0,
      state,
      agreed: true,
      owner,
      managers,
    });
    const account = { source: 'pve', kind: 'user' as const, asleep: false, rights: [] };
    const list = { kind: 'secret' as const, core: true, since: 0 };
    const of = space({
      ownership: byKey({ 104: owned('104', 'ann'), 105: owned('105', 'bob') }),
      vm: byKey({ 104: { vm: '104', class: 'participant' } as never }),
      project: byKey({
        mine: project('mine', 'ann', []),
        shared: project('shared', 'ann', ['bob']),
        managed: project('managed', 'bob', ['ann']),
        old: project('old', 'ann', [], 'retired'),
      }),
      account: byKey({
        x: { ...account, account: 'x', person: 'ann' },
        y: { ...account, account: 'y' },
        z: { ...account, account: 'z', person: 'bob' },
      }),
      knownAccount: byKey({ y: { account: 'y', person: 'ann' }, z: { account: 'z', person: 'bob' } }),
      accessList: byKey({
        router: { ...list, list: 'router', people: ['ann', 'bob'] },
        safe: { ...list, list: 'safe', people: ['bob'] },
      }),
    });
    expect(departureOf('ann', of, now)).toMatchObject({
      vms: [{ vm: '104', class: 'participant' }],
      projects: [
        { project: 'mine', class: 'space-wide', role: 'owner', only: true },
        { project: 'shared', role: 'owner', only: false },
        { project: 'managed', role: 'manager', only: false },
      ],
      accounts: ['x', 'y'],
      lists: [{ list: 'router', kind: 'secret' }],
    });
  });
});

test('what cannot be told is said', () => {
  const of = space({
    directory: byKey({ main: { state: 'unknown' as const } }),
    member: byKey<MemberFact>({ ann: { person: 'ann', state: 'full', unseen: true } }),
    accessSource: byKey({
      pve: { source: 'pve', state: 'unknown' as const, since: 0, lacks: 'Sys.Audit on /access' },
    }),
  });
  expect(departureOf('ann', of, now)?.unknown).toEqual([
    'who is of the board: the directory cannot be read whole',
    'the register of the team: not all of it is seen now',
    'accounts at pve: it could not be read whole: Sys.Audit on /access',
  ]);
});
