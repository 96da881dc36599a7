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
}

export interface NodeState {
  name: string;
  online: boolean;
  /** How a proxied request to the dead node fails: 595 at once, or 596 (default 'no-route'). */
  failure?: 'no-route' | 'timeout';
  /** It was told to go down and is stopping its guests. */
  leaving?: 'shutdown' | 'reboot';
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
}

export interface HaState {
  state: 'started' | 'stopped' | 'request_stop' | 'request_start' | 'fence' | 'error';
}

export interface PoolState {
  id: string;
  comment?: string;
}

export interface TokenState {
  /** `USER@REALM!TOKENID` */
  id: string;
  secret: string;
  privileges: Privilege[];
}

export interface Privilege {
  /** `/`, `/vms/100`, `/pool/core`, `/nodes/pve1`… */
  path: string;
  privs: string[];
  /** Whether paths below have them too (default true). */
  propagate?: boolean;
}
