import type { CableFields } from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasTwoAtAPort } from '../../test/reference/things.ts';
import { type Cable, evolveCable } from './cable.ts';
import { itemOf, since } from './items.fixtures.ts';
import { planCables } from './plan-cables.ts';

const items = new Map([
  ['sw1', itemOf()],
  ['bar-pc', itemOf()],
  ['old', itemOf({ life: 'retired' })],
]);
const end = (text: string) => {
  const [item = '', port = ''] = text.split(' ');
  return { item, port };
};
const cableOf = (state: CableFields['state'], a?: string, b?: string): CableFields => ({
  state,
  ...(a !== undefined && { a: end(a) }),
  ...(b !== undefined && { b: end(b) }),
});
const known = (fields: Record<string, CableFields>) =>
  new Map(Object.entries(fields).map(([id, each]): [string, Cable] => [id, { since, fields: each }]));
const c1 = cableOf('laid', 'sw1 gi0/3', 'bar-pc eth0');
const faultsOf = (fields: CableFields, cables = { c1 }) =>
  planCables({ items, cables: known(cables) }, [{ id: 'c2', fields }]).faults;

test.each([
  ['laid', 'sw1 gi0/4', 'bar-pc eth1'],
  ['broken', 'sw1 gi0/4', 'sw1 gi0/5'],
  ['planned', 'sw1 gi0/4', undefined],
  ['planned', undefined, 'sw1 gi0/4'],
] as const)('a cable that is %s may go from %s to %s', (state, a, b) => {
  expect(faultsOf(cableOf(state, a, b))).toEqual([]);
});

test.each([
  ['laid', 'sw1 gi0/4', undefined, 'b', 'free-end'],
  ['broken', undefined, 'sw1 gi0/4', 'a', 'free-end'],
  ['planned', undefined, undefined, 'a', 'free-end'],
  ['laid', 'sw1 gi0/4', 'sw1 Gi0/4', 'b.port', 'same-port'],
  ['laid', 'nothing x', 'sw1 gi0/4', 'a.item', 'no-such-item'],
  ['laid', 'sw1 gi0/4', 'old x', 'b.item', 'retired'],
  ['planned', 'sw1 gi0/3', undefined, 'a.port', 'port-taken'],
  ['laid', 'sw1 gi0/9', 'bar-pc ETH0', 'b.port', 'port-taken'],
] as const)('but not one that is %s from %s to %s', (state, a, b, field, code) => {
  expect(faultsOf(cableOf(state, a, b))).toMatchObject([{ field, code, clause: 'INFRA-2' }]);
});

test('a port that is taken is said with where its cable goes', () => {
  const [taken] = faultsOf(cableOf('planned', 'sw1 gi0/3'));
  expect(taken?.title).toBe('sw1 gi0/3 already goes to bar-pc eth0');
  const [free] = faultsOf(cableOf('planned', 'sw1 gi0/3'), { c1: cableOf('planned', 'sw1 gi0/3') });
  expect(free?.title).toBe('sw1 gi0/3 already has cable c1, whose other end is free');
});

test('two that change places in one go are judged by how they end; the same again is nothing', () => {
  const [one, other] = [cableOf('laid', 'sw1 1', 'bar-pc 1'), cableOf('laid', 'sw1 2', 'bar-pc 2')];
  const world = { items, cables: known({ c1: one, c2: other }) };
  const swapped = planCables(world, [
    { id: 'c1', fields: other },
    { id: 'c2', fields: one },
  ]);
  expect([swapped.faults, swapped.changed]).toEqual([[], ['c1', 'c2']]);
  expect(planCables(world, [{ id: 'c1', fields: one }])).toEqual({
    faults: [],
    events: [],
    new: [],
    changed: [],
  });
  const twice = [
    { id: 'c3', fields: cableOf('laid', 'sw1 3', 'sw1 4') },
    { id: 'c3', fields: cableOf('laid', 'sw1 3', 'sw1 4') },
  ];
  expect(planCables(world, twice).faults).toMatchObject([{ index: 1, code: 'twice', field: 'id' }]);
});

test.each([
  ['ST  1', 'st 1'],
  ['caf\u00e9', 'cafe\u0301'],
])('%s and %s are one port', (known, asked) => {
  const c1 = { ...cableOf('planned'), a: { item: 'sw1', port: known } };
  const fields = { ...cableOf('planned'), a: { item: 'sw1', port: asked } };
  expect(faultsOf(fields, { c1 })).toMatchObject([{ code: 'port-taken' }]);
});

test('an end at an item that was retired since may stay', () => {
  const fields = cableOf('laid', 'old 1', 'sw1 1');
  const world = { items, cables: known({ c1: fields }) };
  const broken = { ...fields, state: 'broken' as const };
  expect(planCables(world, [{ id: 'c1', fields: broken }])).toMatchObject({ faults: [], changed: ['c1'] });
});

const anEnd = fc.option(
  fc.record({ item: fc.constantFrom('sw1', 'bar-pc'), port: fc.constantFrom('e1', 'E1', 'e2', 'E2', 'e3') }),
  { nil: undefined },
);
const step = fc.record({
  id: fc.constantFrom('c1', 'c2', 'c3', 'c4'),
  state: fc.constantFrom('planned' as const, 'laid' as const),
  a: anEnd,
  b: anEnd,
  removes: fc.boolean(),
});

/** What is refused where only a port is in the way is refused rightly: with it two would be at one. */
test('whatever is asked for, a port never has two cables', () => {
  let taken = 0;
  const history = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), {
    minLength: 10,
    maxLength: 30,
    size: 'max',
  });
  fc.assert(
    fc.property(history, (batches) => {
      const cables = new Map<string, Cable>();
      for (const batch of batches) {
        const [first] = batch;
        if (first?.removes && batch.length === 1) cables.delete(first.id);
        const wanted = batch.map(({ id, state, a, b }) => ({
          id,
          fields: { state, ...(a && { a }), ...(b && { b }) },
        }));
        const { faults, events } = planCables({ items, cables }, wanted);
        const after = new Map<string, Cable>([
          ...cables,
          ...wanted.map(({ id, fields }) => [id, { since, fields }] as const),
        ]);
        if (faults.length > 0 && faults.every(({ code }) => code === 'port-taken')) {
          taken += 1;
          expect(hasTwoAtAPort([...after.values()].map(({ fields }) => fields))).toBe(true);
        }
        for (const event of events) {
          const id = event.subject.slice('cable/'.length);
          const cable = evolveCable(cables.get(id), { ...event, time: since });
          if (cable) cables.set(id, cable);
        }
        expect(hasTwoAtAPort([...cables.values()].map(({ fields }) => fields))).toBe(false);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
  expect(taken).toBeGreaterThan(100);
});
