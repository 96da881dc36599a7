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
  readonly making: FoundForMaking;
}

/** What of a cluster VMs of participants can be made of, as far as the token may see it. */
export interface FoundForMaking {
  /** The highest number of a guest. */
  readonly highestVmid?: number;
  /** Of the smallest node, bytes. */
  readonly leastMemory?: number;
  readonly templates: readonly FoundTemplate[];
  /** For disks of VMs. */
  readonly storages: readonly {
    readonly name: string;
    readonly shared: boolean;
    readonly freeBytes?: number;
  }[];
  readonly ostemplates: readonly { readonly volid: string; readonly node: string }[];
}

export interface FoundTemplate {
  readonly vmid: number;
  readonly name: string;
  readonly node: string;
  /** It has a drive of cloud-init's. */
  readonly cloudInit: boolean;
  /** The guest agent is enabled. */
  readonly agent: boolean;
}
