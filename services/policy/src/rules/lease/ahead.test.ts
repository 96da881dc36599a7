import { expect, it } from 'vitest';
import { day, idOf, tuesday } from '../../../test/lease-space.ts';
import { defaults } from '../../../test/power-space.ts';
import { noFacts } from '../../facts/index.ts';
import type { LeaseFact } from '../../facts/lease.ts';
import type { OwnershipFact } from '../../facts/ownership.ts';
import type { Guest } from '../../facts/vm.ts';
import type { Mode, RuleContext } from '../define.ts';
import { rule } from './index.ts';
import { findLeases } from './rule.ts';

/* Thousands of leases are looked at in slices before anything is decided (desired/pass-runner.ts). */

function site(count: number) {
  const [vm, ownership, lease] = [
    new Map<string, Guest>(),
    new Map<string, OwnershipFact>(),
    new Map<string, LeaseFact>(),
  ];
  for (let n = 0; n < count; n += 1) {
    const [id, of] = [`${n}`, idOf(`${n}`)];
    const startedAt = tuesday - 14 * day + n;
    const guest = { vm: id, class: 'participant', hypervisor: 'pve', node: 'pve1', running: true } as const;
    vm.set(id, { ...guest, incarnation: 'a', foundAt: startedAt, startedAt });
    ownership.set(of, { ownership: of, vm: id, incarnation: 'a', owner: `owner-${n}` });
    lease.set(of, { lease: of, vm: id, number: 1, startedAt, ends: startedAt + 14 * day, renewals: 0 });
  }
  return { ...noFacts, vm, ownership, lease };
}
const modes = new Map<string, Mode>([['PART-4', 'enforce']]);
const context = (now: number): RuleContext => ({
  now,
  startedAt: 0,
  epoch: 'e',
  modes,
  mine: new Map(),
  settings: defaults,
});

it('takes a step a hundred leases, and what is decided then is the same as at once', () => {
  const [ahead, atOnce] = [site(1_000), site(1_000)];
  const memory = new Map<string, never>();
  const steps = [...(rule.ahead?.(ahead, memory, context(tuesday)) ?? [])];
  expect(steps).toHaveLength(10);
  expect(rule.decide(ahead, memory, context(tuesday))).toEqual(rule.decide(atOnce, memory, context(tuesday)));
  // Nothing is looked at twice: not when it is decided a moment later, nor by the next look ahead.
  const found = findLeases(ahead, memory, context(tuesday));
  expect([...(rule.ahead?.(ahead, memory, context(tuesday + 1)) ?? [])]).toEqual([]);
  expect(findLeases(ahead, memory, context(tuesday + 1)).looked).toBe(found.looked);
});
