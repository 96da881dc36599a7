import { badParameter, died } from './api-error.ts';
import { digestOf, removeSetting, setSetting } from './guest-config.ts';
import { demandOnGuest } from './permissions.ts';
import { checkLock } from './power.ts';
import { type Call, textOf } from './route.ts';
import { type Setting, settings } from './settings.ts';
import { validateSshKeys } from './ssh-keys.ts';
import type { GuestState, GuestType } from './state.ts';
import type { Worker } from './tasks.ts';
import { loadConfig } from './world.ts';

interface Change {
  readonly set: ReadonlyMap<string, string | number>;
  readonly removed: readonly string[];
}

function settingNamed(type: GuestType, name: string): Setting {
  const found = settings[type][name];
  if (found) return found;
  throw badParameter({ delete: `unknown setting '${name}'` });
}

function changeOf(call: Call, type: GuestType): Change {
  const given = Object.keys(settings[type]).flatMap((name) => {
    const value = call.values[name];
    if (value === undefined) return [];
    return [[name, typeof value === 'boolean' ? Number(value) : value] as const];
  });
  const removed = textOf(call, 'delete').split(/[,; ]+/);
  return { set: new Map(given), removed: removed.filter((name) => name !== '') };
}

/** Refuses what a person may not change, and what Proxmox looks at beyond its form. */
function check({ world, token }: Call, type: GuestType, vmid: number, { set, removed }: Change): void {
  if (set.size === 0 && removed.length === 0) throw died('no options specified');
  for (const name of [...set.keys(), ...removed])
    demandOnGuest(world.state, token, { vmid }, settingNamed(type, name).privs);
  const keys = set.get('sshkeys');
  if (keys !== undefined) validateSshKeys(decodeURIComponent(String(keys)));
}

/** Throws the 500 of a change that is based on a configuration which is no longer so. */
export function demandDigest(guest: GuestState, digest: unknown): void {
  if (digest === undefined || digest === digestOf(guest)) return;
  throw died('detected modified configuration - file changed by other user? Try again.');
}

function apply(guest: GuestState, type: GuestType, { set, removed }: Change): void {
  for (const name of removed) removeSetting(guest, name);
  for (const [name, value] of set) {
    const waits = guest.status === 'running' && settings[type][name]?.waits === true;
    if (waits) guest.pending = { ...guest.pending, [name]: value };
    else setSetting(guest, name, value);
  }
}

async function update(call: Call, type: GuestType, worker: Pick<Worker, 'log' | 'sleep'>): Promise<void> {
  const { world, values } = call;
  const [node, vmid] = [String(values.node), Number(values.vmid)];
  const change = changeOf(call, type);
  check(call, type, vmid, change);
  await world.locks.hold(loadConfig(world.state, node, type, vmid), worker, async () => {
    const guest = loadConfig(world.state, node, type, vmid);
    demandDigest(guest, values.digest);
    checkLock(guest);
    apply(guest, type, change);
  });
}

/** Changes a guest's configuration, and answers when it is done. */
export async function changeConfig(call: Call, type: GuestType): Promise<null> {
  const { clock } = call.world;
  await update(call, type, { log: () => undefined, sleep: (seconds) => clock.sleep(seconds) });
  return null;
}

/** The same in a task; what is wrong with the values is refused at once. */
export function changeConfigInTask(call: Call): string {
  const { world, values, token } = call;
  const [node, vmid] = [String(values.node), Number(values.vmid)];
  check(call, 'qemu', vmid, changeOf(call, 'qemu'));
  loadConfig(world.state, node, 'qemu', vmid);
  return world.tasks.fork(node, 'qmconfig', String(vmid), token.id, (worker) => update(call, 'qemu', worker))
    .upid;
}
