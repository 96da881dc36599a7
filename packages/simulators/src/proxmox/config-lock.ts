import { died } from './api-error.ts';
import type { GuestState } from './state.ts';
import type { Worker } from './tasks.ts';

/** A vmid has its lock before there is a guest. */
type Locked = Pick<GuestState, 'vmid' | 'type'>;
/** Not only tasks change a configuration. */
type Waiter = Pick<Worker, 'log' | 'sleep'>;

export interface ConfigLocks {
  /** Does the work while holding the guest's config lock; throws when it cannot get it in time. */
  hold<T>(guest: Locked, worker: Waiter, work: () => Promise<T>): Promise<T>;
}

function lockFile(guest: Locked): string {
  return guest.type === 'qemu'
    ? `/var/lock/qemu-server/lock-${guest.vmid}.conf`
    : `/run/lock/lxc/pve-config-${guest.vmid}.lock`;
}

/** The flock on a guest's configuration: one task at a time, the others give up after `timeout` seconds. */
export function createConfigLocks(timeout: number): ConfigLocks {
  const held = new Set<number>();
  const attempts = 20;

  async function acquire(guest: Locked, worker: Waiter): Promise<void> {
    if (held.has(guest.vmid)) worker.log('trying to acquire lock...');
    for (let attempt = 0; held.has(guest.vmid); attempt += 1) {
      if (attempt === attempts) throw died(`can't lock file '${lockFile(guest)}' - got timeout`);
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
