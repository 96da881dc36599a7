import type { BrokerConnection, SaidState } from '@huismeester/broker';
import type { Vm } from '@huismeester/contracts';

const classNumber = { core: 1, 'space-wide': 2, participant: 3 } as const;

/** A VM as MQTT has it; its name is left out, since people put their own in it. */
function vmState(vm: Vm): SaidState<'vm'> {
  const known = vm.status !== 'unknown' && {
    status: vm.status,
    running: vm.status === 'running' ? (1 as const) : (0 as const),
  };
  return { ...known, class: vm.class, class_n: classNumber[vm.class], node: vm.node };
}

/** Keeps the retained states in line with the VMs that are known; of one that no longer is, nothing stays behind. */
export function createVmStates(broker: BrokerConnection | undefined) {
  const published = new Set<string>();
  return {
    publish(vms: readonly Vm[]): void {
      const ids = new Set(vms.map(({ id }) => id));
      for (const vm of vms) {
        published.add(vm.id);
        broker?.state('vm', vm.id, vmState(vm));
      }
      for (const id of published) if (!ids.has(id)) this.remove(id);
    },
    /** Also of one that an earlier process published. */
    remove(id: string): void {
      published.delete(id);
      broker?.removeState('vm', id);
    },
  };
}
