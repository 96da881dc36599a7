import type { Fact, Guest } from './guest.ts';
import { guestTarget } from './target.ts';

/** How a guest starts and stops, by its configuration and HA. */
export interface Traits {
  readonly onboot: boolean;
  /** QEMU only. */
  readonly agent?: boolean;
  readonly ha: boolean;
}

/** The news that a guest's traits are others than were known; undefined when they are the same. */
export function inspected(guest: Guest, { onboot, agent, ha }: Traits): Fact | undefined {
  if (guest.onboot === onboot && guest.agent === agent && guest.ha === ha) return undefined;
  const data = { vm: guest.id, onboot, ...(agent !== undefined && { agent }), ha };
  return { type: 'vm.inspected', subject: guestTarget(guest.id), data };
}
