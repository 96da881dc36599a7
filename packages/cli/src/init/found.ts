import type { UpsIdentity, UpsReadings } from '@huismeester/nut';
import type { HostPort } from './places.ts';

/** A UPS as its upsd reports it. */
export interface FoundUps {
  readonly at: HostPort;
  readonly name: string;
  readonly description: string;
  /** Absent when its driver does not answer. */
  readonly now?: { readonly status: string; readonly readings: UpsReadings; readonly identity: UpsIdentity };
  /** Who is logged in at it: who draws power from it. */
  readonly clients: readonly string[];
  /** The addresses of upsd's own machine. */
  readonly machine: readonly string[];
}

/** A Proxmox VE as it shows itself. */
export interface FoundProxmox {
  readonly url: string;
  /** SHA-256 of its certificate. */
  readonly fingerprint: string;
  /** Absent when it was not asked, for want of a token. */
  readonly inventory?: ProxmoxInventory;
}

export interface ProxmoxInventory {
  readonly nodes: readonly { readonly name: string; readonly address?: string }[];
  /** The pools that the token may see. */
  readonly pools: readonly { readonly id: string; readonly vms: number }[];
}
