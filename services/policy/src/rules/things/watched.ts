import { because } from '@huismeester/contracts';
import type { Facts } from '../../facts/index.ts';
import type { ItemFact } from '../../facts/item.ts';
import type { ViolationFound } from '../define.ts';
import type { PolicySettings } from '../settings.ts';

export const notWatched = 'item-not-watched';

/** What of an item’s being watched follows from. */
export type Watchers = Pick<Facts, 'vm' | 'node' | 'hypervisor'> & Pick<PolicySettings, 'things' | 'ups'>;

/**
 * Whether something watches an item that is core for availability (CORE-1): it stands for what another service sees, or one of its links leads to a
 * probe. `undecided`: what it stands for is of a service of which nothing is seen.
 */
export function isWatched({ standsFor, links }: ItemFact, watchers: Watchers): boolean | 'undecided' {
  if (links.some(({ to }) => to.startsWith('probe/') && watchers.things.has(to))) return true;
  if (standsFor === undefined) return false;
  const [kind = '', id = ''] = standsFor.split('/');
  if (kind === 'probe' || kind === 'switch') return watchers.things.has(standsFor);
  if (kind === 'ups') return watchers.ups.includes(id);
  const { vm, node, hypervisor } = watchers;
  const all = kind === 'vm' ? vm : kind === 'node' ? node : hypervisor;
  const isThere = kind === 'node' ? [...node.values()].some((each) => each.id === id) : all.has(id);
  if (isThere) return true;
  // One service says all three: where there is none of a kind, the others show whether it is seen.
  const ofService = all.size > 0 ? [all] : [vm, node, hypervisor];
  const isSeen = ofService.some((each) => [...each.values()].some(({ unseen }) => !unseen));
  return isSeen ? false : 'undecided';
}

/** The violation of an item that nothing watches. */
export function unwatchedItem({ item, standsFor, saidBy }: ItemFact): ViolationFound {
  const why =
    standsFor === undefined
      ? because('item-not-watched')
      : because('stands-for-nothing', { text: standsFor });
  return {
    kind: notWatched,
    subject: `item/${item}`,
    severity: 'warning',
    clause: 'CORE-1',
    reasons: [why],
    evidence: saidBy === undefined ? [] : [saidBy],
  };
}
