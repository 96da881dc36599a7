import fc from 'fast-check';
import { expect, it } from 'vitest';
import { day, idOf, tuesday } from '../../../test/lease-space.ts';
import { defaults } from '../../../test/power-space.ts';
import { type DeliveryFact, deliveryKey } from '../../facts/delivery.ts';
import type { LeaseFact } from '../../facts/lease.ts';
import type { OwnershipFact } from '../../facts/ownership.ts';
import type { ProjectFact } from '../../facts/project.ts';
import type { Guest } from '../../facts/vm.ts';
import { evaluate } from './evaluate.ts';
import type { LeaseRow } from './state.ts';

const hour = day / 24;
const vms = ['101', '102', '103', '104'];
const guestOf = (vm: string, incarnation: string, running: boolean): Guest => ({
  vm,
  class: 'participant',
  hypervisor: 'pve',
  node: 'pve1',
  incarnation,
  running,
  foundAt: tuesday - 20 * day,
  startedAt: tuesday - 13 * day,
});

const projectOf = (id: string, isParticipant: boolean): ProjectFact => ({
  project: `p-${id}`,
  class: isParticipant ? 'participant' : 'space-wide',
  classAt: tuesday,
  state: 'active',
  agreed: false,
  managers: [],
});

const vm = fc.constantFrom(...vms);
/** What changes one of the maps, or what is the same for all leases, or the time. */
const change = fc.oneof(
  fc.record({ what: fc.constant('lease' as const), vm, endsIn: fc.integer({ min: -48, max: 96 }) }),
  fc.record({ what: fc.constant('guest' as const), vm, running: fc.boolean(), isSame: fc.boolean() }),
  fc.record({ what: fc.constant('owner' as const), vm, isOwned: fc.boolean() }),
  fc.record({ what: fc.constant('class' as const), vm, isParticipant: fc.boolean() }),
  fc.record({ what: fc.constant('warning' as const), vm, agoHours: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ what: fc.constant('moved' as const), vm, inHours: fc.integer({ min: 1, max: 24 }) }),
  fc.record({ what: fc.constant('time' as const), hours: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ what: fc.constant('common' as const), isArmed: fc.boolean(), isSane: fc.boolean() }),
);

it('finds the same from what did not change since the last look as from all of it', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), (changes) => {
      // Each history has a plan of its own: what was found before is kept by it.
      const plan = { ...defaults.lease };
      let [now, isArmed, isSane] = [tuesday, true, true];
      let guests: ReadonlyMap<string, Guest> = new Map(vms.map((each) => [each, guestOf(each, 'a', true)]));
      let leases: ReadonlyMap<string, LeaseFact> = new Map();
      let owned: ReadonlyMap<string, OwnershipFact> = new Map();
      let projects: ReadonlyMap<string, ProjectFact> = new Map();
      let delivery: ReadonlyMap<string, DeliveryFact> = new Map();
      let memory: ReadonlyMap<string, LeaseRow> = new Map();
      const ownership = (id: string, isOwned: boolean): OwnershipFact => ({
        ownership: idOf(id),
        vm: id,
        incarnation: 'a',
        project: `p-${id}`,
        ...(isOwned && { owner: `owner-${id}` }),
      });
      const leaseOf = (id: string, ends: number): LeaseFact => ({
        lease: idOf(id),
        vm: id,
        number: 1,
        startedAt: ends - 14 * day,
        ends,
        renewals: 0,
      });
      const look = () => {
        const known = { lease: leases, ownership: owned, project: projects, vm: guests };
        const common = { delivery, plan, isArmed, isSane };
        const found = evaluate(known, memory, common, now);
        expect(found).toEqual(evaluate(known, memory, { ...common, plan: { ...plan } }, now));
        return found;
      };
      leases = new Map(vms.map((each, index) => [idOf(each), leaseOf(each, tuesday + index * 20 * hour)]));
      owned = new Map(vms.map((each) => [idOf(each), ownership(each, true)]));
      for (const each of changes) {
        const { looked } = look();
        if (each.what === 'time') now += each.hours * hour;
        else if (each.what === 'common') [isArmed, isSane] = [each.isArmed, each.isSane];
        else if (each.what === 'lease')
          leases = new Map([...leases, [idOf(each.vm), leaseOf(each.vm, now + each.endsIn * hour)]]);
        else if (each.what === 'guest')
          guests = new Map([...guests, [each.vm, guestOf(each.vm, each.isSame ? 'a' : 'b', each.running)]]);
        else if (each.what === 'owner')
          owned = new Map([...owned, [idOf(each.vm), ownership(each.vm, each.isOwned)]]);
        else if (each.what === 'class')
          projects = new Map([...projects, [`p-${each.vm}`, projectOf(each.vm, each.isParticipant)]]);
        else {
          const planned = looked.find(({ lease }) => lease.vm === each.vm)?.planned ?? now;
          if (each.what === 'moved') {
            const { number, ends } = leases.get(idOf(each.vm)) ?? { number: 1, ends: now };
            const moved = { kind: 'moved', number, ends, planned: now + each.inHours * hour } as const;
            memory = new Map([...memory, [idOf(each.vm), { ...moved, why: 'not-warned' }]]);
          } else {
            const at = now - each.agoHours * hour;
            const sent: DeliveryFact = {
              kind: 'lease-warning',
              subject: `vm/${each.vm}`,
              person: `owner-${each.vm}`,
              moment: new Date(planned).toISOString(),
              state: 'handed',
              queuedAt: at,
              endedAt: at,
            };
            delivery = new Map([...delivery, [deliveryKey(sent), sent]]);
          }
        }
      }
      look();
    }),
    { numRuns: 300 },
  );
});
