/** The tokens that we may have, by what each is for. */
export type TokenName = 'operate' | 'create' | 'promote' | 'review';

/** Where a right holds; a path with a placeholder stands for one path each. */
export type RightPlace =
  | '/'
  | '/access'
  | '/pool/<pool>'
  | '/nodes/<node>'
  | '/pool/<participants>'
  | '/vms/<template>'
  | '/storage/<storage>'
  | '/storage/<ostemplates>'
  | '/sdn/zones/localnetwork/<bridge>';

/** What is asked of Proxmox with a token, as far as it is said which right a refusal was for. */
export type TokenCall =
  | 'clone'
  | 'create-container'
  | 'configure'
  | 'set-size'
  | 'resize'
  | 'power'
  | 'look'
  | 'interfaces'
  | 'destroy'
  | 'storages'
  | 'move'
  | 'review';

/** One right of a token, and what hangs on it. docs/rights.md shows this table; a test holds them equal. */
export interface Right {
  readonly token: TokenName;
  readonly privilege: string;
  readonly on: RightPlace;
  /** What takes it. */
  readonly calls: readonly TokenCall[];
  /** The nodes alone that Huismeester is to shut down. */
  readonly onlyNodeShutdown?: true;
  readonly feature: string;
  readonly without: string;
}

const operating: readonly Omit<Right, 'token'>[] = [
  {
    privilege: 'VM.Audit',
    on: '/pool/<pool>',
    calls: [],
    feature: 'seeing its VMs: their state, lock, agent and start order',
    without: 'they do not exist for Huismeester: never listed, stopped or started',
  },
  {
    privilege: 'VM.PowerMgmt',
    on: '/pool/<pool>',
    calls: ['power'],
    feature: 'shutting its VMs down and starting them again',
    without: 'they are seen, and every shutdown and start is refused',
  },
  {
    privilege: 'Pool.Audit',
    on: '/pool/<pool>',
    calls: [],
    feature: '`init` and `check-config --connect` seeing that the pool is there',
    without: 'it looks absent to both of them; its VMs are handled all the same',
  },
  {
    privilege: 'Sys.Audit',
    on: '/',
    calls: [],
    feature: 'quorum, HA and the addresses of nodes',
    without: 'the hypervisor counts as unreachable, and nothing is stopped or started',
  },
  {
    privilege: 'Sys.Audit',
    on: '/nodes/<node>',
    calls: [],
    feature: 'seeing who stopped or started a VM, and waiting for tasks of others',
    without: 'every stop and start is by "unknown", and a task of somebody else is not seen',
  },
  {
    privilege: 'Sys.PowerMgmt',
    on: '/nodes/<node>',
    calls: [],
    onlyNodeShutdown: true,
    feature: 'shutting the node down, where it has `nodeShutdown: huismeester`',
    without: 'its shutdown is refused: it runs until the battery is empty, unless upsmon ends it',
  },
];

/** What a VM of a participant gets: one right for each kind of setting that is made. */
const making = (
  privilege: string,
  feature: string,
  without: string,
  calls: readonly TokenCall[],
): Omit<Right, 'token'> => ({ privilege, on: '/pool/<participants>', feature, without, calls });

const creating: readonly Omit<Right, 'token'>[] = [
  making(
    'VM.Audit',
    'knowing again the VM that is being made',
    'nothing is made: each VM looks absent to it',
    ['look'],
  ),
  making(
    'VM.Allocate',
    'making a VM in the participants’ pool, and removing one',
    'nothing can be made or deleted',
    ['clone', 'create-container', 'destroy'],
  ),
  making('VM.Config.CPU', 'its cores', 'a VM is made and removed again', [
    'create-container',
    'configure',
    'set-size',
  ]),
  making('VM.Config.Memory', 'its memory', 'a VM is made and removed again', [
    'create-container',
    'configure',
    'set-size',
  ]),
  making(
    'VM.Config.Disk',
    'its disk, when it is larger than the template’s',
    'only the template’s own size can be had',
    ['create-container', 'resize'],
  ),
  making('VM.Config.Network', 'the network card of a container', 'no container can be made', [
    'create-container',
  ]),
  making(
    'VM.Config.Options',
    'its name and that it starts with its node; turned off when its lease ends',
    'a VM is made and removed again',
    ['create-container', 'configure'],
  ),
  making('VM.Config.Cloudinit', 'the SSH keys of its owner', 'a VM is made and removed again', ['configure']),
  making(
    'VM.GuestAgent.Audit',
    'the address of a VM (VM.Monitor before Proxmox VE 9)',
    'a VM is made, and no address is shown',
    ['interfaces'],
  ),
  {
    privilege: 'VM.Audit',
    on: '/vms/<template>',
    calls: ['look'],
    feature: 'seeing on which node and storage a template is',
    without: 'nothing can be made of it',
  },
  {
    privilege: 'VM.Clone',
    on: '/vms/<template>',
    calls: ['clone'],
    feature: 'cloning it',
    without: 'nothing can be made of it',
  },
  {
    privilege: 'Datastore.AllocateSpace',
    on: '/storage/<storage>',
    calls: ['clone', 'create-container', 'resize', 'storages'],
    feature: 'the disks of new VMs',
    without: 'nothing can be made',
  },
  {
    privilege: 'Datastore.Audit',
    on: '/storage/<ostemplates>',
    calls: ['storages'],
    feature: 'seeing which nodes have the template of a container',
    without: 'no container can be made',
  },
  {
    privilege: 'SDN.Use',
    on: '/sdn/zones/localnetwork/<bridge>',
    calls: ['clone', 'create-container'],
    feature: 'the network of new VMs',
    without: 'nothing can be made',
  },
];

const promoting: readonly Omit<Right, 'token'>[] = [
  {
    privilege: 'Pool.Allocate',
    on: '/pool/<pool>',
    calls: ['move'],
    feature: 'moving a VM to the pool of its new class',
    without: 'the commands for that are printed, and waited for',
  },
  {
    privilege: 'VM.Allocate',
    on: '/pool/<pool>',
    calls: ['move'],
    feature: 'moving a VM out of the pool that it is in',
    without: 'the commands for that are printed, and waited for',
  },
];

const reviewing: readonly Omit<Right, 'token'>[] = [
  {
    privilege: 'Sys.Audit',
    on: '/access',
    calls: ['review'],
    feature: 'seeing who has admin rights on core (CORE-4)',
    without: 'who has admin rights there is unknown, and nothing follows from it',
  },
];

export const rights: readonly Right[] = [
  ...operating.map((right) => ({ token: 'operate', ...right }) as const),
  ...creating.map((right) => ({ token: 'create', ...right }) as const),
  ...promoting.map((right) => ({ token: 'promote', ...right }) as const),
  ...reviewing.map((right) => ({ token: 'review', ...right }) as const),
];

/** All that a token needs on such a place. */
export function privilegesOf({ token, on }: Pick<Right, 'token' | 'on'>): string[] {
  return rights.flatMap((each) => (each.token === token && each.on === on ? [each.privilege] : []));
}

/** How a place is called where it is not known which of them is meant. */
const called: Readonly<Record<RightPlace, string>> = {
  '/': '/',
  '/access': '/access',
  '/pool/<pool>': 'the pool',
  '/nodes/<node>': 'the node',
  '/pool/<participants>': 'the pool',
  '/vms/<template>': 'the template',
  '/storage/<storage>': 'the storage',
  '/storage/<ostemplates>': 'the storage of its template',
  '/sdn/zones/localnetwork/<bridge>': 'the bridge',
};

/** What a call takes in Proxmox, and of which token: `VM.Config.Disk on the pool; Datastore.AllocateSpace on the storage`. */
export function rightsOfCall(call: TokenCall): { readonly token: TokenName; readonly rights: string } {
  const needed = rights.filter(({ calls }) => calls.includes(call));
  const [first] = needed;
  if (first === undefined) throw new RangeError(`no right of the table is for ${call}`);
  const places = [...Map.groupBy(needed, ({ on }) => called[on])].map(
    ([place, those]) => `${those.map(({ privilege }) => privilege).join(', ')} on ${place}`,
  );
  return { token: first.token, rights: places.join('; ') };
}
