import type { BrokerConnection, SaidState } from '@huismeester/broker';
import { pivots, type Vm } from '@huismeester/contracts';
import type { Clock } from '@huismeester/service';
import { leaseLeft } from './core/lease.ts';

const classNumber = { core: 1, 'space-wide': 2, participant: 3 } as const;

/** A VM as MQTT has it; its name is left out, since people put their own in it, and so is whose it is. */
function vmState(vm: Vm, now: Date): SaidState<'vm'> {
  const known = vm.status !== 'unknown' && {
    status: vm.status,
    running: vm.status === 'running' ? (1 as const) : (0 as const),
  };
  const lease = vm.lease && { lease_left_s: leaseLeft(new Date(vm.lease.ends), now) };
  return { ...known, class: vm.class, class_n: classNumber[vm.class], node: vm.node, ...lease };
}

const metrics = pivots['vm-lifecycle'];

/** Keeps the retained states in line with the VMs that are known; of one that no longer is, nothing stays behind. */
export function createVmStates(broker: BrokerConnection | undefined, clock: Pick<Clock, 'now'>) {
  const published = new Set<string>();
  const sent = new Map<string, string>();
  /** One message a number over all VMs, when it says something new. */
  const sendPivots = (states: ReadonlyMap<string, SaidState<'vm'>>): void => {
    for (const metric of metrics) {
      const values = [...states].flatMap(([id, { [metric]: value }]) =>
        value === undefined ? [] : [[id, value]],
      );
      const pivot = Object.fromEntries(values) as Record<string, number>;
      const text = JSON.stringify(pivot);
      if (sent.get(metric) === text) continue;
      sent.set(metric, text);
      broker?.graf(metric, pivot);
    }
  };
  return {
    publish(vms: readonly Vm[]): void {
      const now = clock.now();
      const states = new Map(vms.map((vm) => [vm.id, vmState(vm, now)]));
      for (const [id, state] of states) {
        published.add(id);
        broker?.state('vm', id, state);
      }
      for (const id of published) if (!states.has(id)) this.remove(id);
      sendPivots(states);
    },
    /** Also of one that an earlier process published. */
    remove(id: string): void {
      published.delete(id);
      broker?.removeState('vm', id);
    },
  };
}
