import type { ConfigValues, GuestConfig } from '@huismeester/proxmox';
import type { GuestInterface } from './core/creating/address.ts';
import type { Act, Guest, GuestNow, GuestTask, Listing } from './core/guest.ts';
import type { Identity } from './core/incarnation.ts';
import type { TaskState } from './core/plan.ts';
import type { NodeNow, StorageNow } from './core/reserve.ts';

/** Where a guest is, as its hypervisor needs to know. */
export type Place = Pick<Guest, 'vmid' | 'kind' | 'node'>;

/** A guest's configuration, as far as people change it; what a running guest has not taken over yet is left out. */
export interface SizedConfig extends Identity {
  readonly digest: string;
  readonly cores?: number;
  readonly memoryMib: number;
  readonly disks: readonly { readonly key: string; readonly storage: string; readonly sizeGib?: number }[];
}

/** A guest's configuration, as far as it is read. */
export interface Config extends Identity {
  readonly onboot: boolean;
  /** QEMU only. */
  readonly agent?: boolean;
  readonly digest?: string;
  readonly description?: string;
}

/** One Proxmox VE cluster or single node. Calls reject with a `ProxmoxError`. */
export interface Hypervisor {
  readonly id: string;
  /** As the tasks of our token name their user. */
  readonly token: string;
  /** All guests in listed pools, all nodes, and quorum; of other guests nothing (PRIV-2). */
  listing(): Promise<Listing>;
  /** The numbers of our range that the last listing showed as taken, by whomever: of guests in other pools no more than that, and only here. */
  taken(): ReadonlySet<number>;
  /** All nodes, with their memory. */
  nodes(): Promise<readonly NodeNow[]>;
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
  /** Asks for a reboot, and resolves with its UPID; a guest that does not listen fails it. */
  reboot(place: Place): Promise<string>;
  /** What a guest's configuration has of which guest it is, and what it may use. */
  sizedConfig(place: Place): Promise<SizedConfig>;
  /** What a guest's configuration has of how it starts and stops, and of which guest it is. */
  guestConfig(place: Place): Promise<Config>;
  /** The tasks by which guests of its vmid were destroyed on its node since then; also of one that is no longer listed, since only such tasks are asked for (PRIV-2). */
  destroys(place: Place, since: Date): Promise<GuestTask[]>;
  /** Whether its node is to start a guest; undefined where settings have no token for that. `digest` is that of the configuration as it was read. */
  readonly setOnboot: ((place: Place, onboot: boolean, digest?: string) => Promise<void>) | undefined;
  /** Whether what other people's and the node's own tasks do is shown to us; a moment ago is good enough. */
  seesTasks(node: string): Promise<boolean>;
  /** Whether a node is part of its cluster right now; undefined for one that the cluster does not know. */
  nodeOnline(node: string): Promise<boolean | undefined>;
  /** Asks a node to shut itself down, with all that runs on it. */
  shutdownNode(node: string): Promise<void>;
  close(): Promise<void>;
}

/** What a clone, or a container, is to be. */
export interface Cloning {
  readonly vmid: number;
  /** Also its host name. */
  readonly name: string;
  readonly description: string;
  /** On which node; another than the template's where the storage is shared. */
  readonly node: string;
  /** A copy of the template's disks onto our storage, instead of one that leans on them. */
  readonly full: boolean;
}

export interface NewContainer extends Omit<Cloning, 'full'> {
  readonly ostemplate: string;
  readonly cores: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  readonly sshKeys: readonly string[];
}

/** One hypervisor by the token that makes, changes and destroys VMs in the participants' pool. Calls reject with a `ProxmoxError`. */
export interface Maker {
  /** As the tasks of this token name their user. */
  readonly token: string;
  /** Where a guest or template stands; undefined for one that this token does not see. */
  find(vmid: number): Promise<{ readonly node: string } | undefined>;
  storages(node: string): Promise<readonly StorageNow[]>;
  /** The volumes of the templates for containers in a storage. */
  ostemplates(node: string, storage: string): Promise<readonly string[]>;
  config(place: Place): Promise<GuestConfig>;
  /** Tasks about a guest on a node that began at `since` or later. */
  tasks(node: string, vmid: number, since: Date): Promise<GuestTask[]>;
  taskState(node: string, upid: string): Promise<TaskState>;
  /** Resolves with the UPID, as the others below. */
  clone(template: { readonly vmid: number; readonly node: string }, cloning: Cloning): Promise<string>;
  createContainer(container: NewContainer): Promise<string>;
  configure(place: Place, values: ConfigValues, digest: string): Promise<void>;
  resize(place: Place, disk: string, gib: number): Promise<string>;
  interfaces(place: Place): Promise<readonly GuestInterface[]>;
  destroy(place: Place): Promise<string>;
  close(): Promise<void>;
}
