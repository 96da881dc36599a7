import { recover, startWithNode, stopWithNode } from './ha.ts';
import type { Broadcasts } from './listing.ts';
import type { PowerRequest } from './power.ts';
import { shutdownLxc, startLxc } from './power-lxc.ts';
import { shutdownQemu, startQemu } from './power-qemu.ts';
import type { GuestState, NodeState } from './state.ts';
import type { Task, Worker } from './tasks.ts';
import { halt, isQuorate, type World } from './world.ts';

/** What pve-guests gives a guest without a `down` of its own, in seconds. */
const guestTimeout = 180;
/** How long pve-guests waits for quorum before it starts anything, in seconds. */
const quorumPatience = 60;

function startupOf({ startup = '' }: GuestState): { order: number; down: number } {
  const number = (name: string): number | undefined => {
    const found = new RegExp(`(?:^|,)${name}=(\\d+)`).exec(startup)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const order = number('order') ?? Number(/^\d+/.exec(startup)?.[0] ?? Number.MAX_SAFE_INTEGER);
  return { order, down: number('down') ?? guestTimeout };
}

/** The guests of a node as it starts them; it stops them the other way round. */
function inOrder(world: World, node: NodeState): GuestState[] {
  return world.state.guests
    .filter((guest) => guest.node === node.name && !guest.template)
    .toSorted((a, b) => startupOf(a).order - startupOf(b).order || a.vmid - b.vmid);
}

/** As the node itself asks: in root's name. */
function asNode(world: World, { node, type, vmid }: GuestState): PowerRequest {
  return { world, node, type, vmid, user: 'root@pam' };
}

function powerOff(world: World, broadcasts: Broadcasts, node: NodeState): void {
  // The cluster remembers what the node said last: its guests go on looking as they were.
  broadcasts.refresh(true);
  node.online = false;
  delete node.leaving;
  world.tasks.loseNode(node.name);
  for (const guest of world.state.guests) if (guest.node === node.name) halt(guest);
  recover(world, node);
}

async function waitForQuorum(world: World, worker: Worker): Promise<void> {
  for (let waited = 0; !isQuorate(world.state); waited += 1) {
    if (waited === quorumPatience) throw new Error('cluster not ready - no quorum?');
    await worker.sleep(1);
  }
}

/** pve-guests at boot: `onboot` guests start, whatever anybody wanted of them before. */
function powerOn(world: World, node: NodeState): void {
  node.online = true;
  startWithNode(world, node);
  world.tasks.fork(node.name, 'startall', '', 'root@pam', async (worker) => {
    await waitForQuorum(world, worker);
    for (const guest of inOrder(world, node)) {
      if (!guest.onboot || guest.ha || guest.status === 'running') continue;
      worker.log(`Starting ${guest.type === 'qemu' ? 'VM' : 'CT'} ${guest.vmid}`);
      const start = guest.type === 'qemu' ? startQemu : startLxc;
      start(asNode(world, guest));
    }
  });
}

/** Takes a node's power away or gives it back. */
export function setNodeOnline(world: World, broadcasts: Broadcasts, node: NodeState, online: boolean): void {
  if (node.online === online) return;
  if (online) powerOn(world, node);
  else powerOff(world, broadcasts, node);
}

function shutDown(world: World, guest: GuestState): Task | undefined {
  const timeout = startupOf(guest).down;
  if (guest.ha) return stopWithNode(world, guest, timeout);
  const shutdown = guest.type === 'qemu' ? shutdownQemu : shutdownLxc;
  return world.tasks.find(shutdown(asNode(world, guest), { timeout, forceStop: true }));
}

/**
 * A node that is told to go down: pve-guests stops everything on it, of whatever pool, and kills what does not listen;
 * what cannot be stopped (a locked guest) loses its power with the node.
 */
export function commandNode(
  world: World,
  broadcasts: Broadcasts,
  node: NodeState,
  command: 'shutdown' | 'reboot',
): void {
  if (node.leaving !== undefined) return;
  node.leaving = command;
  const stopall = world.tasks.fork(node.name, 'stopall', '', 'root@pam', async (worker) => {
    // `(sleep 2; poweroff)&`: the answer goes out first.
    await worker.sleep(2);
    const running = inOrder(world, node).filter((guest) => guest.status === 'running');
    const tasks = running.toReversed().map((guest) => shutDown(world, guest));
    await Promise.all(tasks.map((task) => task && world.tasks.ended(task)));
  });
  const down = (): void => {
    world.later(world.durations.nodeHalt, () => {
      // It lost its power in the midst of it.
      if (node.leaving !== command) return;
      powerOff(world, broadcasts, node);
      if (command === 'reboot')
        world.later(world.durations.nodeBoot, () => setNodeOnline(world, broadcasts, node, true));
    });
  };
  world.tasks.ended(stopall).then(down, down);
}
