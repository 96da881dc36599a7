import type { Fact, Guest } from './guest.ts';

/** What a guest's configuration, and HA, say of how it starts and stops. */
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
  return { type: 'vm.inspected', subject: `vm/${guest.id}`, data };
}
