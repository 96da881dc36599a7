import type { PortRole, SwitchSettings } from '@huismeester/contracts';
import type { Now } from '../core/moment.ts';
import { identify, type KnownPort, namesOf, type PortIdentity } from '../core/port-identity.ts';
import type { Thing } from '../core/thing.ts';
import type { Memory } from '../memory.ts';
import type { SwitchList, SwitchState } from './if-mib.ts';
import { forgetCounters, newWatchedPort, type WatchedPort } from './watched-port.ts';

const listEveryMs = 3_600_000;

export interface PortListOptions {
  readonly settings: SwitchSettings;
  readonly memories: ReadonlyMap<string, Memory>;
  readonly identities: readonly PortIdentity[];
  readonly addIdentities: (added: readonly PortIdentity[]) => Promise<void>;
  /** How a port was said to be by an earlier process. */
  readonly said: (thing: string) => Thing['said'];
}

/** The ports of a switch as its last list had them, and those that it lists no more and should. */
export class PortList {
  /** By ifIndex. */
  ports: ReadonlyMap<number, WatchedPort> = new Map();
  readonly #options: PortListOptions;
  readonly #named: ReadonlySet<string>;
  readonly #byId = new Map<string, WatchedPort>();
  #identities: readonly PortIdentity[];
  #list: SwitchList | undefined;
  /** The interfaces that the switch had when the list was read. */
  #listedWith: ReadonlySet<number> = new Set();
  #listedMs: number | undefined;

  constructor(options: PortListOptions) {
    this.#options = options;
    this.#identities = options.identities;
    this.#named = new Set(Object.keys(options.settings.ports));
  }

  /** What was read of the switch itself with it. */
  get list(): SwitchList | undefined {
    return this.#list;
  }

  /** Whether the numbers of ports are those of the list: after a restart they may be those of others. */
  get isCurrent(): boolean {
    return this.#listedMs !== undefined;
  }

  all(): Iterable<WatchedPort> {
    return this.#byId.values();
  }

  /** A port by its subject. */
  port(thing: string): WatchedPort | undefined {
    return this.#byId.get(thing);
  }

  /** The role that settings give a port, by any of its names. */
  roleOf(port: WatchedPort): PortRole | undefined {
    const name = namesOf(port.known).find((each) => this.#named.has(each));
    return name === undefined ? undefined : this.#options.settings.ports[name]?.role;
  }

  /** The switch restarted: its ports may have other numbers, and count from zero. */
  outdate(): void {
    this.#listedMs = undefined;
    for (const port of this.ports.values()) forgetCounters(port);
  }

  /** After a restart, hourly, and when interfaces came or went; once for those of which the list says nothing. */
  isDue({ rows, complete }: SwitchState, now: Now): boolean {
    if (!this.#list || this.#listedMs === undefined || now.ms - this.#listedMs >= listEveryMs) return true;
    const before = this.#listedWith;
    const known = new Set(this.#list.ports.map(({ ifIndex }) => ifIndex));
    const came = [...rows.keys()].some((index) => !known.has(index) && !before.has(index));
    return came || (complete && [...before].some((index) => !rows.has(index)));
  }

  /** Takes a list in; the subjects of ports that are no more, and that nobody misses. */
  async take(list: SwitchList, { rows }: SwitchState, now: Now): Promise<string[]> {
    // Half a list has other names that are unique: what was known of the ports is better, if it still is.
    const isWorse = this.#list?.complete === true && !list.complete && this.#listedMs !== undefined;
    const { ports, added } = identify(list.ports, this.#identities, this.#named);
    if (!isWorse) await this.#options.addIdentities(added);
    this.#listedMs = now.ms;
    this.#listedWith = new Set(rows.keys());
    if (isWorse) return [];
    this.#identities = [...this.#identities, ...added];
    this.#list = list;
    const before = [...this.ports.values()];
    const found = new Map(ports.map((known) => [known.ifIndex, this.#found(known)]));
    const here = new Set(found.values());
    const left = before.filter((port) => !here.has(port));
    const missed = left.filter((port) => this.#isMissed(port));
    for (const port of missed) miss(port, found);
    this.ports = found;
    const gone = left.filter((port) => !missed.includes(port)).map(({ thing }) => thing);
    for (const thing of gone) this.#byId.delete(thing);
    return gone;
  }

  /** Of ports that the switch lists no more, those with a role have failed: a module may have; of the others nothing is known. */
  #isMissed(port: WatchedPort): boolean {
    return !['ignore', undefined].includes(this.roleOf(port));
  }

  /** A port of a list, which may have another number than before. */
  #found(known: KnownPort): WatchedPort {
    const { settings, memories, said } = this.#options;
    const thing = `port/${settings.id}/${known.id}`;
    const port =
      this.#byId.get(thing) ??
      newWatchedPort(thing, known, { memory: memories.get(thing) ?? {}, said: said(thing) });
    if (port.known.ifIndex !== known.ifIndex) forgetCounters(port);
    port.known = known;
    port.isMissing = false;
    this.#byId.set(thing, port);
    return port;
  }
}

function miss(port: WatchedPort, ports: Map<number, WatchedPort>): void {
  port.isMissing = true;
  forgetCounters(port);
  const { ifIndex } = port.known;
  // Another may have its number now; none is below 1.
  ports.set(ports.has(ifIndex) ? -ifIndex : ifIndex, port);
}
