import type { Act, Guest, GuestNow, GuestTask, Listing } from './core/guest.ts';
import type { Identity } from './core/incarnation.ts';
import type { TaskState } from './core/plan.ts';

/** Where a guest is, as its hypervisor needs to know. */
export type Place = Pick<Guest, 'vmid' | 'kind' | 'node'>;

/** One Proxmox VE cluster or single node. Calls reject with a `ProxmoxError`. */
export interface Hypervisor {
  readonly id: string;
  /** As the tasks of our token name their user. */
  readonly token: string;
  /** All guests in listed pools, all nodes, and quorum; of other guests nothing (PRIV-2). */
  listing(): Promise<Listing>;
  guestNow(place: Place): Promise<GuestNow>;
  /** A guest's tasks that began at `since` or later, running and ended; running ones only without `since`. */
  guestTasks(place: Place, since?: Date): Promise<GuestTask[]>;
  /** The tasks by which the node itself brought all its guests up, or down, since then. */
  bootTasks(node: string, type: 'startall' | 'stopall', since: Date): Promise<GuestTask[]>;
  taskState(node: string, upid: string): Promise<TaskState>;
  /** Connects for `ask`, which is about to follow. */
  prepareAsk(): void;
  /** Asks for the act, and resolves with its UPID. A shutdown that takes longer than `timeoutMs` fails; it kills nothing. */
  ask(act: Act, place: Place, timeoutMs: number): Promise<string>;
  /** What a guest's configuration has of how it starts and stops, and of which guest it is. */
  guestConfig(place: Place): Promise<{ readonly onboot: boolean; readonly agent?: boolean } & Identity>;
  /** Whether what other people's and the node's own tasks do is shown to us; a moment ago is good enough. */
  seesTasks(node: string): Promise<boolean>;
  /** Whether a node is part of its cluster right now; undefined for one that the cluster does not know. */
  nodeOnline(node: string): Promise<boolean | undefined>;
  /** Asks a node to shut itself down, with all that runs on it. */
  shutdownNode(node: string): Promise<void>;
  close(): Promise<void>;
}
