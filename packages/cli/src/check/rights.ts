import {
  type HypervisorSettings,
  type Right,
  type RightPlace,
  rights,
  type TokenName,
} from '@huismeester/contracts';

/** The role that is made for each token and kind of place; Proxmox has a deeper one replace what comes from above it. */
const roles: Readonly<Record<TokenName, Partial<Record<RightPlace, string>>>> = {
  operate: {
    '/pool/<pool>': 'HuismeesterOperate',
    '/': 'HuismeesterAudit',
    '/nodes/<node>': 'HuismeesterNode',
  },
  create: {
    '/pool/<participants>': 'HuismeesterCreate',
    '/vms/<template>': 'HuismeesterTemplate',
    '/storage/<storage>': 'HuismeesterStorage',
    '/storage/<ostemplates>': 'HuismeesterOsTemplates',
    '/sdn/zones/localnetwork/<bridge>': 'HuismeesterBridge',
  },
  promote: { '/pool/<pool>': 'HuismeesterPromote' },
  review: { '/access': 'HuismeesterReview' },
};

/** The role of a token on such a place. */
export function roleOf({ token, on }: Pick<Right, 'token' | 'on'>): string {
  return roles[token][on] ?? 'HuismeesterOther';
}

/** A right on one real path. */
export interface Needed {
  readonly right: Right;
  readonly path: string;
}

/** What of the settings of a hypervisor says which rights are needed. */
export type ForRights = Pick<HypervisorSettings, 'pools' | 'nodes'> &
  Partial<Pick<HypervisorSettings, 'templates' | 'storage' | 'bridge'>>;

/** All that a token needs for these settings, on a cluster of these nodes. */
export function neededRights(
  settings: ForRights,
  nodes: readonly string[],
  token: TokenName = 'operate',
): Needed[] {
  return rights
    .filter((right) => right.token === token)
    .flatMap((right) => pathsOf(right, settings, nodes).map((path) => ({ right, path })));
}

function pathsOf({ on, onlyNodeShutdown }: Right, settings: ForRights, nodes: readonly string[]): string[] {
  const { pools, templates = [], storage, bridge } = settings;
  const unique = (values: readonly (string | number | undefined)[]) =>
    [...new Set(values)].flatMap((value) => (value === undefined ? [] : [String(value)]));
  const each = (values: readonly string[]) => values.map((value) => on.replace(/<.*>/, () => value));
  switch (on) {
    case '/':
    case '/access':
      return [on];
    case '/pool/<pool>':
      return each(unique(Object.values(pools)));
    case '/pool/<participants>':
      return each(unique([pools.participant]));
    case '/nodes/<node>':
      return each(
        onlyNodeShutdown
          ? nodes.filter((node) => settings.nodes[node]?.nodeShutdown === 'huismeester')
          : nodes,
      );
    case '/vms/<template>':
      return each(unique(templates.map(({ vmid }) => vmid)));
    case '/storage/<storage>':
      return each(unique([storage]));
    case '/storage/<ostemplates>':
      return each(
        unique(templates.map(({ ostemplate }) => ostemplate?.split(':')[0])).filter((id) => id !== storage),
      );
    case '/sdn/zones/localnetwork/<bridge>':
      return each(unique([bridge]));
  }
}
