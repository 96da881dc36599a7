import { expect, test } from 'vitest';
import { itemOf, linkOf } from './items.fixtures.ts';
import { withLink, withoutLink } from './links.ts';
import type { ThingNeed } from './things.ts';

const tap = itemOf({ stands_for: 'probe/tap' }, 'depends-on switch/sw1');
const items = new Map([
  ['tap', tap],
  ['sw1', itemOf({ stands_for: 'switch/sw1' })],
]);
const needs: ThingNeed[] = [
  { from: 'probe/tap', kind: 'powered-by', to: ['ups/rack'], source: 'settings' },
  { from: 'probe/tap', kind: 'runs-on', to: ['node/pve1'], source: 'proxmox' },
];

test.each([
  ['depends-on switch/sw1', 1],
  ['powered-by switch/sw1', 2],
  ['depends-on switch/sw2', 2],
])('with %s it has %i', (link, count) => {
  expect(withLink(tap, linkOf(link))).toHaveLength(count);
});

test.each([
  ['depends-on switch/sw1', []],
  ['depends-on item/sw1', []],
  ['depends-on ups/rack', { code: 'not-found', clause: 'INFRA-2' }],
  ['powered-by ups/rack', { code: 'read-only', title: expect.stringContaining('space.yaml') }],
  ['runs-on node/pve1', { code: 'read-only', title: expect.stringContaining('Proxmox') }],
])('without %s', (link, left) => {
  expect(withoutLink('tap', tap, linkOf(link), { items, needs })).toEqual(
    Array.isArray(left) ? left : expect.objectContaining(left),
  );
});
