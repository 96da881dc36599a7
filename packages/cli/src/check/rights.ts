import type { HypervisorSettings } from '@huismeester/contracts';

/** The tokens that we may have, by what each is for. */
export type TokenName = 'operate' | 'create' | 'promote';

/** Where a right holds; a path with a placeholder stands for one path each. */
type Place =
  | '/'
  | '/pool/<pool>'
  | '/nodes/<node>'
  | '/pool/<participants>'
  | '/vms/<template>'
  | '/storage/<storage>'
  | '/storage/<ostemplates>'
  | '/sdn/zones/localnetwork/<bridge>';

/** One right of a token, and what hangs on it. docs/rights.md shows this table; a test holds them equal. */
export interface Right {
  readonly token: TokenName;
  readonly privilege: string;
  readonly on: Place;
  /** The nodes alone that Huismeester is to shut down. */
  readonly onlyNodeShutdown?: true;
  readonly feature: string;
  readonly without: string;
}

const operating: readonly Omit<Right, 'token'>[] = [
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

/** What a VM of a participant gets: one right for each kind of setting that is made. */
const making = (privilege: string, feature: string, without: string): Omit<Right, 'token'> => ({
  privilege,
  on: '/pool/<participants>',
  feature,
  without,
});

const creating: readonly Omit<Right, 'token'>[] = [
  making(
    'VM.Audit',
    'knowing again the VM that is being made',
    'nothing is made: each VM looks absent to it',
  ),
  making(
    'VM.Allocate',
    'making a VM in the participants’ pool, and removing one',
    'nothing can be made or deleted',
  ),
  making('VM.Config.CPU', 'its cores', 'a VM is made and removed again'),
  making('VM.Config.Memory', 'its memory', 'a VM is made and removed again'),
  making(
    'VM.Config.Disk',
    'its disk, when it is larger than the template’s',
    'only the template’s own size can be had',
  ),
  making('VM.Config.Network', 'the network card of a container', 'no container can be made'),
  making(
    'VM.Config.Options',
    'its name and that it starts with its node; turned off when its lease ends',
    'a VM is made and removed again',
  ),
  making('VM.Config.Cloudinit', 'the SSH keys of its owner', 'a VM is made and removed again'),
  making(
    'VM.GuestAgent.Audit',
    'the address of a VM (VM.Monitor before Proxmox VE 9)',
    'a VM is made, and no address is shown',
  ),
  {
    privilege: 'VM.Audit',
    on: '/vms/<template>',
    feature: 'seeing on which node and storage a template is',
    without: 'nothing can be made of it',
  },
  {
    privilege: 'VM.Clone',
    on: '/vms/<template>',
    feature: 'cloning it',
    without: 'nothing can be made of it',
  },
  {
    privilege: 'Datastore.AllocateSpace',
    on: '/storage/<storage>',
    feature: 'the disks of new VMs',
    without: 'nothing can be made',
  },
  {
    privilege: 'Datastore.Audit',
    on: '/storage/<ostemplates>',
    feature: 'seeing which nodes have the template of a container',
    without: 'no container can be made',
  },
  {
    privilege: 'SDN.Use',
    on: '/sdn/zones/localnetwork/<bridge>',
    feature: 'the network of new VMs',
    without: 'nothing can be made',
  },
];

const promoting: readonly Omit<Right, 'token'>[] = [
  {
    privilege: 'Pool.Allocate',
    on: '/pool/<pool>',
    feature: 'moving a VM to the pool of its new class',
    without: 'the commands for that are printed, and waited for',
  },
  {
    privilege: 'VM.Allocate',
    on: '/pool/<pool>',
    feature: 'moving a VM out of the pool that it is in',
    without: 'the commands for that are printed, and waited for',
  },
];

export const rights: readonly Right[] = [
  ...operating.map((right) => ({ token: 'operate', ...right }) as const),
  ...creating.map((right) => ({ token: 'create', ...right }) as const),
  ...promoting.map((right) => ({ token: 'promote', ...right }) as const),
];

/** The role that is made for each token and kind of place; Proxmox has a deeper one replace what comes from above it. */
const roles: Readonly<Record<TokenName, Partial<Record<Place, string>>>> = {
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
};

/** The role of a token on such a place. */
export function roleOf({ token, on }: Pick<Right, 'token' | 'on'>): string {
  return roles[token][on] ?? 'HuismeesterOther';
}

/** What is allowed to a role: all rights that a token needs on such a place. */
export function privilegesOf({ token, on }: Pick<Right, 'token' | 'on'>): string {
  return rights
    .filter((each) => each.token === token && each.on === on)
    .map(({ privilege }) => privilege)
    .join(' ');
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
      return ['/'];
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
