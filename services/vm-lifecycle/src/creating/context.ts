import type { HypervisorSettings, ReserveSettings } from '@huismeester/contracts';
import type { RoomNow } from '../core/creating/place.ts';
import type { Parts } from '../parts.ts';
import type { Hypervisor, Maker } from '../ports.ts';
import type { CreatingPorts } from './ports.ts';

/** A hypervisor on which VMs can be made. */
export interface Site {
  readonly settings: HypervisorSettings;
  /** With the create token. */
  readonly maker: Maker;
  /** With the operate token, which starts what was made. */
  readonly hypervisor: Hypervisor;
  /**
   * Numbers of our range that are others', as far as this process has seen, and when, in ms: in its memory alone, since of guests in other pools
   * nothing is stored (PRIV-2).
   */
  readonly others: Map<number, number>;
  /** What it has free, as last measured; undefined when that is not known. */
  readonly room: { latest: RoomNow | undefined };
}

/** What making VMs is done with. */
export interface CreatingContext extends Omit<Parts, 'leaseMs'> {
  /** By the hypervisor's id; those alone that have a create token. */
  readonly sites: ReadonlyMap<string, Site>;
  readonly reserve: ReserveSettings;
  readonly ports: CreatingPorts;
}

/** In how many milliseconds it is looked at again; `next`: at once; `over`: not at all. */
export type Next = number | 'next' | 'over';
