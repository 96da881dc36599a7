import type { BrokerConnection, SaidState } from '@huismeester/broker';
import type { Vm } from '@huismeester/contracts';

const classNumber = { core: 1, 'space-wide': 2, participant: 3 } as const;

/** What a VM looks like on MQTT; its name is left out, since people put their own in it. */
function vmState(vm: Vm): SaidState<'vm'> {
  const known = vm.status !== 'unknown' && {
    status: vm.status,
    running: vm.status === 'running' ? (1 as const) : (0 as const),
  };
  return { ...known, class: vm.class, class_n: classNumber[vm.class], node: vm.node };
}

/** Keeps the retained states in line with the VMs that are known; of one that no longer is, nothing stays behind. */
export function createDisplay(broker: BrokerConnection | undefined) {
  const shown = new Set<string>();
  return {
    show(vms: readonly Vm[]): void {
      const ids = new Set(vms.map(({ id }) => id));
      for (const vm of vms) {
        shown.add(vm.id);
        broker?.state('vm', vm.id, vmState(vm));
      }
      for (const id of shown) if (!ids.has(id)) this.forget(id);
    },
    /** Also of one that an earlier process showed. */
    forget(id: string): void {
      shown.delete(id);
      broker?.removeState('vm', id);
    },
  };
}
