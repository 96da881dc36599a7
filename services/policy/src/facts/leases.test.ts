import type { LeaseEntity, OwnershipEntity } from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evolveLease, type LeaseEvent, type LeaseFact, leaseFrom } from './lease.ts';
import { evolveOwnership, type OwnershipEvent, type OwnershipFact, ownershipFrom } from './ownership.ts';

/* fold(events) = from the snapshot. */

const [id, vm, incarnation, hypervisor, vmid] = ['120-0a1b2c3d', '120', 'mac-01', 'pve', 120] as const;
const at = (hour: number) => new Date(Date.UTC(2026, 10, 3, hour)).toISOString();
const people = ['jan', 'piet', 'els'] as const;

it('a lease is the same from its events as from the snapshot', () => {
  const step = fc.record({ is: fc.constantFrom('started', 'renewed', 'ended'), hour: fc.nat(1000) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let fact: LeaseFact | undefined;
      let entity: LeaseEntity = {
        lease: id,
        vm,
        number: 1,
        owner: 'jan',
        started: at(0),
        ends: at(0),
        renewals: 0,
        over: true,
      };
      for (const { is, hour } of steps) {
        const { number, renewals } = entity;
        const ends = at(hour);
        if (is === 'started')
          entity = { lease: id, vm, number: number + 1, owner: 'jan', started: at(hour), ends, renewals: 0 };
        else if (is === 'renewed') entity = { ...entity, ends, renewals: renewals + 1 };
        else entity = { ...entity, over: true };
        const data =
          is === 'started' ? { ...entity, how: 'started' } : { ...entity, by: 'owner', because: 'gone' };
        fact = evolveLease(fact, { type: `lease.${is}`, data } as unknown as LeaseEvent);
        expect(leaseFrom(entity)).toEqual(fact);
      }
    }),
    { seed: 1 },
  );
});

it('and so is an ownership', () => {
  const step = fc.record({
    is: fc.constantFrom('offered', 'offer-ended', 'accepted', 'ended'),
    who: fc.constantFrom(...people),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const of = { ownership: id, vm, hypervisor, vmid, incarnation };
      const begun = { ...of, owner: 'jan', project: 'web', how: 'created' };
      let fact: OwnershipFact | undefined = evolveOwnership(undefined, {
        type: 'ownership.begun',
        data: begun,
      } as OwnershipEvent);
      let entity: OwnershipEntity = { ...of, owner: 'jan', project: 'web' };
      expect(ownershipFrom(entity)).toEqual(fact);
      for (const { is, who } of steps) {
        // The guest may be back: it is offered anew, and has nothing of before.
        if (entity.ended && is !== 'offered') return;
        const before: OwnershipEntity = entity.ended ? of : entity;
        const { offer: _, ...known } = before;
        // Offered to a first owner, and not any more: the snapshot has none.
        if (is === 'offer-ended' && known.owner === undefined) return;
        if (is === 'offered') entity = { ...known, offer: { to: who, by: 'jan', since: at(0) } };
        else if (is === 'offer-ended') entity = known;
        else if (is === 'accepted') entity = { ...known, owner: who, project: 'site' };
        else entity = { ...known, ended: true };
        const data = {
          ...of,
          to: who,
          by: 'jan',
          owner: who,
          project: 'site',
          how: 'declined',
          because: 'deleted',
        };
        fact = evolveOwnership(fact, { type: `ownership.${is}`, data } as unknown as OwnershipEvent);
        expect(ownershipFrom(entity)).toEqual(fact);
      }
    }),
    { seed: 1 },
  );
});
