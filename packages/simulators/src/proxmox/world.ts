import { died } from './api-error.ts';
import { type Clock, createClock, type Durations } from './clock.ts';
import { type ConfigLocks, createConfigLocks } from './config-lock.ts';
import { takeOverPending } from './guest-config.ts';
import type { GuestState, GuestType, ProxmoxState } from './state.ts';
import { createTasks, type Tasks } from './tasks.ts';

/** The simulated cluster: its state and what moves in it. */
export interface World {
  readonly state: ProxmoxState;
  readonly clock: Clock;
  readonly durations: Durations;
  readonly tasks: Tasks;
  readonly locks: ConfigLocks;
  /** Lets something happen later, outside any task; closing the simulator ends it. */
  later(seconds: number, act: () => void): void;
  close(): Promise<void>;
}

export function createWorld(state: ProxmoxState, durations: Durations, speed: number): World {
  const closing = new AbortController();
  const clock = createClock(speed, closing.signal);
  const aheadMs = (node: string) => 1000 * (state.nodes.find((one) => one.name === node)?.clockAhead ?? 0);
  const tasks = createTasks({ now: (node) => clock.now() + aheadMs(node), sleep: clock.sleep });
  return {
    state,
    clock,
    durations,
    tasks,
    locks: createConfigLocks(durations.lockTimeout),
    later(seconds, act) {
      // The only rejection is the simulator's closing, after which nothing may happen any more.
      clock.sleep(seconds).then(act, () => undefined);
    },
    async close() {
      closing.abort();
      await tasks.close();
    },
  };
}

/** The node that answers: the first one that is online. */
export function localNode(state: ProxmoxState): string | undefined {
  return state.nodes.find((node) => node.online)?.name;
}

/** Whether the cluster can write its configuration: without it nothing starts. */
export function isQuorate({ quorate, qdevice, nodes }: ProxmoxState): boolean {
  if (quorate !== 'votes') return quorate;
  const device = qdevice ? 1 : 0;
  const votes = nodes.filter((node) => node.online).length + device;
  return votes * 2 > nodes.length + device;
}

/** Throws what the real one says of an id that somebody else has, anywhere in the cluster. */
export function demandUnused(state: ProxmoxState, vmid: number): void {
  const taken = state.guests.find((one) => one.vmid === vmid);
  if (!taken) return;
  const word = taken.type === 'qemu' ? 'VM' : 'CT';
  throw died(`${word} ${vmid} already exists on node '${taken.node}'`);
}

/** A guest is gone, and with it what anybody was granted on it. */
export function forget(state: ProxmoxState, guest: GuestState): void {
  const at = state.guests.indexOf(guest);
  if (at >= 0) state.guests.splice(at, 1);
  const isOther = ({ path }: { path: string }) => path !== `/vms/${guest.vmid}`;
  for (const token of state.tokens) token.privileges = token.privileges.filter(isOther);
  if (state.acl) state.acl = state.acl.filter(isOther);
}

export function guestOn(state: ProxmoxState, node: string, type: GuestType, vmid: number) {
  return state.guests.find((one) => one.node === node && one.type === type && one.vmid === vmid);
}

/** Loads a guest's configuration on a node. Throws the 500 that a missing guest gives. */
export function loadConfig(state: ProxmoxState, node: string, type: GuestType, vmid: number): GuestState {
  const guest = guestOn(state, node, type, vmid);
  if (guest) return guest;
  const folder = type === 'qemu' ? 'qemu-server' : 'lxc';
  throw died(`Configuration file 'nodes/${node}/${folder}/${vmid}.conf' does not exist`);
}

export function boot(world: World, guest: GuestState): void {
  takeOverPending(guest);
  guest.status = 'running';
  guest.startedAt = world.clock.now();
  guest.bootedAt = guest.startedAt;
  delete guest.paused;
}

export function halt(guest: GuestState): void {
  guest.status = 'stopped';
  delete guest.startedAt;
  delete guest.bootedAt;
  delete guest.paused;
}

/**
 * Presses the guest's power button. It goes down in its own time, whatever becomes of the task that
 * asked: a guest slower than the task's time-out still stops later.
 */
export function pressPowerButton(world: World, guest: GuestState): void {
  if (guest.hangsOnShutdown) return;
  const { startedAt } = guest;
  world.later(guest.shutdownSeconds ?? 8, () => {
    if (guest.startedAt === startedAt && guest.status === 'running' && !guest.paused) halt(guest);
  });
}
