import type { Vm } from '@huismeester/contracts';
import type { ConsumerStatus } from '@huismeester/events';
import { gauge, type ServiceContext } from '@huismeester/service';

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

/** How far this service is behind a log that it reads, and what it could not apply. */
export function meterConsumer(metrics: Registry, status: () => ConsumerStatus): void {
  const labels = { service: 'vm-lifecycle', source: status().source };
  gauge(
    metrics,
    { name: 'huismeester_consumer_lag', help: 'Events not yet applied', labels },
    () => status().lag,
  );
  gauge(
    metrics,
    { name: 'huismeester_dead_letters', help: 'Events that could not be applied, and are parked', labels },
    () => status().deadLetters,
  );
}

/** Counts by labels that are not known beforehand; each value only grows. */
export function createCounter(metrics: Registry, name: string, help: string) {
  const counts = new Map<string, number>();
  return (labels: Record<string, string>, add = 1): void => {
    const key = JSON.stringify(labels);
    const before = counts.get(key);
    counts.set(key, (before ?? 0) + add);
    if (before === undefined) gauge(metrics, { name, help, labels }, () => counts.get(key));
  };
}
