import type { HypervisorSettings } from '@huismeester/contracts';
import { createProxmox } from '@huismeester/proxmox';

/** How long a question may take, as with the other tokens. */
const requestTimeoutMs = 5_000;

/** Moves guests from pool to pool with the promote token. */
export interface Mover {
  /** Rejects with a `ProxmoxError`. */
  move(vmid: number, pool: string): Promise<void>;
  close(): Promise<void>;
}

/** By the hypervisor's id, those for which settings name a promote token. */
export function openMovers(hypervisors: readonly HypervisorSettings[]): ReadonlyMap<string, Mover> {
  return new Map(
    hypervisors.flatMap((settings) => {
      const { id, url, ca, fingerprints, tokens } = settings;
      if (tokens.promote === undefined) return [];
      const proxmox = createProxmox({ url, ca, fingerprints, token: tokens.promote, requestTimeoutMs });
      const mover: Mover = {
        move: (vmid, pool) => proxmox.setPoolMember(pool, vmid, 'add', { allowMove: true }),
        close: () => proxmox.close(),
      };
      return [[id, mover] as const];
    }),
  );
}
