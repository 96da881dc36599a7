import type { ItemFields } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { evolveItem, type Item } from './item.ts';
import { fieldsOf, itemOf, linkOf, since, worldOf } from './items.fixtures.ts';
import { planItems } from './plan-items.ts';

const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const other = '6a1d2e3f-8b4c-4d5e-8f60-1b2c3d4e5f60';
const things = {
  'switch/sw1': {},
  'switch/sw2': {},
  'ups/rack': {},
  'vm/100': { class: 'core' as const },
  'vm/104': { class: 'participant' as const },
};
const items = {
  sw1: itemOf({ stands_for: 'switch/sw1' }),
  tap: itemOf({}, 'depends-on item/sw1'),
  shelf: itemOf({ life: 'designed' }, 'depends-on item/tap'),
  old: itemOf({ life: 'retired', stands_for: 'ups/rack' }),
};
const world = worldOf(items, things, { people: new Set([person]) });
const faultsOf = (id: string, fields: Partial<ItemFields>, ...links: string[]) =>
  planItems(world, [{ id, fields: fieldsOf(fields), links: links.map(linkOf) }], since).faults.map(
    ({ code, clause, field, found }) => `${code} ${clause} ${field}: ${found}`,
  );

const rented = { kind: 'rented' as const, name: 'Hetzner', until: '2027-03-31' };
test.each<[string, Partial<ItemFields>, string[]]>([
  ['nothing said of whose it is', {}, []],
  ['owned', { tenure: { kind: 'owned' } }, []],
  ['rented until a day', { tenure: rented, core: 'both' }, []],
  ['loaned by a person, for ever', { tenure: { kind: 'loaned', person } }, []],
  ['somebody’s own, and no infra', { tenure: { kind: 'private', person } }, []],
  [
    'somebody’s own that supports',
    { tenure: { kind: 'private', person }, layer: 'supporting', core: 'both' },
    [],
  ],
  ['a thing for which a retired item stood', { stands_for: 'ups/rack' }, []],
  ['a VM of a participant', { stands_for: 'vm/104' }, []],
  ['links to an item and to a thing', {}, ['depends-on item/sw1', 'powered-by ups/rack']],
])('may be registered: %s', (_, fields, links) => {
  expect(faultsOf('new', fields, ...links)).toEqual([]);
});

test.each<[string, Partial<ItemFields>, string]>([
  ['new', { tenure: { kind: 'owned', name: 'Jan' } }, 'tenure-misfit INFRA-1 tenure.name: Jan'],
  [
    'new',
    { tenure: { kind: 'owned', until: '2027-01-01' } },
    'tenure-misfit INFRA-1 tenure.until: 2027-01-01',
  ],
  ['new', { tenure: { kind: 'rented' } }, 'tenure-misfit INFRA-1 tenure.name: nothing'],
  ['new', { tenure: { ...rented, person } }, 'tenure-misfit INFRA-1 tenure.person: a name and a person'],
  [
    'new',
    { tenure: { kind: 'private', name: 'Jan', until: '2027-01-01' } },
    'tenure-misfit INFRA-1 tenure.until: 2027-01-01',
  ],
  ['new', { tenure: { kind: 'loaned', person: other } }, `no-such-person PRIV-1 tenure.person: ${other}`],
  [
    'new',
    { tenure: { kind: 'private', person }, core: 'availability' },
    'not-infra INFRA-1 core: availability',
  ],
  ['new', { tenure: { kind: 'private', person }, space_wide: true }, 'not-infra INFRA-1 space_wide: true'],
  [
    'new',
    { tenure: { kind: 'private', person }, stands_for: 'vm/100' },
    'not-infra INFRA-1 stands_for: vm/100, which is core',
  ],
  ['new', { stands_for: 'switch/sw9' }, 'unknown-thing INFRA-1 stands_for: switch/sw9'],
  ['new', { stands_for: 'vm/666' }, 'unknown-thing PRIV-2 stands_for: vm/666'],
  ['new', { stands_for: 'switch/sw1' }, 'stands-for-it INFRA-1 stands_for: switch/sw1'],
  ['old', { stands_for: 'switch/sw1' }, 'stands-for-it INFRA-1 stands_for: switch/sw1'],
  ['sw1', { life: 'retired' }, 'in-use TEAM-3 life: needed by tap'],
])('may not: %s, %j', (id, fields, fault) => {
  expect(faultsOf(id, fields)).toEqual([fault]);
});

test.each([
  ['new', 'depends-on item/nothing', 'no-such-item INFRA-2 links.0.to: item/nothing'],
  ['new', 'depends-on item/old', 'retired TEAM-3 links.0.to: item/old, which is retired'],
  ['new', 'runs-on vm/666', 'unknown-thing PRIV-2 links.0.to: vm/666'],
  ['new', 'depends-on item/new', 'cycle INFRA-2 links.0.to: item/new → item/new'],
  ['sw1', 'runs-on item/shelf', 'cycle INFRA-2 links.0.to: switch/sw1 → item/shelf → item/tap → switch/sw1'],
])('may not: %s %s', (id, link, fault) => {
  const fields = id === 'sw1' ? { stands_for: 'switch/sw1' } : {};
  expect(faultsOf(id, fields, link)).toEqual([fault]);
});

test('an item and the thing that it stands for are one, so that there is one link to them', () => {
  expect(faultsOf('new', {}, 'depends-on item/sw1', 'runs-on item/sw1', 'depends-on switch/sw1')).toEqual([
    'linked-already INFRA-2 links.2.to: depends-on switch/sw1 and item/sw1, which are the same',
  ]);
});

test('what was so before is in the way of no other change: a VM that is away, a lender who left', () => {
  const tenure = { kind: 'loaned' as const, person: other };
  const away = { vm: itemOf({ stands_for: 'vm/900', tenure }, 'runs-on node/gone') };
  const fields = { ...away.vm.fields, note: 'a new disk' };
  const { faults, changed } = planItems(
    worldOf(away, {}, { people: new Set() }),
    [{ id: 'vm', fields }],
    since,
  );
  expect([faults, changed]).toEqual([[], ['vm']]);
});

test('the class of a VM that changed refuses no other change of what is private and stands for it', () => {
  const tenure = { kind: 'private' as const, person };
  const before = itemOf({ stands_for: 'vm/100', tenure });
  const faults = (change: Partial<ItemFields>) =>
    planItems(
      worldOf({ vm: before }, things, { people: new Set([person]) }),
      [{ id: 'vm', fields: { ...before.fields, ...change } }],
      since,
    ).faults.map(({ code }) => code);
  expect(faults({})).toEqual([]);
  expect(faults({ note: 'a new disk' })).toEqual([]);
  expect(faults({ life: 'retired' })).toEqual([]);
  expect(faults({ layer: '3' })).toEqual(['not-infra']);
});

test('a cycle that a VM closed by moving is in nobody’s way, except where a link is added to it', () => {
  const closed = {
    dns: itemOf({ stands_for: 'vm/100' }),
    host: itemOf({ stands_for: 'node/n' }, 'depends-on item/dns'),
  };
  const needs = [{ from: 'vm/100', kind: 'runs-on' as const, to: ['node/n'], source: 'proxmox' as const }];
  const now = worldOf(closed, { ...things, 'node/n': {} }, { needs });
  const plan = (id: keyof typeof closed, ...links: string[]) =>
    planItems(now, [{ id, fields: closed[id].fields, links: links.map(linkOf) }], since);
  expect(plan('host', 'depends-on item/dns', 'powered-by ups/rack').faults).toEqual([]);
  expect(plan('dns', 'powered-by node/n').faults).toMatchObject([
    { code: 'cycle', found: 'vm/100 → node/n → vm/100' },
  ]);
});

test('what is used is not used again while it needs something retired', () => {
  const again = worldOf({ a: itemOf({ life: 'retired' }, 'runs-on item/b'), b: itemOf({ life: 'retired' }) });
  const wanted = { id: 'a', fields: fieldsOf() };
  expect(planItems(again, [wanted], since).faults).toMatchObject([{ code: 'retired', field: 'links.0.to' }]);
  expect(planItems(again, [wanted, { id: 'b', fields: fieldsOf() }], since).changed).toEqual(['a', 'b']);
});

test('many are judged as they are once all are done, or none is', () => {
  const both = [
    { id: 'sw1', fields: fieldsOf({ life: 'retired' }) },
    { id: 'tap', fields: fieldsOf({ life: 'retired' }) },
    { id: 'sw2', fields: fieldsOf({ stands_for: 'switch/sw1' }), links: [linkOf('runs-on item/rack')] },
    { id: 'rack', fields: fieldsOf() },
  ];
  const done = planItems(world, both, since);
  expect([done.faults, done.new, done.changed]).toEqual([[], ['sw2', 'rack'], ['sw1', 'tap']]);
  const wrong = planItems(
    world,
    [...both, { id: 'rack', fields: fieldsOf({ stands_for: 'ups/none' }) }],
    since,
  );
  expect(wrong.events).toEqual([]);
  expect(wrong.faults.map(({ index, code }) => [index, code])).toEqual([
    [4, 'twice'],
    [4, 'unknown-thing'],
  ]);
});

const typesOf = (id: string, fields: Partial<ItemFields>, ...links: string[]) =>
  planItems(world, [{ id, fields: fieldsOf(fields), links: links.map(linkOf) }], since).events.map(
    ({ type, data }) =>
      'to' in data ? `${type} ${data.to}` : `${type}${'life' in data ? ` ${data.life}` : ''}`,
  );

test.each<[string, Partial<ItemFields>, string[], string[]]>([
  ['new', {}, ['runs-on ups/rack'], ['item.registered in-use', 'item.linked ups/rack']],
  ['tap', {}, ['depends-on item/sw1'], []],
  [
    'tap',
    { note: 'x' },
    ['runs-on ups/rack'],
    ['item.unlinked item/sw1', 'item.changed in-use', 'item.linked ups/rack'],
  ],
  ['tap', { life: 'retired' }, ['depends-on item/sw1'], ['item.retired']],
  [
    'tap',
    { life: 'retired', note: 'x' },
    [],
    ['item.unlinked item/sw1', 'item.changed in-use', 'item.retired'],
  ],
  ['old', { stands_for: 'ups/rack' }, [], ['item.changed in-use']],
])('events: %s %j', (id, fields, links, events) => {
  expect(typesOf(id, fields, ...links)).toEqual(events);
});

test('an item is what its events say', () => {
  const { events } = planItems(
    world,
    [
      {
        id: 'new',
        fields: fieldsOf({ life: 'retired' }),
        links: ['runs-on ups/rack', 'depends-on item/sw1'].map(linkOf),
      },
    ],
    since,
  );
  const item = events.reduce<Item | undefined>(
    (so, each) => evolveItem(so, { ...each, time: since }),
    undefined,
  );
  expect(item).toEqual(itemOf({ life: 'retired' }, 'depends-on item/sw1', 'runs-on ups/rack'));
});
