import { expect, test } from 'vitest';
import type { AskedTarget } from './hold.ts';
import { type Asker, mayNotHold } from './may.ts';

const trial = (...grants: readonly { on: string; core?: boolean }[]) =>
  ({
    roles: ['participant', 'trial'],
    person: 'a0000000-0000-4000-8000-000000000001',
    grants: grants.map((grant) => ({ ...grant, until: '2027-01-01T00:00:00.000Z' })),
  }) as Asker;
const { grants = [] } = trial({ on: 'vm/104' });

test.each<
  [string, Asker, AskedTarget, 'core' | 'space-wide' | 'participant' | undefined, string | undefined]
>([
  ['a VM', trial({ on: 'vm/104' }), 'vm/104', 'participant', undefined],
  ['all of a class', trial({ on: 'class/space-wide' }), 'vm/7', 'space-wide', undefined],
  ['another VM', trial({ on: 'vm/104' }), 'vm/105', 'participant', 'JOIN-3'],
  ['another class', trial({ on: 'class/participant' }), 'vm/104', 'space-wide', 'JOIN-3'],
  ['nothing', trial(), 'vm/104', 'participant', 'JOIN-3'],
  ['a VM that became core since', trial({ on: 'vm/104' }), 'vm/104', 'core', 'CORE-4'],
  ['a VM of core', trial({ on: 'vm/104', core: true }), 'vm/104', 'core', undefined],
  ['a node', trial({ on: 'node/pve-pve1', core: true }), 'node/pve-pve1', undefined, undefined],
  ['another node', trial({ on: 'node/pve-pve1', core: true }), 'node/pve-pve2', undefined, 'CORE-4'],
  ['a port of a switch', trial({ on: 'switch/sw1', core: true }), 'port/sw1/gi1', undefined, undefined],
  ['on trial no more', { roles: ['participant'], grants }, 'vm/104', 'participant', 'PART-4'],
])('a member on trial holds what was granted, and never more: %s', (_, asker, target, of, clause) => {
  const vm = { ...(of && { class: of }), isRun: false, upToDate: true, others: [] };
  expect(mayNotHold(target, asker, vm)?.clause).toBe(clause);
});

test('who is refused reads what they may hold', () => {
  const vm = { class: 'participant', isRun: false, upToDate: true, others: [] } as const;
  expect(mayNotHold('vm/105', trial({ on: 'vm/104' }), vm)?.errors?.[0]?.allowed).toBe('vm/104');
});
