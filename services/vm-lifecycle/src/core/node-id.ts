import { nodeId } from '@huismeester/contracts';

/**
 * The id that a node gets when it is first seen, for good: `<hypervisor>-<node>` in lower case, and with `-2` behind it
 * when another has that already, since node `b-n1` of `pve` and node `n1` of `pve-b` would otherwise share one.
 */
export function nodeIdFor(hypervisor: string, node: string, taken: { has(id: string): boolean }): string {
  const own = nodeId(hypervisor, node);
  for (let nth = 2, id = own; ; nth += 1) {
    if (!taken.has(id)) return id;
    id = `${own}-${nth}`;
  }
}

/** Whose id a node would have had: undefined for one that has its own. */
export function collidesWith({
  id,
  hypervisor,
  node,
}: {
  id: string;
  hypervisor: string;
  node: string;
}): string | undefined {
  const own = nodeId(hypervisor, node);
  return id === own ? undefined : own;
}
