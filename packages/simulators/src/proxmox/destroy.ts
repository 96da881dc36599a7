import { died } from './api-error.ts';
import { checkLock } from './power.ts';
import { type Call, flagOf, numberOf, textOf } from './route.ts';
import type { GuestState, GuestType } from './state.ts';
import { forget, loadConfig } from './world.ts';

/* PVE::API2::Qemu's and PVE::API2::LXC's destroy_vm: looked at before the task, and again in it. */

function isProtected(guest: GuestState): boolean {
  return Number(guest.config?.protection ?? 0) === 1;
}

function check(guest: GuestState, purge: boolean, force: boolean): void {
  const { vmid, type } = guest;
  const word = type === 'qemu' ? 'VM' : 'CT';
  if (isProtected(guest)) throw died(`can't remove ${word} ${vmid} - protection mode enabled`);
  if (guest.ha && !purge)
    throw type === 'qemu'
      ? died(`unable to remove VM ${vmid} - used in HA resources and purge parameter not set.`)
      : died(`unable to remove CT ${vmid} - used in HA resources and parameter 'purge' not set.`);
  if (guest.status !== 'running' || force) return;
  throw type === 'qemu'
    ? died(`VM ${vmid} is running - destroy failed`)
    : died(`unable to destroy CT ${vmid} - container is running`);
}

function demandNoClones(guests: readonly GuestState[], template: GuestState): void {
  const leaning = guests.some((one) => one.disks?.some((disk) => disk.base === template.vmid));
  if (template.template && leaning)
    throw died(`base volume of VM ${template.vmid} is still in use by linked cloned`);
}

/** Destroys a guest with its disks; answers the UPID. */
export function destroy(call: Call, type: GuestType): string {
  const { world, token } = call;
  const [node, vmid] = [textOf(call, 'node'), numberOf(call, 'vmid')];
  const load = () => loadConfig(world.state, node, type, vmid);
  const look = (guest: GuestState): void => check(guest, flagOf(call, 'purge'), flagOf(call, 'force'));
  look(load());
  return world.tasks.fork(
    node,
    type === 'qemu' ? 'qmdestroy' : 'vzdestroy',
    String(vmid),
    token.id,
    async (worker) => {
      await world.locks.hold(load(), worker, async () => {
        const guest = load();
        look(guest);
        checkLock(guest);
        demandNoClones(world.state.guests, guest);
        await worker.sleep(world.durations.destroy);
        forget(world.state, guest);
      });
    },
  ).upid;
}
