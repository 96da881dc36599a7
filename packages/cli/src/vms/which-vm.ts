import { Vm } from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { pickVm } from '../commands/vm-reference.ts';

/** A VM that somebody named, and what people call it. */
export interface NamedVm {
  readonly id: string;
  /** Its name; its id while it is not listed. */
  readonly name: string;
}

/**
 * The VM by `120`, `vm/120` or its name. A name is unique among one's own alone, so of several VMs with that name one's own is meant. Throws
 * {@link NotFine} where there is none, or several.
 */
export async function whichVm(api: Api, reference: string): Promise<NamedVm> {
  const vms = await api.list('/api/v1/vms', Vm);
  const wanted = reference.replace(/^vm\//, '');
  const own = vms.filter(({ name, mine }) => name === wanted && mine);
  const byId = vms.some(({ id }) => id === wanted);
  const { id, vm } = pickVm(own.length === 1 && !byId ? own : vms, reference, ['vm/<id>']);
  return { id, name: vm?.name ?? id };
}
