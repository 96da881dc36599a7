import type { GuestState, NodeState } from './state.ts';
import { disksOf } from './storage.ts';
import type { World } from './world.ts';

type Row = Record<string, string | number>;

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;
const nodeCpu = { cpu: 0.04, maxcpu: 16 } as const;

function nodeMemory({ memoryGib = 64, memoryUsedGib = 12 }: NodeState): { mem: number; maxmem: number } {
  return { mem: Math.round(memoryUsedGib * GiB), maxmem: Math.round(memoryGib * GiB) };
}

function uptime(guest: GuestState, now: number): number {
  if (guest.status !== 'running') return 0;
  return Math.floor((now - (guest.startedAt ?? now)) / 1000);
}

function memory(guest: GuestState): { mem: number; maxmem: number } {
  const maxmem = (guest.memoryMiB ?? 2048) * MiB;
  return { maxmem, mem: guest.status === 'running' ? Math.floor(maxmem / 2) : 0 };
}

/** A guest as its own node lists it, always up to date: the rows of /nodes/{node}/qemu and /lxc. */
export function guestRow(world: World, guest: GuestState): Row {
  const running = guest.status === 'running';
  const traffic = running ? 123_456 : 0;
  return {
    vmid: guest.vmid,
    name: guest.name,
    status: guest.status,
    uptime: uptime(guest, world.clock.now()),
    cpus: guest.cores ?? 2,
    cpu: running ? 0.01 : 0,
    ...memory(guest),
    maxdisk: Math.round((disksOf(guest)[0]?.gib ?? 0) * GiB),
    netin: traffic,
    netout: traffic,
    diskread: traffic,
    diskwrite: traffic,
    ...(guest.type === 'lxc' && { disk: running ? GiB : 0, maxswap: 512 * MiB }),
    ...(guest.type === 'qemu' && running && { pid: 10_000 + guest.vmid }),
    ...(guest.template && { template: 1 }),
    ...(guest.lock !== undefined && { lock: guest.lock }),
    ...(guest.tags && guest.tags.length > 0 && { tags: guest.tags.join(';') }),
  };
}

function runState(guest: GuestState): string {
  return guest.status === 'running' && guest.paused ? 'paused' : guest.status;
}

function haStatus(guest: GuestState): { managed: 0 | 1; state?: string } {
  return guest.ha ? { managed: 1, state: guest.ha.state } : { managed: 0 };
}

export function currentStatus(world: World, guest: GuestState): Record<string, unknown> {
  const row = { ...guestRow(world, guest), ha: haStatus(guest) };
  if (guest.type === 'lxc') return row;
  return { ...row, qmpstatus: runState(guest), ...(guest.agent && { agent: 1 }) };
}

/** What a node last broadcast about a guest (pmxcfs's rrd data). */
interface Broadcast {
  readonly row: Row;
  readonly at: number;
}

export interface Broadcasts {
  /** Lets the nodes that are online broadcast, if their last one is old enough (or `force`). */
  refresh(force?: boolean): void;
  of(guest: GuestState): Row | undefined;
}

/**
 * The cluster's memory of its guests. It is up to `resourcesDelay` old, and a dead node's guests keep
 * their last state until it is dropped after `staleAfter`.
 */
export function createBroadcasts(world: World): Broadcasts {
  const { clock, durations, state } = world;
  const heard = new Map<number, Broadcast>();
  let last = Number.NEGATIVE_INFINITY;

  function broadcast(guest: GuestState): void {
    const { name, uptime: up, cpu, cpus, ...row } = guestRow(world, guest);
    // pvestatd sends QEMU's run state rather than running or stopped.
    const status = runState(guest);
    const {
      status: _process,
      lock: _lock,
      tags: _tags,
      pid: _pid,
      maxswap: _maxswap,
      vmid: _vmid,
      ...stats
    } = row;
    const kept = { name, status, uptime: up, cpu, maxcpu: cpus, template: 0, disk: 0, ...stats };
    const defined = Object.entries(kept).filter(
      (entry): entry is [string, string | number] => entry[1] !== undefined,
    );
    heard.set(guest.vmid, { row: Object.fromEntries(defined), at: clock.now() });
  }

  return {
    refresh(force = false) {
      if (!force && clock.now() - last < clock.milliseconds(durations.resourcesDelay)) return;
      last = clock.now();
      const online = new Set(state.nodes.filter((node) => node.online).map((node) => node.name));
      for (const guest of state.guests) if (online.has(guest.node)) broadcast(guest);
    },
    of(guest) {
      const found = heard.get(guest.vmid);
      const stale = found && clock.now() - found.at > clock.milliseconds(durations.staleAfter);
      return stale ? undefined : found?.row;
    },
  };
}

/** A guest's row in /cluster/resources: placement, pool, lock and tags are fresh, the rest is hearsay. */
export function resourceRow(guest: GuestState, heard: Row | undefined): Row {
  return {
    id: `${guest.type}/${guest.vmid}`,
    vmid: guest.vmid,
    node: guest.node,
    type: guest.type,
    status: 'unknown',
    ...heard,
    ...(guest.pool !== undefined && { pool: guest.pool }),
    ...(guest.lock !== undefined && { lock: guest.lock }),
    ...(guest.tags && guest.tags.length > 0 && { tags: guest.tags.join(';') }),
    ...(guest.ha && { hastate: guest.ha.state }),
  };
}

export function nodeRow(node: NodeState): Row {
  const identity = { id: `node/${node.name}`, node: node.name, type: 'node', level: '' };
  if (!node.online) return { ...identity, status: 'offline' };
  const disk = { disk: 8 * GiB, maxdisk: 90 * GiB };
  return { ...identity, status: 'online', ...nodeCpu, ...nodeMemory(node), ...disk, uptime: 864_000 };
}

export function nodeStatus(node: NodeState): Record<string, unknown> {
  const { maxmem: total, mem: used } = nodeMemory(node);
  const release = '6.17.2-1-pve';
  return {
    uptime: nodeRow(node).uptime,
    cpu: nodeCpu.cpu,
    loadavg: ['0.31', '0.25', '0.20'],
    memory: { total, used, free: total - used, available: total - used },
    rootfs: { total: 90 * GiB, used: 8 * GiB, free: 82 * GiB, avail: 78 * GiB },
    pveversion: 'pve-manager/9.1.1/42db4a6cf33dac83',
    cpuinfo: { model: 'Simulated CPU', cores: 8, cpus: 16, sockets: 1 },
    'boot-info': { mode: 'efi', secureboot: 0 },
    'current-kernel': {
      sysname: 'Linux',
      release,
      version: `#1 SMP PREEMPT_DYNAMIC PMX ${release}`,
      machine: 'x86_64',
    },
  };
}
