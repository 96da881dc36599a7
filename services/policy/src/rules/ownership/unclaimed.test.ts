import { expect, it } from 'vitest';
import { day, idOf, LeaseSpace, tuesday } from '../../../test/lease-space.ts';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import type { Guest } from '../../facts/vm.ts';
import type { RuleContext } from '../define.ts';
import { rule } from './index.ts';

/* `adoption.deadline`: how long a participants' VM may have no owner. */

/** What is found of VMs that were found on Tuesday, so many days after it. */
function found(days: number, space: LeaseSpace, adoptionMs?: number) {
  const settings = { ...defaults, ...(adoptionMs !== undefined && { adoptionMs }) };
  const context: RuleContext = {
    now: tuesday + days * day,
    startedAt: 0,
    epoch: 'e',
    modes: new Map(),
    mine: new Map(),
    settings,
  };
  const { violations, lookAgainAt } = atOnce(rule.decide(space.facts, new Map(), context));
  const of = (each: { readonly kind: string; readonly subject: string }) =>
    each.kind === 'vm-unclaimed' ? [each.subject] : [];
  return {
    found: violations.found.flatMap(of),
    undecided: violations.undecided.flatMap(of),
    ...(lookAgainAt !== undefined && { again: (lookAgainAt - tuesday) / day }),
  };
}

/** 120 has an owner; 121 has none, nor has 110, which is space-wide, and of 122 nobody knows which guest it is. */
function site(more: Partial<Guest> = {}): LeaseSpace {
  const space = new LeaseSpace()
    .leased('120')
    .leased('121', more)
    .leased('110', { class: 'space-wide' })
    .leased('122');
  const ownership = new Map(space.facts.ownership);
  for (const vm of ['121', '110', '122']) ownership.delete(idOf(vm));
  const { incarnation: _, ...unknown } = space.facts.vm.get('122') as Guest;
  space.facts = { ...space.facts, ownership, vm: new Map(space.facts.vm).set('122', unknown) };
  return space;
}

it('is for ever unless settings say otherwise', () => {
  expect(found(1_000, site())).toEqual({ found: [], undecided: [] });
});

it('is a violation of each VM of participants that nobody claimed by then, and of no other', () => {
  expect(found(29, site(), 30 * day)).toEqual({ found: [], undecided: [], again: 30 });
  expect(found(30, site(), 30 * day)).toEqual({ found: ['vm/121'], undecided: [] });
});

it('is undecided of one that is not seen, and counts anew for another guest under its vmid', () => {
  expect(found(40, site({ unseen: true }), 30 * day)).toEqual({ found: [], undecided: ['vm/121'] });
  const replaced = site();
  const other = { ...(replaced.facts.vm.get('120') as Guest), incarnation: 'b', foundAt: tuesday + 20 * day };
  replaced.facts = { ...replaced.facts, vm: new Map(replaced.facts.vm).set('120', other) };
  expect(found(40, replaced, 30 * day)).toEqual({ found: ['vm/121'], undecided: [], again: 50 });
});
