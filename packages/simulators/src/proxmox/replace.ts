import { newIdentity } from './identity.ts';
import type { GuestState } from './state.ts';
import { boot, forget, type World } from './world.ts';

const tasksOf = { qemu: 'qm', lxc: 'vz' } as const;

/**
 * Somebody destroys a guest and makes another one under its vmid, all at once: between two looks at the cluster. The new
 * one has nothing of the old but its id, node, type and pool, unless `next` says so.
 */
export function replaceGuest(
  world: World,
  guest: GuestState,
  next: Partial<GuestState>,
  user = 'root@pam',
): GuestState {
  const { vmid, node, pool } = guest;
  const task = (type: GuestState['type'], act: string) =>
    world.tasks.fork(next.node ?? node, `${tasksOf[type]}${act}`, String(vmid), user, async () => undefined);
  world.tasks.fork(node, `${tasksOf[guest.type]}destroy`, String(vmid), user, async () => undefined);
  forget(world.state, guest);
  const type = next.type ?? guest.type;
  const { smbios1, net0 } = newIdentity({ type });
  const successor: GuestState = {
    vmid,
    type,
    node,
    name: `new${vmid}`,
    status: 'stopped',
    net0,
    ...(type === 'qemu' && { smbios1 }),
    ...(pool !== undefined && { pool }),
    ...next,
  };
  task(type, 'create');
  world.state.guests.push(successor);
  if (successor.status === 'running') {
    task(type, 'start');
    boot(world, successor);
  }
  return successor;
}
