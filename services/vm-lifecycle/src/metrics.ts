import type { Vm } from '@huismeester/contracts';
import { counter, gauge, histogram, type ServiceContext } from '@huismeester/service';

type Registry = ServiceContext['metrics'];
type Samples = { readonly labels: Record<string, string>; readonly value: number }[];

const classes = ['core', 'space-wide', 'participant'] as const;
const statuses = ['running', 'stopped', 'unknown'] as const;

/** VMs by class and status, and each by its number, never by its name, as of the last poll. */
export function meterVms(metrics: Registry, vms: () => readonly Vm[]): void {
  for (const of of classes) {
    for (const status of statuses) {
      const labels = { class: of, status };
      gauge(metrics, { name: 'huismeester_vms', help: 'VMs in listed pools', labels }, () =>
        vms().reduce((sum, vm) => sum + Number(vm.class === of && vm.status === status), 0),
      );
    }
  }
  const each = { labels: {}, sampleLabels: ['vm', 'class', 'node'] };
  const running = { name: 'huismeester_vm_running', help: '1: the VM runs', ...each };
  gauge(metrics, running, () => samples(vms(), runningOf));
  const wanted = {
    name: 'huismeester_vm_wanted',
    help: '1: policy wants it running, 0: stopped; none: hands-off',
    ...each,
  };
  gauge(metrics, wanted, () => samples(vms(), wantedOf));
}

/** The value of each VM that has one. */
function samples(vms: readonly Vm[], read: (vm: Vm) => number | undefined): Samples {
  return vms.flatMap((vm) => {
    const value = read(vm);
    return value === undefined ? [] : [{ labels: { vm: vm.id, class: vm.class, node: vm.node }, value }];
  });
}

/** 1 or 0; undefined while it cannot be seen. */
export function runningOf({ status }: Vm): number | undefined {
  return status === 'unknown' ? undefined : Number(status === 'running');
}

/** 1 or 0; undefined while nothing is wanted of it. */
export function wantedOf({ desired }: Vm): number | undefined {
  return desired === undefined || desired === 'hands-off' ? undefined : Number(desired === 'running');
}

/** Called with each call to a hypervisor: how long it took, in ms, and if it failed the code of the error. */
export type CallMeter = (hypervisor: string, call: string, ms: number, error?: string) => void;

/** From a call to a node that is near to one that nearly ran into its time limit, s. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Times every call to Proxmox, and counts what went wrong. */
export function meterCalls(metrics: Registry): CallMeter {
  const description = { name: 'huismeester_proxmox_call_seconds', help: 'How long calls to Proxmox took' };
  const took = histogram(metrics, { ...description, labels: ['hypervisor', 'call', 'ok'], buckets });
  const failed = counter(metrics, {
    name: 'huismeester_proxmox_errors_total',
    help: 'Calls to Proxmox that failed, by what went wrong',
    labels: ['hypervisor', 'code'],
  });
  return (hypervisor, call, ms, error) => {
    took({ hypervisor, call, ok: String(error === undefined) }, ms / 1000);
    if (error !== undefined) failed({ hypervisor, code: error });
  };
}

/** Called with what became of a request; `node-shutdown` and `node-wake` are the acts of nodes. */
export type RequestMeter = (
  act: string,
  outcome: 'requested' | 'accepted' | 'lost' | 'failed' | 'done',
) => void;

export function countRequests(metrics: Registry): RequestMeter {
  const count = counter(metrics, {
    name: 'huismeester_power_requests_total',
    help: 'Requests to Proxmox by outcome',
    labels: ['act', 'outcome'],
  });
  return (act, outcome) => count({ act, outcome });
}
