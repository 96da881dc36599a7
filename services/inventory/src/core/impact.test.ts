import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgesOf, goneWith, type Thing } from '../../test/reference/things.ts';
import { graphOf } from './graph.ts';
import { impactOf } from './impact.ts';
import type { Item } from './item.ts';
import { itemOf } from './items.fixtures.ts';
import type { ThingNeed } from './things.ts';

const needs: ThingNeed[] = [
  { from: 'vm/104', kind: 'runs-on', to: ['node/pve1'], source: 'proxmox' },
  { from: 'node/pve1', kind: 'powered-by', to: ['ups/rack', 'ups/spare'], source: 'settings' },
  { from: 'switch/sw1', kind: 'powered-by', to: ['ups/rack'], source: 'settings' },
  { from: 'probe/web', kind: 'depends-on', to: ['vm/104'], source: 'settings' },
  { from: 'probe/web', kind: 'depends-on', to: ['switch/sw1'], source: 'settings' },
];
const items = new Map([
  ['sw1', itemOf({ stands_for: 'switch/sw1' })],
  ['bar', itemOf({}, 'depends-on item/sw1')],
  ['till', itemOf({}, 'runs-on item/bar', 'powered-by ups/spare')],
  ['old', itemOf({ life: 'retired' }, 'depends-on item/sw1')],
]);
const impact = (target: string) => {
  const { goes, weakened } = impactOf(graphOf(items, needs), target);
  const said = (all: typeof goes) =>
    all.map(({ vertex, because }) => `${vertex} for ${because.flatMap(({ on }) => on).join()}`);
  return { goes: said(goes), weakened: said(weakened) };
};

test.each([
  [
    'ups/rack',
    [
      'switch/sw1 for ups/rack',
      'item/bar for switch/sw1',
      'probe/web for switch/sw1',
      'item/till for item/bar',
    ],
    ['node/pve1 for ups/rack'],
  ],
  ['ups/spare', ['item/till for ups/spare'], ['node/pve1 for ups/spare']],
  ['node/pve1', ['vm/104 for node/pve1', 'probe/web for vm/104'], []],
  ['item/till', [], []],
  ['item/old', [], []],
])(
  'with %s goes what has nothing else, nearest first; what has another is weakened',
  (target, goes, weakened) => {
    const found = impact(target);
    expect(found.goes.toSorted()).toEqual(goes.toSorted());
    expect(found.weakened).toEqual(weakened);
    expect(found.goes.at(-1)).toBe(goes.at(-1));
  },
);

test('both of two go at once with what both need', () => {
  const both: ThingNeed[] = [
    ...needs,
    { from: 'ups/rack', kind: 'depends-on', to: ['item/fuse'], source: 'settings' },
    { from: 'ups/spare', kind: 'depends-on', to: ['item/fuse'], source: 'settings' },
  ];
  const { goes, weakened } = impactOf(graphOf(items, both), 'item/fuse');
  const node = goes.find(({ vertex }) => vertex === 'node/pve1');
  expect(node?.because.map(({ on }) => on)).toEqual([['ups/rack', 'ups/spare']]);
  expect(weakened).toEqual([]);
});

const places = ['item/a', 'item/b', 'item/c', 'switch/s', 'ups/u', 'vm/1', 'node/n'];
const place = fc.constantFrom(...places);
const edge = fc.record({ from: place, to: fc.uniqueArray(place, { minLength: 1, maxLength: 3 }) });

/** With cycles too: a VM that moved may close one. */
test('as the reference has it, in any graph', () => {
  fc.assert(
    fc.property(fc.array(edge, { minLength: 5, maxLength: 20, size: 'max' }), place, (edges, target) => {
      const outside = edges.map((each) => ({
        ...each,
        kind: 'depends-on' as const,
        source: 'proxmox' as const,
      }));
      const known = new Map<string, Item>(['a', 'b', 'c'].map((id) => [id, itemOf()]));
      const plain = new Map<string, Thing>(['a', 'b', 'c'].map((id) => [id, { life: 'in-use', links: [] }]));
      const { goes, weakened } = impactOf(graphOf(known, outside), target);
      const all = edgesOf(plain, edges);
      const gone = goneWith(all, target);
      expect(new Set(goes.map(({ vertex }) => vertex))).toEqual(gone);
      expect(goes.every(({ because }) => because.length > 0)).toBe(true);
      const down = new Set([...gone, target]);
      const weak = all.flatMap(({ from, to }) =>
        !down.has(from) && to.some((each) => down.has(each)) ? [from] : [],
      );
      expect(new Set(weakened.map(({ vertex }) => vertex))).toEqual(new Set(weak));
    }),
    { numRuns: 500, seed: 1 },
  );
});
