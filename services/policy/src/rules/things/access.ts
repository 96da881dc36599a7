import { because } from '@huismeester/contracts';
import type { Facts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import type { ViolationFound } from '../define.ts';
import type { AccessPlan } from '../settings.ts';
import { vmOf } from './register.ts';

export const notRecorded = 'access-not-recorded';

type Known = Pick<Facts, 'accessList' | 'accessSource' | 'item' | 'vm' | 'node'>;
interface Plan extends Pick<AccessPlan, 'reviewed' | 'sources'> {
  /** Whether what membership says can be read now. */
  readonly areKnown: boolean;
}

/**
 * For an item that is core for confidentiality: whether it is recorded who has access to it (CORE-2), since the access review looks at what it stands for
 * or at what its probe looks at, or a list is kept by hand, which is called as the item is, or begins with its id (`router-admins` of `router`, unless
 * there is an item `router-admins`).
 */
export function recordedAccess(
  known: Known,
  { reviewed, sources, areKnown }: Plan,
): (item: ItemFact) => boolean | 'undecided' {
  const lists = [...known.accessList.values()];
  const listed = new Set(lists.flatMap(({ list }) => itemOf(list, known.item) ?? []));
  const isUnseen = !areKnown || lists.some(({ unseen }) => unseen);
  const isReviewed = (source: string | undefined) =>
    source !== undefined && (reviewed.includes(source) || known.accessSource.has(source));
  return (item) => {
    if (listed.has(item.item) || isReviewed(hypervisorOf(item, known))) return true;
    const probes = [item.standsFor ?? '', ...item.links.map(({ to }) => to)];
    if (probes.some((thing) => isReviewed(sources.get(thing)))) return true;
    return isUnseen ? 'undecided' : false;
  };
}

/** The item that a list is of: the one with the longest id that the list is called as, or begins with; retired ones left out. */
function itemOf(list: string, items: Facts['item']): string | undefined {
  for (let id = list; id !== ''; id = id.slice(0, Math.max(0, id.lastIndexOf('-')))) {
    if (items.has(id) && items.get(id)?.life !== 'retired') return id;
  }
  return undefined;
}

function hypervisorOf(item: ItemFact, { vm, node }: Known): string | undefined {
  const [kind, id = ''] = item.standsFor?.split('/') ?? [];
  if (kind === 'hypervisor') return id;
  if (kind === 'node') return [...node.values()].find((each) => each.id === id)?.hypervisor;
  return vmOf(item, vm)?.hypervisor;
}

/** The violation of an item of which it is nowhere recorded who has access. */
export function unrecordedAccess({ item, saidBy }: ItemFact): ViolationFound {
  return {
    kind: notRecorded,
    subject: `item/${item}`,
    severity: 'warning',
    clause: 'CORE-2',
    reasons: [because('access-not-recorded', { text: item })],
    evidence: saidBy === undefined ? [] : [saidBy],
  };
}
