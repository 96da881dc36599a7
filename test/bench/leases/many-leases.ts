import type { LeaseFact } from '@huismeester/policy/facts/lease';
import type { OwnershipFact } from '@huismeester/policy/facts/ownership';
import type { Guest } from '@huismeester/policy/facts/vm';

const [hour, day] = [3_600_000, 86_400_000];
const lengthMs = 14 * day;
const firstVm = 200_000;

/** VMs of participants that run, each with an owner and a lease. */
export interface Leased {
  readonly vm: ReadonlyMap<string, Guest>;
  readonly ownership: ReadonlyMap<string, OwnershipFact>;
  readonly lease: ReadonlyMap<string, LeaseFact>;
}

/** So many, whose leases end from `soonestMs` after `now` on, evenly over what is left of two weeks. */
export function manyLeases(count: number, now: number, soonestMs: number): Leased {
  const ids = Array.from({ length: count }, (_, index) => {
    const vm = String(firstVm + index);
    return { index, vm, id: `${vm}-${index.toString(16).padStart(8, '0')}`, incarnation: `uuid-${vm}` };
  });
  const endOf = (index: number) => now + soonestMs + ((lengthMs - soonestMs) * index) / count;
  return {
    vm: new Map(
      ids.map(({ vm, incarnation, index }) => {
        const startedAt = endOf(index) - lengthMs;
        const node = `rest${index % 20}`;
        const place = { hypervisor: 'pve', node, running: true, foundAt: startedAt - hour, startedAt };
        return [vm, { vm, incarnation, class: 'participant', ...place }];
      }),
    ),
    ownership: new Map(
      ids.map(({ id, vm, incarnation, index }) => {
        return [id, { ownership: id, vm, incarnation, owner: `owner-${index % 3000}`, project: 'p-bench' }];
      }),
    ),
    lease: new Map(
      ids.map(({ id, vm, index }) => {
        const [startedAt, ends] = [endOf(index) - lengthMs, endOf(index)];
        return [id, { lease: id, vm, number: 1, startedAt, ends, renewals: 0 }];
      }),
    ),
  };
}
