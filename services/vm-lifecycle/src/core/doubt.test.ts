import { expect, test } from 'vitest';
import { doubts } from './doubt.ts';
import type { Guest, ListedGuest } from './guest.ts';
import type { Known } from './observe.ts';

const now = new Date('2026-12-01T12:00:00Z');
const guest: Guest = {
  id: '101',
  hypervisor: 'pve',
  vmid: 101,
  kind: 'qemu',
  name: 'web',
  class: 'participant',
  pool: 'p',
  node: 'pve1',
  status: 'running',
  changedAt: new Date(now.getTime() - 3_600_000),
  incarnation: 'uuid-1',
  cores: 2,
};
const row: ListedGuest = { ...guest, uptime: 3_600 };
const known: Known = {
  hypervisor: 'pve',
  prefix: '',
  contact: undefined,
  nodes: new Map(),
  nodeIds: new Set(),
  guests: [guest],
};
const look = (
  listed: Partial<ListedGuest>,
  {
    was = guest,
    before = 3_590,
    again = [],
  }: { was?: Guest; before?: number | undefined; again?: string[] } = {},
) => {
  const guests = [{ ...row, ...listed }];
  const listing = { guests, nodes: [{ name: 'pve1', online: true }], quorate: true };
  const uptimes = new Map(before === undefined ? [] : [['101', before]]);
  const found = doubts({ ...known, guests: [was] }, uptimes, listing, { again: new Set(again), now });
  return [
    found.ask.map(({ id }) => id),
    found.restarted.map((each) => each.guest.id),
    found.uptimes.get('101'),
  ];
};

test.each([
  ['nothing is other than it was', look({}), [[], [], 3_600]],
  ['another name', look({ name: 'new' }), [['101'], [], 3_600]],
  ['another size', look({ cores: 4 }), [['101'], [], 3_600]],
  ['a younger process', look({ uptime: 5 }), [['101'], ['101'], 5]],
  ['off at one look: the uptime before is kept', look({ uptime: 0, status: 'stopped' }), [[], [], 3_590]],
  [
    'younger, and it was known to be off',
    look({ uptime: 5 }, { was: { ...guest, status: 'stopped' } }),
    [['101'], [], 5],
  ],
  ['could not be read before', look({}, { again: ['101'] }), [['101'], [], 3_600]],
  [
    'not known which it was',
    look({ name: 'new' }, { was: { ...guest, incarnation: undefined as never } }),
    [[], [], 3_600],
  ],
  ['one of another kind', look({ kind: 'lxc' }), [['101'], [], 3_600]],
  ['the cluster does not know', look({ status: 'unknown', name: 'new' }), [[], [], 3_600]],
  ['its node is off', look({ node: 'pve2', name: 'new' }), [[], [], 3_600]],
])('%s', (_, found, expected) => {
  expect(found).toEqual(expected);
});

test('we were off: one whose process began after its start was last seen was restarted', () => {
  const listing = {
    guests: [{ ...row, uptime: 60 }],
    nodes: [{ name: 'pve1', online: true }],
    quorate: true,
  };
  const found = doubts(known, new Map(), listing, { again: new Set(), now });
  expect(found.restarted).toHaveLength(1);
});

test('of many new ones only some are looked at before they are reported', () => {
  const guests = Array.from({ length: 100 }, (_, index) => ({ ...row, vmid: 200 + index }));
  const listing = { guests, nodes: [{ name: 'pve1', online: true }], quorate: true };
  expect(doubts({ ...known, guests: [] }, new Map(), listing, { again: new Set(), now }).ask).toHaveLength(
    32,
  );
});
