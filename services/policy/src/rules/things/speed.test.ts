import { expect, it } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { noFacts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import { rule } from './index.ts';

/* 2,000 items, half of them core, that run on each other in chains, with two stewards each, and 200 VMs of core. */

const now = Date.parse('2027-03-01T12:00:00Z');
const count = 2_000;
const ids = Array.from({ length: count }, (_, n) => `i${n}`);
const item = (id: string, n: number): ItemFact => ({
  item: id,
  name: id,
  kind: n % 10 === 0 ? 'server' : 'service',
  layer: '7',
  life: 'in-use',
  core: n % 2 === 0 ? 'both' : 'no',
  spaceWide: n % 3 === 0,
  tenure: { kind: 'rented', until: `2027-0${1 + (n % 9)}-15` },
  links: n % 10 === 0 ? [] : [{ kind: 'runs-on', to: `item/i${n - 1}` }],
});
const members = Array.from({ length: 20 }, (_, n) => `p${n}`);

it('looks at 2,000 items in steps, between which everything else has its turn', () => {
  const facts = {
    ...noFacts,
    item: new Map(ids.map((id, n) => [id, item(id, n)])),
    steward: new Map(
      ids.flatMap((id, n) =>
        [0, 1].map((each) => {
          const steward = `${id}-${each}`;
          const person = `p${(n + each) % 20}`;
          return [steward, { steward, item: id, person, role: 'steward', confirmedAt: now - 1 } as const];
        }),
      ),
    ),
    person: new Map(members.map((person) => [person, { person, enabled: true, groups: [], roles: [] }])),
    member: new Map(members.map((person) => [person, { person, state: 'full' } as const])),
    directory: new Map([['main', { state: 'known', since: 0 } as const]]),
    node: new Map([['pve/pve1', { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1', online: true }]]),
    vm: new Map(
      Array.from({ length: 200 }, (_, n) => [
        `${n}`,
        { vm: `${n}`, class: 'core', hypervisor: 'pve', node: 'pve1', running: true } as const,
      ]),
    ),
  };
  const settings = { ...defaults, directory: true };
  const context = { now, startedAt: 0, epoch: 'e', modes: new Map(), mine: new Map(), settings };
  const steps = rule.decide(facts, new Map(), context);
  if (!('next' in steps)) throw new Error('it is asked at once');
  let taken = 1;
  let step = steps.next();
  for (; !step.done; taken += 1) step = steps.next();
  expect(step.value.violations.found.length).toBeGreaterThan(1_000);
  // One for each item and VM at least: how long each takes is measured, here it would depend on what else runs.
  expect(taken).toBeGreaterThan(count + 200);
});
