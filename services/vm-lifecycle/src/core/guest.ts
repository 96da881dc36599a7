import type { EventData, EventType, PowerCause, VmClass } from '@huismeester/contracts';
import type { Static } from 'typebox';

export type Class = Static<typeof VmClass>;
export type Cause = Static<typeof PowerCause>;
export type Kind = 'qemu' | 'lxc';
export type Power = 'running' | 'stopped';
/** `stop` pulls the plug. */
export type Act = 'shutdown' | 'start' | 'stop';

/** Something that happened, before it has a place in the log. */
export type Fact = {
  [T in EventType]: { readonly type: T; readonly subject: string; readonly data: EventData<T> };
}[EventType];

/** A VM by our own events; `status` is what was last reported of it, once it was confirmed. */
export interface Guest {
  readonly id: string;
  readonly hypervisor: string;
  readonly vmid: number;
  readonly kind: Kind;
  readonly name: string;
  readonly class: Class;
  readonly pool: string;
  readonly node: string;
  readonly status: Power;
  readonly changedAt: Date;
  /** By its configuration when that was last read; see `vm.inspected`. */
  readonly onboot?: boolean;
  readonly agent?: boolean;
  readonly ha?: boolean;
  /** Which guest it is (core/incarnation.ts); undefined until its configuration was read. */
  readonly incarnation?: string;
  readonly cores?: number;
  readonly memoryMib?: number;
  readonly diskGib?: number;
}

/** What a guest may use, as listed; a part is undefined when the cluster no longer knows. */
export interface Size {
  readonly cores?: number | undefined;
  readonly memoryMib?: number | undefined;
  /** Of its root disk. */
  readonly diskGib?: number | undefined;
}

/** A row of the listing that passed the pools; up to 10 s old. */
export interface ListedGuest extends Size {
  readonly vmid: number;
  readonly kind: Kind;
  /** Undefined when the cluster no longer knows: its node has not answered it for a while. */
  readonly name: string | undefined;
  readonly class: Class;
  readonly pool: string;
  readonly node: string;
  readonly status: Power | 'unknown';
  /** Of its process, in seconds; 0 while it is off. */
  readonly uptime?: number | undefined;
}

/** One good and complete answer of a hypervisor. A single node without a cluster is always quorate. */
export interface Listing {
  readonly guests: readonly ListedGuest[];
  readonly nodes: readonly { readonly name: string; readonly online: boolean }[];
  readonly quorate: boolean;
}

/** A task of Proxmox, with the user as the UPID has it: a token's is `user@realm!token`. */
export interface GuestTask {
  readonly upid: string;
  readonly type: string;
  readonly user: string;
  readonly startedAt: Date;
  /** Undefined while it runs, or where that is not known. */
  readonly endedAt?: Date | undefined;
  readonly running: boolean;
  /** Whether it ended `OK` or with warnings only. */
  readonly ok: boolean;
}

/** `status/current`: what a guest does at this moment. */
export interface GuestNow {
  readonly status: Power;
  /** It has a process but does not run: paused, prelaunch or suspended in QEMU. */
  readonly paused: boolean;
  readonly lock?: string;
  /** Managed by HA: a task only queues what ha-manager will do. */
  readonly ha: boolean;
  /** Of its process, in seconds. */
  readonly uptime?: number;
}

/** The lock of a guest that is to be waited for. `suspended` is none: the guest hibernates until it is started. */
export function lockedBy(now: Pick<GuestNow, 'lock'>): string | undefined {
  return now.lock === 'suspended' ? undefined : now.lock;
}

/** The state that an act is to bring about. */
export function outcomeOf(act: Act): Power {
  return act === 'start' ? 'running' : 'stopped';
}
