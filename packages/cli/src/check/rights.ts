import type { HypervisorSettings } from '@huismeester/contracts';

/** Where a right holds; a path with a placeholder stands for one path each. */
type Place = '/' | '/pool/<pool>' | '/nodes/<node>';

/** One right of the operating token, and what hangs on it. docs/rights.md shows this table; a test holds them equal. */
export interface Right {
  readonly privilege: string;
  readonly on: Place;
  /** The nodes alone that Huismeester is to shut down. */
  readonly onlyNodeShutdown?: true;
  readonly feature: string;
  readonly without: string;
}

export const rights: readonly Right[] = [
  {
    privilege: 'VM.Audit',
    on: '/pool/<pool>',
    feature: 'seeing its VMs: their state, lock, agent and start order',
    without: 'they do not exist for Huismeester: never listed, stopped or started',
  },
  {
    privilege: 'VM.PowerMgmt',
    on: '/pool/<pool>',
    feature: 'shutting its VMs down and starting them again',
    without: 'they are seen, and every shutdown and start is refused',
  },
  {
    privilege: 'Pool.Audit',
    on: '/pool/<pool>',
    feature: '`init` and `check-config --connect` seeing that the pool is there',
    without: 'it looks absent to both of them; its VMs are handled all the same',
  },
  {
    privilege: 'Sys.Audit',
    on: '/',
    feature: 'quorum, HA and the addresses of nodes',
    without: 'the hypervisor counts as unreachable, and nothing is stopped or started',
  },
  {
    privilege: 'Sys.Audit',
    on: '/nodes/<node>',
    feature: 'seeing who stopped or started a VM, and waiting for tasks of others',
    without: 'every stop and start is by "unknown", and a task of somebody else is not seen',
  },
  {
    privilege: 'Sys.PowerMgmt',
    on: '/nodes/<node>',
    onlyNodeShutdown: true,
    feature: 'shutting the node down, where it has `nodeShutdown: huismeester`',
    without: 'its shutdown is refused: it runs until the battery is empty, unless upsmon ends it',
  },
];

/** The role that is made for each kind of place; Proxmox has a deeper one replace what comes from above it. */
export const roles: Readonly<Record<Place, string>> = {
  '/pool/<pool>': 'HuismeesterOperate',
  '/': 'HuismeesterAudit',
  '/nodes/<node>': 'HuismeesterNode',
};

/** What is allowed to a role: all rights that we need on such a place. */
export function privilegesOf(place: Place): string {
  return rights
    .filter(({ on }) => on === place)
    .map(({ privilege }) => privilege)
    .join(' ');
}

/** A right on one real path. */
export interface Needed {
  readonly right: Right;
  readonly path: string;
}

/** All that the token needs for these settings, on a cluster of these nodes. */
export function neededRights(
  { pools, nodes: settings }: Pick<HypervisorSettings, 'pools' | 'nodes'>,
  nodes: readonly string[],
): Needed[] {
  return rights.flatMap((right): Needed[] => {
    if (right.on === '/') return [{ right, path: '/' }];
    if (right.on === '/pool/<pool>') {
      return Object.values(pools).map((pool) => ({ right, path: `/pool/${pool}` }));
    }
    const meant = right.onlyNodeShutdown
      ? nodes.filter((node) => settings[node]?.nodeShutdown === 'huismeester')
      : nodes;
    return meant.map((node) => ({ right, path: `/nodes/${node}` }));
  });
}
