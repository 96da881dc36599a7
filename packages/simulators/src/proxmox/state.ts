/** Everything the simulated cluster knows, as plain JSON: a test reads and changes it while it runs. */
export interface ProxmoxState {
  /** The cluster's name; left out for a single node that never joined one. */
  cluster?: string;
  /** Whether the cluster has quorum whatever its nodes do, or `votes`: while more than half of them are online. */
  quorate: boolean | 'votes';
  /** One vote more, of a device outside the nodes. */
  qdevice?: boolean;
  nodes: NodeState[];
  guests: GuestState[];
  pools: PoolState[];
  tokens: TokenState[];
  /** Beside root@pam and the users of tokens, who are there anyway. */
  users?: UserState[];
  groups?: GroupState[];
  /** Beside those that come with Proxmox. */
  roles?: RoleState[];
  /** Beside what tokens say of themselves. */
  acl?: AclEntry[];
  /** Left out: `local` with an OS template, and `local-lvm`, on every node. */
  storages?: StorageState[];
}

export interface NodeState {
  name: string;
  online: boolean;
  /** How a proxied request to the dead node fails: 595 at once, or 596 (default 'no-route'). */
  failure?: 'no-route' | 'timeout';
  /** It was told to go down and is stopping its guests. */
  leaving?: 'shutdown' | 'reboot';
  /** In GiB (default 64), and what of it is used (default 12). */
  memoryGib?: number;
  memoryUsedGib?: number;
  /** By how many seconds its clock is ahead of the others', as its tasks show it (default 0). */
  clockAhead?: number;
}

export type GuestType = 'qemu' | 'lxc';

export interface GuestState {
  vmid: number;
  type: GuestType;
  name: string;
  node: string;
  status: 'running' | 'stopped';
  pool?: string;
  tags?: string[];
  onboot?: boolean;
  /** `order=1,up=30,down=60` */
  startup?: string;
  template?: boolean;
  /** The config lock: backup, migrate, snapshot, suspended… */
  lock?: string;
  agent?: boolean;
  paused?: boolean;
  /** When the process started, in milliseconds since 1970. */
  startedAt?: number;
  cores?: number;
  memoryMiB?: number;
  /** How long the guest takes from the power button to being off (default 8). */
  shutdownSeconds?: number;
  /** How long its start takes (default 2). */
  startSeconds?: number;
  /** It never reacts to the power button. */
  hangsOnShutdown?: boolean;
  /** Every start fails with this message. */
  failsToStart?: string;
  /** Every start ends as `WARNINGS: n`. */
  startWarnings?: number;
  /** Managed by HA; `state` is the CRM's. */
  ha?: HaState;

  /** `uuid=…` of QEMU; left out: one that follows from the vmid. */
  smbios1?: string;
  /** The network device, with its MAC; left out: one that follows from the vmid, on vmbr0. */
  net0?: string;
  /** Left out: one of 32 GiB in `local-lvm`, which takes no space there. */
  disks?: DiskState[];
  /** Further settings by Proxmox's own names: `description`, `sockets`, `protection`, `ciuser`… */
  config?: Record<string, string | number>;
  /** Settings that a VM takes over at its next start. */
  pending?: Record<string, string | number>;

  /** It is being made: its configuration has nothing but its lock so far. */
  bare?: true;
  /** How long after its start the guest agent answers, or a container has its address (default 15). */
  agentSeconds?: number;
  /** Of net0 once it is up; left out: two that follow from the vmid. */
  addresses?: string[];
  /** When the system inside started: unlike `startedAt` it stays at a migration. Left out: long ago. */
  bootedAt?: number;
}

export interface DiskState {
  /** `scsi0`, `rootfs`… */
  key: string;
  storage: string;
  gib: number;
  /** The vmid of the template on whose disk it leans; it takes no space then. */
  base?: number;
}

export interface StorageState {
  id: string;
  /** `dir`, `lvmthin`, `zfspool`, `nfs`… */
  type: string;
  /** `images`, `rootdir`, `vztmpl`… */
  content: string[];
  totalGib: number;
  /** What is used beside the disks of guests (default 0). */
  usedGib?: number;
  /** The same on every node; otherwise each node has as much of its own. */
  shared?: boolean;
  /** Where it is; left out: everywhere. */
  nodes?: string[];
  /** It cannot be reached. */
  away?: boolean;
  /** OS templates for containers: `debian-13-standard_13.1-2_amd64.tar.zst`. */
  templates?: string[];
}

export interface HaState {
  state: 'started' | 'stopped' | 'request_stop' | 'request_start' | 'fence' | 'error';
}

export interface PoolState {
  id: string;
  comment?: string;
  /** Ids of storages that are in it. */
  storages?: string[];
}

export interface TokenState {
  /** `USER@REALM!TOKENID` */
  id: string;
  secret: string;
  /** What is granted both to it and to its user; `acl` has what is granted to one of them alone. */
  privileges: Privilege[];
  /** `false`: it has whatever its user has (default true: what it and its user both have). */
  privsep?: boolean;
  /** Seconds since 1970; 0 (the default): never. */
  expire?: number;
}

export interface UserState {
  /** `USER@REALM` */
  id: string;
  /** Default true. */
  enable?: boolean;
  /** Seconds since 1970; 0 (the default): never. */
  expire?: number;
  comment?: string;
}

export interface GroupState {
  id: string;
  /** `USER@REALM` each. */
  users: string[];
  comment?: string;
}

export interface RoleState {
  id: string;
  privs: string[];
}

/** A line of the ACL. */
export interface AclEntry {
  path: string;
  type: 'user' | 'group' | 'token';
  /** The user, group or token. */
  ugid: string;
  /** One of the state, or one that comes with Proxmox: `Administrator`, `PVEVMAdmin`, `NoAccess`… */
  role: string;
  /** Whether paths below have it too (default true). */
  propagate?: boolean;
}

export interface Privilege {
  /** `/`, `/vms/100`, `/pool/core`, `/nodes/pve1`… */
  path: string;
  privs: string[];
  /** Whether paths below have them too (default true). */
  propagate?: boolean;
}
