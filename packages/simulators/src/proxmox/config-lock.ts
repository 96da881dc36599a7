import type { GuestState } from './state.ts';
import type { Worker } from './tasks.ts';

export interface ConfigLocks {
  /** Does the work while holding the guest's config lock; throws when it cannot get it in time. */
  hold<T>(guest: GuestState, worker: Worker, work: () => Promise<T>): Promise<T>;
}

function lockFile(guest: GuestState): string {
  return guest.type === 'qemu'
    ? `/var/lock/qemu-server/lock-${guest.vmid}.conf`
    : `/run/lock/lxc/pve-config-${guest.vmid}.lock`;
}

/** The flock on a guest's configuration: one task at a time, the others give up after `timeout` seconds. */
export function createConfigLocks(timeout: number): ConfigLocks {
  const held = new Set<number>();
  const attempts = 20;

  async function acquire(guest: GuestState, worker: Worker): Promise<void> {
    if (held.has(guest.vmid)) worker.log('trying to acquire lock...');
    for (let attempt = 0; held.has(guest.vmid); attempt += 1) {
      if (attempt === attempts) throw new Error(`can't lock file '${lockFile(guest)}' - got timeout`);
      await worker.sleep(timeout / attempts);
    }
    held.add(guest.vmid);
  }

  return {
    async hold(guest, worker, work) {
      await acquire(guest, worker);
      try {
        return await work();
      } finally {
        held.delete(guest.vmid);
      }
    },
  };
}
