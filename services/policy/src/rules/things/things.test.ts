import { phrase } from '@huismeester/contracts';
import { describe, expect, it, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import type { AccessListFact } from '../../facts/access-list.ts';
import type { AccessSourceFact } from '../../facts/access-source.ts';
import type { DirectoryFact } from '../../facts/directory.ts';
import { type Facts, noFacts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import type { MemberFact } from '../../facts/member.ts';
import type { NodeFact } from '../../facts/node.ts';
import type { PersonFact } from '../../facts/person.ts';
import type { ProjectFact } from '../../facts/project.ts';
import type { StewardFact } from '../../facts/steward.ts';
import type { Guest } from '../../facts/vm.ts';
import type { RuleContext } from '../define.ts';
import { rule } from './index.ts';

/* Long, since it is tables of what there is, row by row. */

const day = 24 * 3_600_000;
const now = Date.parse('2027-03-01T12:00:00Z');
const unseen = { unseen: true } as const;

const base: ItemFact = {
  item: 'x',
  name: 'X',
  kind: 'server',
  layer: '1',
  life: 'in-use',
  core: 'no',
  spaceWide: false,
  links: [],
};
const item = (id: string, more: Partial<ItemFact> = {}): ItemFact => ({
  ...base,
  item: id,
  name: id,
  ...more,
});
const owned = { kind: 'owned' } as const;
const core = { core: 'availability' } as const;
const runsOn = (...to: string[]) => ({ links: to.map((each) => ({ kind: 'runs-on' as const, to: each })) });
const guest = (more: Partial<Guest> = {}): Guest => ({
  vm: '104',
  class: 'core',
  hypervisor: 'pve',
  node: 'pve1',
  running: true,
  placedBy: 'moved',
  ...more,
});
const node = (name: string, more: Partial<NodeFact> = {}): NodeFact => ({
  id: `pve-${name}`,
  hypervisor: 'pve',
  node: name,
  online: true,
  ...more,
});

interface Given {
  readonly items?: readonly ItemFact[];
  readonly stewards?: readonly Omit<StewardFact, 'steward'>[];
  readonly vms?: readonly Guest[];
  readonly nodes?: readonly NodeFact[];
  readonly people?: readonly PersonFact[];
  readonly members?: readonly MemberFact[];
  readonly projects?: readonly Partial<ProjectFact>[];
  readonly lists?: readonly AccessListFact[];
  readonly directory?: DirectoryFact;
  readonly sources?: readonly string[];
  readonly isInsane?: boolean;
  readonly at?: number;
  readonly settings?: Partial<RuleContext['settings']>;
}

const by = <Fact>(facts: readonly Fact[] = [], keyOf: (fact: Fact) => string) =>
  new Map(facts.map((each) => [keyOf(each), each]));

function look(given: Given) {
  const facts: Facts = {
    ...noFacts,
    item: by(given.items, (each) => each.item),
    steward: new Map(given.stewards?.map((each, index) => [`${index}`, { steward: `${index}`, ...each }])),
    vm: by(given.vms, ({ vm }) => vm),
    node: by(given.nodes ?? [node('pve1'), node('pve2')], (each) => `pve/${each.node}`),
    hypervisor: new Map([['pve', { id: 'pve' } as never]]),
    person: by(given.people, ({ person }) => person),
    member: by(given.members, ({ person }) => person),
    project: by(given.projects as readonly ProjectFact[] | undefined, ({ project }) => project),
    accessList: by(given.lists, ({ list }) => list),
    accessSource: new Map(given.sources?.map((id) => [id, {} as AccessSourceFact])),
    directory: new Map([['main', given.directory ?? { state: 'known', since: 0 }]]),
    clock: new Map(given.isInsane ? [['main', { insane: { since: 0, why: 'jumped' } }]] : []),
  };
  const settings = {
    ...defaults,
    things: new Set(['probe/website', 'switch/sw1']),
    ups: ['rack'],
    ...given.settings,
  };
  const context: RuleContext = {
    now: given.at ?? now,
    startedAt: 0,
    epoch: 'e',
    modes: new Map(),
    mine: new Map(),
    settings,
  };
  const { violations, clauses, lookAgainAt, notices } = atOnce(rule.decide(facts, new Map(), context));
  return {
    all: violations.found,
    found: violations.found.map(({ kind, subject, severity }) => `${kind} ${subject} ${severity}`),
    undecided: violations.undecided.map(({ kind, subject }) => `${kind} ${subject}`),
    clauses,
    notices,
    lookAgainAt,
  };
}

describe('core is watched (CORE-1)', () => {
  const website = (more: Partial<ItemFact>) => item('web', { ...core, tenure: owned, ...more });
  const notWatched = ['item-not-watched item/web warning'];
  const toProbe = { links: [{ kind: 'depends-on', to: 'probe/website' } as const] };

  it.each<[string, Partial<ItemFact>, readonly string[]]>([
    ['by nothing', {}, notWatched],
    ['by a probe', { standsFor: 'probe/website' }, []],
    ['by a probe that settings do not name any more', { standsFor: 'probe/gone' }, notWatched],
    ['by a probe that it is linked to', toProbe, []],
    ['as a switch', { standsFor: 'switch/sw1' }, []],
    ['as a UPS', { standsFor: 'ups/rack' }, []],
    ['as a UPS that is no more', { standsFor: 'ups/attic' }, notWatched],
    ['as a node', { standsFor: 'node/pve-pve1' }, []],
    ['as a node that nobody sees', { standsFor: 'node/pve-pve9' }, notWatched],
    ['as a hypervisor', { standsFor: 'hypervisor/pve' }, []],
    ['as a VM that was destroyed, and was the only one', { standsFor: 'vm/104' }, notWatched],
    ['while it is built', { life: 'building' }, []],
    ['core for confidentiality alone', { core: 'confidentiality' }, []],
    ['core for both', { core: 'both' }, notWatched],
    ['not core', { core: 'no' }, []],
    ['private, so not infra', { tenure: { kind: 'private' } }, []],
  ])('%s', (_, more, found) => {
    expect(look({ items: [website(more)] }).found.filter((each) => each.startsWith('item-not'))).toEqual(
      found,
    );
  });

  it('is undecided where the item is not seen, or nothing of what it stands for is', () => {
    expect(look({ items: [website(unseen)] })).toMatchObject({
      undecided: expect.arrayContaining(['item-not-watched item/web']),
    });
    expect(
      look({ items: [website({ standsFor: 'node/pve-pve9' })], nodes: [node('pve1', unseen)] }),
    ).toMatchObject({
      found: [],
      undecided: expect.arrayContaining(['item-not-watched item/web']),
    });
  });
});

const people = ['ann', 'bob', 'cas'].map(
  (person): PersonFact => ({ person, enabled: true, groups: [], roles: [] }),
);
const full = (person: string, more: Partial<MemberFact> = {}): MemberFact => ({
  person,
  state: 'full',
  ...more,
});
const steward = (person: string, more: Partial<StewardFact> = {}) =>
  ({ item: 'nas', person, role: 'steward', confirmedAt: now - day, ...more }) as const;

test.each<[string, Partial<ProjectFact>, readonly string[]]>([
  ['core', { class: 'core' }, ['item-not-watched item/web warning']],
  ['for the whole space', { class: 'space-wide' }, []],
  ['a participant’s', { class: 'participant' }, []],
])('what belongs to a project is core with it (SPACE-8): %s', (_, more, found) => {
  const items = [item('web', { project: 'p1', tenure: owned })];
  const projects = [{ project: 'p1', state: 'active', ...more } as const];
  expect(look({ items, projects }).found.filter((each) => each.startsWith('item-not'))).toEqual(found);
});

describe('who can run it (TEAM-2)', () => {
  const nas = item('nas', { ...core, tenure: owned, standsFor: 'switch/sw1' });
  const wide = item('nas', { spaceWide: true });
  const two = [steward('ann'), steward('bob')];
  const members = [full('ann'), full('bob')];
  const one = ['bus-factor item/nas warning'];
  const none = ['bus-factor item/nas serious'];
  const late = { confirmedAt: now - 400 * day };

  it.each<[string, Given, readonly string[]]>([
    ['two full members', { stewards: two }, []],
    ['one', { stewards: [steward('ann')] }, one],
    ['nobody', { stewards: [] }, none],
    ['one of them is no member', { stewards: two, members: [full('ann')] }, one],
    ['one is on trial', { stewards: two, members: [full('ann'), full('bob', { state: 'trial' })] }, one],
    ['one left the directory', { stewards: two, people: people.slice(0, 1) }, one],
    ['one learns it', { stewards: [steward('ann'), steward('bob', { role: 'learner' })] }, one],
    ['of another item', { stewards: [steward('ann'), steward('bob', { item: 'web' })] }, one],
    ['one did not confirm it in 400 days', { stewards: [steward('ann'), steward('bob', late)] }, one],
    [
      'a moment less',
      { stewards: [steward('ann'), steward('bob', { confirmedAt: late.confirmedAt + 1 })] },
      [],
    ],
    ['space-wide: one participant', { items: [wide], stewards: [steward('cas')] }, []],
    ['space-wide: nobody', { items: [wide], stewards: [] }, one],
    [
      'space-wide by its project',
      {
        items: [item('nas', { project: 'p1' })],
        projects: [{ project: 'p1', class: 'space-wide', state: 'active' }],
      },
      one,
    ],
    ['neither: nobody', { items: [item('nas')], stewards: [] }, []],
    ['retired', { items: [{ ...nas, life: 'retired' }], stewards: [] }, []],
  ])('%s', (_, given, found) => {
    const settings = { directory: true };
    const looked = look({ items: [nas], people, members, settings, ...given });
    expect(looked).toMatchObject({ found, undecided: [] });
  });

  it.each<[string, Given]>([
    ['the item is not seen', { items: [{ ...nas, ...unseen }] }],
    ['the directory is unknown', { directory: { state: 'unknown' } }],
    ['a steward is not seen', { stewards: [steward('ann'), steward('bob', unseen)] }],
    ['their part in the team is not seen', { members: [full('ann'), full('bob', unseen)] }],
    ['the clock is not believed', { isInsane: true, stewards: [steward('ann'), steward('bob', late)] }],
    ['the clock is not believed, and by it all count', { isInsane: true }],
    [
      'the clock is not believed, and by it nobody does',
      { isInsane: true, stewards: [steward('bob', late)] },
    ],
  ])('is undecided: %s', (_, given) => {
    const settings = { directory: true };
    const looked = look({ items: [nas], stewards: two.slice(0, 2), people, members, settings, ...given });
    expect(looked.found.filter((each) => each.startsWith('bus'))).toEqual([]);
    expect(looked.undecided).toContain('bus-factor item/nas');
  });

  it('is another violation once one more is gone, and is looked at again when somebody counts no more', () => {
    const settings = { directory: true };
    const causes = [two.slice(0, 1), []].map(
      (stewards) => look({ items: [nas], people, members, settings, stewards }).all[0]?.cause,
    );
    expect(causes).toEqual(['core/1', 'core/0']);
    expect(look({ items: [nas], people, members, settings, stewards: two }).lookAgainAt).toBe(
      now + 399 * day,
    );
  });

  it('is not looked at without a directory', () => {
    const { found, clauses } = look({ items: [nas], stewards: [] });
    expect(found).toEqual([]);
    expect(clauses.get('TEAM-2')).toMatchObject({ notSetUp: expect.stringContaining('directory') });
  });
});

describe('it is recorded who has access (CORE-2)', () => {
  const router = (more: Partial<ItemFact> = {}) =>
    item('router', { core: 'confidentiality', tenure: owned, ...more });
  const list = (id: string, more: Partial<AccessListFact> = {}): AccessListFact => ({
    list: id,
    kind: 'access',
    core: true,
    people: [],
    since: 0,
    ...more,
  });
  const notRecorded = ['access-not-recorded item/router warning'];
  const settings = { directory: true };
  const atProbe = router({ standsFor: 'probe/login' });
  const toLogin = { links: [{ kind: 'depends-on', to: 'probe/login' } as const] };
  const sources = new Map([['probe/login', 'directory']]);
  const ofDirectory = { ...settings, access: { ...defaults.access, sources } };
  const reviewed = { ...settings, access: { ...defaults.access, reviewed: ['pve'] } };

  it.each<[string, Given, readonly string[]]>([
    ['nowhere', {}, notRecorded],
    ['in a list of its id', { lists: [list('router')] }, []],
    ['in a list whose id begins with it', { lists: [list('router-admins')] }, []],
    ['in a list of another item', { lists: [list('routers')] }, notRecorded],
    [
      'by the review of its hypervisor',
      { items: [router({ standsFor: 'hypervisor/pve' })], settings: reviewed },
      [],
    ],
    [
      'by the review of its node',
      { items: [router({ standsFor: 'node/pve-pve1' })], settings: reviewed },
      [],
    ],
    [
      'of a hypervisor that nobody reviews',
      { items: [router({ standsFor: 'hypervisor/pve' })] },
      notRecorded,
    ],
    ['of what is core for availability alone', { items: [router(core)] }, []],
    [
      'by the review of the directory',
      { items: [atProbe], settings: ofDirectory, sources: ['directory'] },
      [],
    ],
    [
      'of a probe that is linked, by the review of the directory',
      { items: [router(toLogin)], settings: ofDirectory, sources: ['directory'] },
      [],
    ],
    ['of a directory that nobody reviews', { items: [atProbe], settings: ofDirectory }, notRecorded],
    [
      'in a list that begins as an item that was retired',
      { items: [router(), item('router-2', { life: 'retired' })], lists: [list('router-2-admins')] },
      [],
    ],
    [
      'in a list of an item with a longer id',
      { items: [router(), item('router-2')], lists: [list('router-2-admins')] },
      notRecorded,
    ],
  ])('%s', (_, given, found) => {
    const looked = look({ items: [router()], settings, ...given });
    expect(looked.found.filter((each) => each.startsWith('access'))).toEqual(found);
  });

  it('is undecided where a list is not seen', () => {
    const looked = look({ items: [router()], settings, lists: [list('other', unseen)] });
    expect(looked.undecided).toContain('access-not-recorded item/router');
    expect(looked.found.filter((each) => each.startsWith('access'))).toEqual([]);
  });
});

/* CORE-6: on whose hardware. */

const pve = (name: string, tenure: ItemFact['tenure'], more: Partial<ItemFact> = {}) =>
  item(name, { standsFor: `node/pve-${name}`, saidBy: `said-${name}`, ...(tenure && { tenure }), ...more });
const loaned = { kind: 'loaned' } as const;
const rented = (until?: string) => ({ kind: 'rented' as const, ...(until !== undefined && { until }) });
const notOurs = ['hardware-not-ours vm/104 serious'];
const rentEnds = ['rent-ends item/pve1 warning'];

test.each<[string, Given, readonly string[]]>([
  ['the foundation’s', { items: [pve('pve1', owned)] }, []],
  ['loaned', { items: [pve('pve1', loaned)] }, notOurs],
  ['private', { items: [pve('pve1', { kind: 'private' })] }, notOurs],
  ['rented without an end', { items: [pve('pve1', rented())] }, []],
  ['rented for long', { items: [pve('pve1', rented('2027-05-01'))] }, []],
  ['rented for 60 days', { items: [pve('pve1', rented('2027-04-30'))] }, rentEnds],
  ['rented until today', { items: [pve('pve1', rented('2027-03-01'))] }, rentEnds],
  ['rented until yesterday', { items: [pve('pve1', rented('2027-02-28'))] }, notOurs],
  [
    'of a node that nobody said whose it is',
    { items: [pve('pve1', undefined)] },
    ['hardware-unknown node/pve-pve1 warning'],
  ],
  [
    'of a node that nobody registered',
    { items: [pve('pve2', owned)] },
    ['hardware-unknown node/pve-pve1 warning'],
  ],
  [
    'of a node whose item was retired',
    { items: [pve('pve1', owned, { life: 'retired' })] },
    ['hardware-unknown node/pve-pve1 warning'],
  ],
  [
    'of a node that is away: its last word',
    { items: [pve('pve1', loaned)], nodes: [node('pve1', { online: false })] },
    notOurs,
  ],
  ['a VM that is not core', { items: [pve('pve1', loaned)], vms: [guest({ class: 'participant' })] }, []],
  [
    'a registered VM: one row',
    { items: [pve('pve1', loaned), item('mail', { standsFor: 'vm/104', kind: 'service' })] },
    notOurs,
  ],
  [
    'a VM that somebody said is core',
    {
      items: [pve('pve1', loaned), item('mail', { standsFor: 'vm/104', kind: 'service', ...core })],
      vms: [guest({ class: 'space-wide' })],
    },
    notOurs,
  ],
  [
    'its storage too',
    {
      items: [
        pve('pve1', owned),
        item('mail', { standsFor: 'vm/104', kind: 'service', ...runsOn('item/nas') }),
        item('nas', { tenure: loaned }),
      ],
    },
    notOurs,
  ],
  [
    'nor on storage that was retired',
    {
      items: [
        pve('pve1', owned),
        item('mail', { standsFor: 'vm/104', kind: 'service', ...runsOn('item/nas') }),
        item('nas', { tenure: loaned, life: 'retired' }),
      ],
    },
    [],
  ],
  ['no item at all: nobody set it up', { items: [] }, []],
])('a core VM on hardware: %s', (_, given, found) => {
  expect(look({ vms: [guest()], ...given })).toMatchObject({ found, undecided: [] });
});

const onProbe = { standsFor: 'probe/website', ...core } as const;
test.each<[string, readonly ItemFact[], readonly string[]]>([
  [
    'a switch itself',
    [item('sw', { standsFor: 'switch/sw1', tenure: loaned, ...core })],
    ['hardware-not-ours item/sw serious'],
  ],
  [
    'a service on a server',
    [item('web', { kind: 'service', ...onProbe, ...runsOn('item/box') }), item('box', { tenure: loaned })],
    ['hardware-not-ours item/web serious'],
  ],
  [
    'a service that runs on nothing',
    [item('web', { kind: 'service', ...onProbe })],
    ['hardware-unknown probe/website warning'],
  ],
  ['hosting that is rented as such', [item('web', { kind: 'service', tenure: rented(), ...onProbe })], []],
  [
    'hosting of which the rent is over',
    [item('web', { kind: 'service', tenure: rented('2027-01-31'), ...onProbe })],
    ['hardware-not-ours item/web serious'],
  ],
  [
    'a hypervisor: all of its nodes',
    [
      item('hv', { kind: 'server-software', standsFor: 'hypervisor/pve', ...core }),
      pve('pve1', owned),
      pve('pve2', loaned),
    ],
    ['hardware-not-ours item/hv serious'],
  ],
  [
    'what runs on itself',
    [
      item('web', { kind: 'service', ...onProbe, ...runsOn('item/box') }),
      item('box', { tenure: owned, ...runsOn('item/web') }),
    ],
    [],
  ],
])('core on hardware: %s', (_, items, found) => {
  expect(look({ items })).toMatchObject({ found });
});

describe('a core VM that moved', () => {
  it('to loaned hardware is a violation, whose evidence names the move and what was said of the hardware', () => {
    const items = [pve('pve1', owned), pve('pve2', loaned)];
    const [found] = look({ items, vms: [guest({ node: 'pve2' })] }).all;
    expect(found).toMatchObject({
      cause: 'node/pve-pve2',
      clause: 'CORE-6',
      evidence: ['moved', 'said-pve2'],
    });
    expect(phrase(found?.reasons ?? [], 'nl')).toMatch(/draait op pve2, en dat is geleend/);
  });

  it('is undecided while it is not seen, and so is the hardware that it was on, unless something else is there', () => {
    const items = [pve('pve1', undefined)];
    const away = guest(unseen);
    expect(look({ items, vms: [away] })).toMatchObject({
      found: [],
      undecided: ['hardware-not-ours vm/104', 'hardware-unknown node/pve-pve1', 'rent-ends item/pve1'],
    });
    expect(look({ items, vms: [away, guest({ vm: '105' })] })).toMatchObject({
      found: ['hardware-unknown node/pve-pve1 warning'],
      undecided: ['hardware-not-ours vm/104'],
    });
  });
});

describe('a rent', () => {
  const until = '2027-03-31';
  const at = (text: string) =>
    look({ items: [pve('pve1', rented(until))], vms: [guest()], at: Date.parse(text) });

  it.each([
    ['2027-03-31T21:59:59.999Z', rentEnds],
    // Summer time began on 28 March: 1 April 00:00 in Amsterdam.
    ['2027-03-31T22:00:00.000Z', notOurs],
    ['2027-01-29T22:59:59.999Z', []],
    ['2027-01-29T23:00:00.000Z', rentEnds],
  ])('at %s until 31 March', (text, found) => {
    expect(at(text).found).toEqual(found);
  });

  it('is looked at again when it is time, and said once for each end, whatever runs there', () => {
    expect(at('2027-01-01T12:00:00Z').lookAgainAt).toBe(Date.parse('2027-01-29T23:00:00Z'));
    const { notices, all, lookAgainAt } = look({
      items: [pve('pve1', rented(until))],
      vms: [guest(), guest({ vm: '105' })],
    });
    expect(lookAgainAt).toBe(Date.parse('2027-03-31T22:00:00Z'));
    expect(notices).toMatchObject([{ kind: 'rent-ends', subject: 'item/pve1', moment: until, to: 'team' }]);
    expect(all).toMatchObject([{ kind: 'rent-ends', ownNotice: true }]);
  });

  it('is undecided by a clock that is not believed', () => {
    const given: Given = { items: [pve('pve1', rented(until))], vms: [guest()], isInsane: true };
    expect(look(given)).toMatchObject({ found: [], notices: [] });
    expect(look(given).undecided).toEqual(
      expect.arrayContaining(['hardware-not-ours vm/104', 'rent-ends item/pve1']),
    );
    expect(look({ ...given, items: [pve('pve1', loaned)] }).found).toEqual(notOurs);
  });
});

test.each<[string, string, Given]>([
  ['CORE-1', 'of no VM is anything heard', { nodes: [] }],
  ['CORE-1', 'no VM and no node is seen', { nodes: [node('pve1', unseen)], vms: [guest(unseen)] }],
  ['CORE-6', 'no VM and no node is seen', { nodes: [node('pve1', unseen)], vms: [guest(unseen)] }],
  [
    'CORE-2',
    'a list is not seen',
    { lists: [{ list: 'x', kind: 'access', core: true, people: [], since: 0, ...unseen }] },
  ],
  ['CORE-2', 'the directory is unknown', { directory: { state: 'unknown' } }],
  ['TEAM-2', 'the directory is unknown', { directory: { state: 'unknown' } }],
  ...['INFRA-1', 'INFRA-2', 'SPACE-2'].map((clause): [string, string, Given] => [
    clause,
    'the register is not seen',
    { items: [item('x', unseen)] },
  ]),
])('nobody says that %s is kept while %s', (clause, _, given) => {
  const settings = { directory: true };
  expect(look({ items: [item('x')], settings }).clauses.get(clause)).toBe('watched');
  expect(look({ items: [item('x')], settings, ...given }).clauses.get(clause)).toHaveProperty('unknown');
});

test('as long as no item is registered the clauses say what to do', () => {
  const { clauses } = look({ settings: { directory: true } });
  const each = [...clauses].map(
    ([clause, watch]) => `${clause} ${typeof watch === 'object' && 'notSetUp' in watch}`,
  );
  expect(each.every((one) => one.endsWith('true'))).toBe(true);
});
