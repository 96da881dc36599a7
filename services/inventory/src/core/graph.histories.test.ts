import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgesOf, isCyclic, mayBecome, type Outside, type Thing } from '../../test/reference/things.ts';
import { evolveItem, type Item } from './item.ts';
import { fieldsOf, since, worldOf } from './items.fixtures.ts';
import { planItems } from './plan-items.ts';
import type { ThingNeed } from './things.ts';

const wanted = process.env.HUISMEESTER_HISTORIES;
/** The same histories each time, so that a red test is the change's own fault; a longer search finds new ones. */
const search = wanted === undefined ? { numRuns: 200, seed: 1 } : { numRuns: Number(wanted) };

const ids = ['a', 'b', 'c', 'd', 'e'];
const things = ['switch/s', 'ups/u', 'node/n', 'vm/1', 'probe/p'];
const kinds = ['runs-on', 'powered-by', 'depends-on'];
/** What settings and Proxmox say: it has no cycle of its own. */
const outside: Outside[] = [
  { from: 'vm/1', to: ['node/n'] },
  { from: 'node/n', to: ['ups/u', 'switch/s'] },
  { from: 'probe/p', to: ['switch/s'] },
];
const needs: ThingNeed[] = outside.map((each) => ({ ...each, kind: 'depends-on', source: 'settings' }));
const world = worldOf({}, Object.fromEntries(things.map((each) => [each, {}])), { needs });

const target = fc.constantFrom(...ids.map((id) => `item/${id}`), ...things);
const life = fc.constantFrom('designed' as const, 'in-use' as const, 'in-use' as const, 'retired' as const);
const step = fc.record({
  id: fc.constantFrom(...ids),
  is: fc.constantFrom('link', 'link', 'link', 'unlink', 'stand', 'stand-for-nothing', 'life'),
  kind: fc.constantFrom(...kinds),
  to: target,
  thing: fc.constantFrom(...things),
  life,
  n: fc.nat(9),
});
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** What an item is to be after a step; it begins with being registered. */
function next(before: Thing | undefined, { is, kind, to, thing, life, n }: Step): Thing {
  if (before === undefined) return { life: life === 'retired' ? 'in-use' : life, links: [] };
  const { stands: _, ...rest } = before;
  const known = before.links.some((each) => each.kind === kind && each.to === to);
  if (is === 'link') return { ...before, links: known ? before.links : [...before.links, { kind, to }] };
  if (is === 'unlink') return { ...before, links: before.links.filter((_, index) => index !== n) };
  if (is === 'stand') return { ...before, stands: thing };
  return is === 'life' ? { ...before, life } : rest;
}

/** Plays a history through the core and through the reference; how often each refusal came. */
function play(steps: readonly Step[]): Map<string, number> {
  let items = new Map<string, Item>();
  const model = new Map<string, Thing>();
  const refused = new Map<string, number>();
  for (const each of steps) {
    const { id } = each;
    const to = next(model.get(id), each);
    const { life, stands, links } = to;
    const fields = fieldsOf({ life, ...(stands !== undefined && { stands_for: stands }) });
    const plan = planItems({ ...world, items }, [{ id, fields, links: links as Item['links'] }], since);
    const codes = plan.faults.map(({ code }) => code);
    expect([each, codes.length === 0, codes]).toEqual([each, mayBecome(model, id, to, outside), codes]);
    for (const code of codes) refused.set(code, (refused.get(code) ?? 0) + 1);
    if (codes.length > 0) continue;
    model.set(id, to);
    const after = plan.events.reduce<Item | undefined>(
      (item, event) => evolveItem(item, { ...event, time: since }),
      items.get(id),
    );
    if (after) items = new Map([...items, [id, after]]);
    expect(after?.fields).toEqual(fields);
    const said = (all: readonly { kind: string; to: string }[]) =>
      new Set(all.map(({ kind, to }) => `${kind} ${to}`));
    expect(said(after?.links ?? [])).toEqual(said(links));
    expect(isCyclic(edgesOf(model, outside))).toBe(false);
  }
  return refused;
}

test('whatever is asked for, the graph never has a cycle, and nothing else is refused than what the reference refuses', {
  timeout: 600_000,
}, () => {
  const refused = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), (steps) => {
      for (const [code, count] of play(steps)) refused.set(code, (refused.get(code) ?? 0) + count);
    }),
    search,
  );
  const all = ['cycle', 'in-use', 'linked-already', 'no-such-item', 'retired', 'stands-for-it'];
  expect(new Set(refused.keys())).toEqual(new Set(all));
});
