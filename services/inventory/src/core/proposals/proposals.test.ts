import { expect, test } from 'vitest';
import type { SeenThing } from '../things.ts';
import { dismiss, evolveProposal, type ProposalEvent, proposalRegistered, reopen } from './answer.ts';
import { confirm, refusalOfConfirmed } from './confirm.ts';
import { type Answered, proposalsOf, type Situation } from './proposals.ts';

const since = new Date('2026-12-02T12:00:00Z');
const settings = {
  site: { id: 'x', name: 'X', timezone: 'Europe/Amsterdam', language: 'nl' },
  switches: [{ id: 'sw1', core: true }],
  probes: [
    { id: 'site', role: 'website', core: true },
    { id: 'site6', role: 'website', core: true },
    { id: 'printer', core: false },
  ],
} as unknown as Situation['settings'];

const things: Record<string, SeenThing> = {
  'switch/sw1': { state: 'up' },
  'probe/site': { state: 'up' },
  'probe/site6': { state: 'up' },
  'probe/printer': { state: 'down' },
  'ups/a': { state: 'on-mains' },
  'node/pve-pve1': { state: 'online' },
  'vm/101': { state: 'running', class: 'core', name: 'ldap' },
  'vm/102': { state: 'running', class: 'space-wide', name: 'mqtt' },
  'vm/103': { state: 'running', class: 'participant', name: 'of-somebody' },
};

const situation = (more: Partial<Situation> = {}): Situation => ({
  things: new Map(Object.entries(things)),
  items: new Map(),
  answered: new Map(),
  settings,
  ...more,
});
const lines = (given?: Partial<Situation>) =>
  proposalsOf(situation(given)).map(
    ({ id, name, kind, layer, core, space_wide, stands_for, because, dismissed }) =>
      `${id}: ${name}, ${kind} ${layer} ${core}${space_wide ? ' space-wide' : ''} ${stands_for ?? '-'} (${because})${dismissed ? ' no' : ''}`,
  );
const ids = (given?: Partial<Situation>) => proposalsOf(situation(given)).map(({ id }) => id);

test('what is seen, what CORE-3 and SPACE-2 name, and no VM of a participant', () => {
  expect(lines()).toEqual([
    'core/hypervisor: Hypervisor, server-software 7 availability - (CORE-3)',
    'core/login: Inlogsysteem, service 7 both - (CORE-3)',
    'core/network: Spacenet, service 2 availability - (CORE-3)',
    'core/uplink: Internetverbinding, service 3 availability - (CORE-3)',
    'core/website: Website, service 7 availability probe/site (CORE-3)',
    'node/pve-pve1: pve-pve1, server 1 availability node/pve-pve1 (seen)',
    'probe/printer: printer, service 7 no probe/printer (seen)',
    'probe/site6: site6, service 7 availability probe/site6 (seen)',
    'space/grafana: Grafana-dashboard, service 7 no space-wide - (SPACE-2)',
    'space/mqtt: MQTT, service 7 no space-wide - (SPACE-2)',
    'space/music-system: Muzieksysteem, music-system 7 no space-wide - (SPACE-2)',
    'switch/sw1: sw1, switch 2 availability switch/sw1 (seen)',
    'ups/a: ups/a, ups supporting no ups/a (seen)',
    'vm/101: ldap, server-software 7 availability vm/101 (seen)',
    'vm/102: mqtt, server-software 7 no space-wide vm/102 (seen)',
  ]);
});

test('what is registered is not proposed: it stands for the thing, or for another of that role, or was confirmed as that item', () => {
  const items = new Map([
    ['a', { stands_for: 'switch/sw1' }],
    ['b', { stands_for: 'probe/site6' }],
    ['c', {}],
  ]);
  const answered = new Map<string, Answered>([
    ['core/uplink', { since, item: 'c' }],
    ['space/mqtt', { since, item: 'retired-since' }],
  ]);
  const left = ids({ items, answered });
  for (const id of ['switch/sw1', 'probe/site6', 'core/website', 'core/uplink'])
    expect(left).not.toContain(id);
  expect(left).toEqual(expect.arrayContaining(['probe/site', 'space/mqtt']));
});

test('one that was dismissed stays in the list as such, until it is reopened', () => {
  const [event] = dismiss('ups/a', undefined, 'it is broken');
  const answered = evolveProposal(undefined, { ...event, time: since } as ProposalEvent);
  const found = (known: Answered | undefined) =>
    proposalsOf(situation({ answered: new Map(known && [['ups/a', known]]) })).find(
      ({ id }) => id === 'ups/a',
    );
  expect(found(answered)?.dismissed).toBe(true);
  expect(dismiss('ups/a', answered, undefined)).toEqual([]);
  const [again] = reopen('ups/a');
  const reopened = evolveProposal(answered, { ...again, time: since } as ProposalEvent);
  expect(found(reopened)?.dismissed).toBe(false);
  const [as] = proposalRegistered('core/uplink', 'uplink');
  expect(evolveProposal(undefined, { ...as, time: since } as ProposalEvent)).toEqual({
    since,
    item: 'uplink',
  });
});

const registered = (confirmed: Parameters<typeof confirm>[1], taken: readonly string[] = []) => {
  const found = confirm(proposalsOf(situation()), confirmed, (id) => taken.includes(id));
  if ('refused' in found) return found.errors.map(({ field, found: what }) => `${field}: ${what}`);
  return found.wanted.map(({ id, fields }) => ({ id, ...fields }));
};

test('an item is as it was proposed, but for what was said otherwise; its id is made of its name', () => {
  expect(registered([{ id: 'vm/101', place: 'rack', tenure: { kind: 'owned' } }])).toEqual([
    {
      id: 'ldap',
      name: 'ldap',
      kind: 'server-software',
      layer: '7',
      core: 'availability',
      space_wide: false,
      life: 'in-use',
      place: 'rack',
      tenure: { kind: 'owned' },
      stands_for: 'vm/101',
    },
  ]);
  const ofNames = [{ id: 'vm/102' }, { id: 'space/mqtt' }, { id: 'switch/sw1', item: 'mqtt-2' }];
  expect(registered(ofNames, ['mqtt'])).toMatchObject([{ id: 'mqtt-3' }, { id: 'mqtt-4' }, { id: 'mqtt-2' }]);
});

test('what is not proposed, and what is given twice, is refused', () => {
  expect(registered([{ id: 'vm/101' }, { id: 'vm/103' }, { id: 'vm/101' }])).toEqual([
    'body.proposals.1.id: vm/103',
    'body.proposals.2.id: vm/101',
  ]);
});

test('an id that an item has is refused where it stands in the request', () => {
  expect(registered([{ id: 'vm/101' }, { id: 'vm/102', item: 'tap' }], ['tap'])).toEqual([
    'body.proposals.1.item: tap',
  ]);
});

test.each([
  [true, 'tenure.name', 'body.tenure.name', 'x, of vm/102'],
  [true, 'id', 'body.all', 'x, of vm/102'],
  [false, 'tenure.name', 'body.proposals.1.tenure.name', 'x'],
  [false, 'id', 'body.proposals.1.item', 'x'],
])('of all: %s, %s is %s', (isAll, field, place, found) => {
  const fault = { index: 1, code: 'x', title: 'x', field, found: 'x', allowed: 'x' };
  const confirmed = [{ id: 'vm/101' }, { id: 'vm/102' }];
  expect(refusalOfConfirmed([fault], confirmed, { isAll })).toMatchObject({
    errors: [{ field: place, found }],
  });
});
