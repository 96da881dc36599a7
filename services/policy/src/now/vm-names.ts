import type { RouteDeps } from '../deps.ts';
import { vmNames } from '../notices/names.ts';

/** How long the name of a VM is believed, ms; and that it was not known, which may be since nobody answers. */
const namedMs = 60_000;
const namelessMs = 5_000;
/** More than the VMs of a space: names of those that are gone do not pile up. */
const mostKept = 5_000;

/** What VMs are called, by subject, as far as it can be found out; asked for at most so often, since pages ask every second while VMs go down. */
export function createVmNames({ ask, clock }: Pick<RouteDeps, 'ask' | 'clock'>) {
  const kept = new Map<string, { readonly name: string | undefined; readonly until: number }>();
  return async (subjects: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const vms = [...new Set(subjects)].filter((subject) => subject.startsWith('vm/'));
    const now = clock.monotonicMs();
    const missing = vms.filter((vm) => (kept.get(vm)?.until ?? 0) <= now);
    if (missing.length > 0) {
      if (kept.size > mostKept) kept.clear();
      const ids = missing.map((vm) => vm.slice('vm/'.length));
      const found = new Map(await vmNames(ask, ids));
      for (const vm of missing) {
        const name = found.get(vm);
        kept.set(vm, { name, until: now + (name === undefined ? namelessMs : namedMs) });
      }
    }
    return new Map(
      vms.flatMap((vm) => {
        const name = kept.get(vm)?.name;
        return name === undefined ? [] : [[vm, name] as const];
      }),
    );
  };
}
