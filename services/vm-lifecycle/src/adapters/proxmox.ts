import { type HypervisorSettings, milliseconds } from '@huismeester/contracts';
import { createProxmox, type Proxmox, ProxmoxError, succeeded, type TaskInfo } from '@huismeester/proxmox';
import type { Act, GuestTask, Listing } from '../core/guest.ts';
import type { TaskState } from '../core/plan.ts';
import { guestsInPools } from '../core/pools.ts';
import type { Hypervisor, Place } from '../ports.ts';
import { rememberFor } from './remember.ts';

/** Called with how long each call took, in milliseconds, and if it failed the code of the error. */
export type Timed = (call: string, milliseconds: number, error?: string) => void;

/** How long a question may take: an answer that comes later is of no use to one who acts within seconds. */
const requestTimeoutMs = 5_000;

/** Rights seldom change. */
const rightsKeepMs = 5 * 60_000;

/** A Proxmox VE cluster or node, as the settings name it. Throws ProxmoxSettingsError for settings that cannot work. */
export function openHypervisor(settings: HypervisorSettings, timed: Timed): Hypervisor {
  const { id, url, ca, fingerprints, tokens } = settings;
  const at = { url, ca, fingerprints, requestTimeoutMs };
  const proxmox = createProxmox({ ...at, token: tokens.operate });
  const maker = tokens.create && createProxmox({ ...at, token: tokens.create });
  const time = <T>(call: string, work: Promise<T>): Promise<T> => timeCall(call, work, timed);
  let taken: ReadonlySet<number> = new Set();
  return {
    id,
    token: tokens.operate.id,
    listing: () =>
      time(
        'listing',
        listing(proxmox, settings, (vmids) => (taken = vmids)),
      ),
    taken: () => taken,
    nodes: () => time('nodes', proxmox.listNodes()),
    guestNow: (place) => time('guest-status', proxmox.guestStatus(place.node, place.kind, place.vmid)),
    guestTasks: (place, since) => time('guest-tasks', guestTasks(proxmox, place, since)),
    bootTasks: (node, type, since) => time('boot-tasks', bootTasks(proxmox, node, type, since)),
    taskState: (node, upid) => time('task-status', taskState(proxmox, node, upid)),
    prepareAsk: () => proxmox.prepareAct(),
    ask: (act, place, timeoutMs) => time(act, ask(proxmox, act, place, timeoutMs)),
    reboot: ({ node, kind, vmid }) => time('reboot', proxmox.rebootGuest(node, kind, vmid)),
    sizedConfig: ({ node, kind, vmid }) => time('guest-config', proxmox.guestConfig(node, kind, vmid)),
    guestConfig: ({ node, kind, vmid }) => time('guest-config', proxmox.guestConfig(node, kind, vmid)),
    destroys: (place, since) => time('destroy-tasks', destroys(proxmox, place, since)),
    setOnboot: maker && ((place, on, digest) => time('set-onboot', setOnboot(maker, place, on, digest))),
    seesTasks: rememberFor(rightsKeepMs, (node) => time('permissions', seesTasks(proxmox, node))),
    nodeOnline: (node) => time('node-status', nodeOnline(proxmox, node)),
    shutdownNode: (node) => time('node-shutdown', proxmox.shutdownNode(node)),
    close: async () => {
      await Promise.all([proxmox.close(), maker?.close()]);
    },
  };
}

/** How far settings allow us to go with a hypervisor's guests. */
export function limitsOf({ shutdownTimeout, parallelPerNode, forceStop }: HypervisorSettings) {
  return { shutdownTimeoutMs: milliseconds(shutdownTimeout), parallelPerNode, forceStop };
}

export async function timeCall<T>(call: string, work: Promise<T>, timed: Timed): Promise<T> {
  const start = performance.now();
  try {
    const answer = await work;
    timed(call, performance.now() - start);
    return answer;
  } catch (error) {
    timed(call, performance.now() - start, error instanceof ProxmoxError ? error.code : 'other');
    throw error;
  }
}

async function listing(
  proxmox: Proxmox,
  { pools, vmids }: HypervisorSettings,
  taken: (vmids: ReadonlySet<number>) => void,
): Promise<Listing> {
  const [rows, cluster] = await Promise.all([proxmox.listResources(), proxmox.clusterStatus()]);
  // Also of guests in other pools; only in our range, only the number, and only until the next listing (PRIV-2).
  taken(takenIn(rows, vmids));
  const nodes = cluster.nodes.map(({ name, online }) => ({ name, online }));
  return { guests: guestsInPools(rows, pools), nodes, quorate: cluster.quorate };
}

function takenIn(
  rows: readonly { readonly vmid: number }[],
  range: HypervisorSettings['vmids'],
): Set<number> {
  if (range === undefined) return new Set();
  return new Set(rows.flatMap(({ vmid }) => (vmid >= range.from && vmid <= range.to ? [vmid] : [])));
}

/** The tasks of a node are listed to everybody, but each sees only its own without this right. */
async function seesTasks(proxmox: Proxmox, node: string): Promise<boolean> {
  const path = `/nodes/${node}`;
  return (await proxmox.permissions(path)).get(path)?.has('Sys.Audit') === true;
}

async function nodeOnline(proxmox: Proxmox, name: string): Promise<boolean | undefined> {
  const { nodes } = await proxmox.clusterStatus();
  return nodes.find((node) => node.name === name)?.online;
}

async function guestTasks(proxmox: Proxmox, { node, vmid }: Place, since?: Date): Promise<GuestTask[]> {
  const which = since === undefined ? { source: 'active' as const } : { source: 'all' as const, since };
  const tasks = await proxmox.guestTasks(node, vmid, which);
  return tasks.map(toTask);
}

/** Asked for by type, so that of guests in other pools not even a task is read (PRIV-2). */
async function bootTasks(
  proxmox: Proxmox,
  node: string,
  type: 'startall' | 'stopall',
  since: Date,
): Promise<GuestTask[]> {
  const rows = await proxmox.api.nodes.$(node).tasks.$get({
    source: 'all',
    typefilter: type,
    since: Math.floor(since.getTime() / 1000),
  });
  return rows.map(({ upid, user, starttime }) => ({
    upid,
    type,
    user,
    startedAt: new Date(starttime * 1000),
    running: false,
    ok: true,
  }));
}

/** Asked for by type, so that of a guest that went to another pool not even a task is read (PRIV-2). */
async function destroys(proxmox: Proxmox, { node, vmid, kind }: Place, since: Date): Promise<GuestTask[]> {
  const type = kind === 'qemu' ? 'qmdestroy' : 'vzdestroy';
  return (await proxmox.guestTasks(node, vmid, { since, type })).map(toTask);
}

async function setOnboot(
  proxmox: Proxmox,
  { node, kind, vmid }: Place,
  onboot: boolean,
  digest: string | undefined,
): Promise<void> {
  await proxmox.setConfig(node, kind, vmid, { onboot }, digest);
}

export async function taskState(proxmox: Proxmox, node: string, upid: string): Promise<TaskState> {
  try {
    const task = await proxmox.taskStatus(node, upid);
    if (task.status === 'running') return { state: 'running' };
    return { state: 'ended', ok: succeeded(task), exit: task.exitstatus ?? '' };
  } catch (error) {
    if (error instanceof ProxmoxError && error.code === 'not-found') return { state: 'gone' };
    throw error;
  }
}

function ask(proxmox: Proxmox, act: Act, { node, kind, vmid }: Place, timeoutMs: number): Promise<string> {
  if (act === 'start') return proxmox.startGuest(node, kind, vmid);
  if (act === 'stop') return proxmox.stopGuest(node, kind, vmid);
  return proxmox.shutdownGuest(node, kind, vmid, { timeoutS: Math.ceil(timeoutMs / 1000) });
}

export function toTask(task: TaskInfo): GuestTask {
  const { upid, type, user, startedAt, endedAt, status } = task;
  const running = status === 'running';
  return { upid, type, user, startedAt, running, ok: succeeded(task), ...(endedAt && { endedAt }) };
}
