import type { HypervisorSettings } from '@huismeester/contracts';
import type { GuestRecord } from '../adapters/store.ts';
import type { Class } from '../core/guest.ts';
import type { NodeRecord } from '../core/node.ts';
import type { RequestMeter } from '../metrics.ts';
import type { Parts } from '../parts.ts';
import type { HypervisorPoller } from '../polling/poller.ts';
import type { Hypervisor } from '../ports.ts';
import type { RequestLimit } from './request-limit.ts';

/** How the guests of a hypervisor are to be treated. */
export interface Limits {
  readonly shutdownTimeoutMs: number;
  readonly parallelPerNode: number;
  /** The classes whose guests may be stopped when they do not shut down. */
  readonly forceStop: readonly Class[];
}

/** A hypervisor as those who act know it, with what settings have of its nodes, by their names. */
export interface Managed {
  readonly poller: HypervisorPoller;
  readonly limits: Limits;
  readonly nodes: HypervisorSettings['nodes'];
}

/** A guest with the hypervisor that it stands on. */
export type ManagedGuest = GuestRecord & Pick<Managed, 'poller' | 'limits'>;

/** A node with its hypervisor and what settings have of it. */
export interface ManagedNode extends NodeRecord {
  readonly hypervisor: Hypervisor;
  readonly settings: Managed['nodes'][string] | undefined;
}

/** What requests about guests and nodes are made with. */
export interface ActingContext extends Parts {
  /** By the hypervisor's id. */
  readonly hypervisors: ReadonlyMap<string, Managed>;
  readonly requestLimit: RequestLimit;
  readonly counted: RequestMeter;
}

/** When to look again, in milliseconds; undefined: at once; `over`: not at all. */
export type Next = number | undefined | 'over';
