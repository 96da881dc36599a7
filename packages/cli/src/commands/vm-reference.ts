import { Id, Node, Vm } from '@huismeester/contracts';
import { Value } from 'typebox/value';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';

/** A VM that somebody named; `vm` is undefined when it is in no listed pool (any more), though the log may know it. */
export interface FoundVm {
  readonly id: string;
  readonly vm?: Vm;
}

/** What somebody named, as decisions and holds name it; `vm` and `node` are undefined for all else, and when it is not known (any more). */
export interface FoundTarget extends FoundVm {
  readonly target: string;
  readonly node?: Node;
}

/** What can be held, and how it is named. */
const targetForms = ['vm/<id>', 'node/<id>', 'probe/<id>', 'switch/<id>', 'port/<switch>/<id>'];

/**
 * A VM, node, probe, switch or port that somebody named, as its target. Throws {@link NotFine} for a name of no VM, or of several, and
 * for a kind that there is not, with the `forms` that there are.
 */
export async function findTarget(
  api: Api,
  reference: string,
  forms: readonly string[] = targetForms,
): Promise<FoundTarget> {
  if (reference.startsWith('node/')) {
    const id = reference.slice('node/'.length);
    const node = (await api.list('/api/v1/nodes', Node)).find((each) => each.id === id);
    return { target: reference, id, ...(node && { node }) };
  }
  // Named as netwatch does; policy refuses what settings do not name, and tells what to hold instead of a hypervisor.
  if (/^(hypervisor|probe|switch|port)\//.test(reference)) return { target: reference, id: reference };
  const found = pickVm(await api.list('/api/v1/vms', Vm), reference, forms);
  return { ...found, target: `vm/${found.id}` };
}

/** The VM by `120`, `vm/120` or its name. */
export function pickVm(
  vms: readonly Vm[],
  reference: string,
  forms: readonly string[] = targetForms,
): FoundVm {
  const wanted = reference.replace(/^vm\//, '');
  const byId = vms.find(({ id }) => id === wanted);
  if (byId) return { id: byId.id, vm: byId };
  const named = vms.filter(({ name }) => name === wanted);
  if (named.length > 1) {
    throw new NotFine(
      `${named.length} VMs are called ${wanted}: say which of ${named.map(({ id }) => id).join(', ')}`,
    );
  }
  const [vm] = named;
  if (vm) return { id: vm.id, vm };
  // Without a digit it can only have been meant as a name.
  if (Value.Check(Id, wanted) && /\d$/.test(wanted)) return { id: wanted };
  // No VM's name has a slash.
  if (wanted.includes('/'))
    throw new NotFine(`there is no ${wanted}: name a VM, or one of ${forms.join(', ')}`);
  throw new NotFine(`no VM is called ${wanted}: \`huismeester vms\` lists them`);
}
