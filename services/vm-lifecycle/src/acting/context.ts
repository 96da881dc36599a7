import type { HypervisorSettings } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import type { EventLog, Tasks } from '@huismeester/events';
import type { Clock, ServiceContext } from '@huismeester/service';
import type { GuestRecord } from '../adapters/store.ts';
import type { Class } from '../core/guest.ts';
import type { NodeRecord } from '../core/node.ts';
import type { Poller } from '../polling/poller.ts';
import type { FailureOf, Hypervisor } from '../ports.ts';
import type { RequestLimit } from './request-limit.ts';

/** How the guests of a hypervisor are to be treated. */
export interface Limits {
  readonly shutdownTimeoutMs: number;
  readonly parallelPerNode: number;
  /** The classes whose guests may be stopped when they do not shut down. */
  readonly forceStop: readonly Class[];
}

/** A hypervisor as those who act know it, with what settings say of its nodes, by their names. */
export interface Managed {
  readonly poller: Poller;
  readonly limits: Limits;
  readonly nodes: HypervisorSettings['nodes'];
}

/** A guest with the hypervisor that it stands on. */
export type ManagedGuest = GuestRecord & Pick<Managed, 'poller' | 'limits'>;

/** A node with its hypervisor and what settings say of it. */
export interface ManagedNode extends NodeRecord {
  readonly hypervisor: Hypervisor;
  readonly settings: Managed['nodes'][string] | undefined;
}

/** What requests about guests and nodes are made with. */
export interface ActingContext {
  readonly database: Database;
  readonly log: EventLog;
  /** To be asked for when it is needed: the tasks are made with a handler that makes requests. */
  readonly tasks: () => Pick<Tasks, 'enqueue'>;
  /** By the hypervisor's id. */
  readonly hypervisors: ReadonlyMap<string, Managed>;
  readonly requestLimit: RequestLimit;
  readonly failureOf: FailureOf;
  /** Sends a magic packet; rejects when it could not even be sent. */
  readonly sendMagicPacket: (mac: string, address: string) => Promise<void>;
  readonly clock: Clock;
  readonly logger: ServiceContext['logger'];
  /** For the metrics: `node-shutdown` and `node-wake` are those of nodes. */
  readonly counted: (act: string, outcome: 'requested' | 'accepted' | 'lost' | 'failed' | 'done') => void;
}

/** When to look again, in milliseconds; undefined: at once; `over`: not at all. */
export type Next = number | undefined | 'over';
