import type { PortRole, SwitchSettings } from '@huismeester/contracts';
import type { Clock } from '@huismeester/service';
import type { Now } from '../core/moment.ts';
import { identify, type KnownPort, namesOf, type PortIdentity } from '../core/port-identity.ts';
import type { Thing } from '../core/thing.ts';
import type { Memory } from '../memory.ts';
import type { SwitchList, SwitchState } from './if-mib.ts';
import { forgetCounters, newWatchedPort, type WatchedPort } from './watched-port.ts';

const listEveryMs = 3_600_000;

export interface PortTableOptions {
  readonly settings: SwitchSettings;
  readonly memories: ReadonlyMap<string, Memory>;
  /** What an earlier process said of a port last. */
  readonly said: (thing: string) => Thing['said'];
  readonly identities: readonly PortIdentity[];
  readonly addIdentities: (added: readonly PortIdentity[]) => Promise<void>;
  readonly clock: Clock;
}

/** Which ports a switch has, and which number each has now. */
export class PortTable {
  /** By ifIndex, as the last list had them, and those with a role that it lacks. */
  ports: Map<number, WatchedPort> = new Map();
  /** The last list; undefined: none was read. */
  list: SwitchList | undefined;
  readonly #options: PortTableOptions;
  readonly #named: ReadonlySet<string>;
  readonly #byId = new Map<string, WatchedPort>();
  #identities: readonly PortIdentity[];
  /** The interfaces that the switch had when the list was read. */
  #listedWith: ReadonlySet<number> = new Set();
  #listedMs: number | undefined;

  constructor(options: PortTableOptions) {
    this.#options = options;
    this.#named = new Set(Object.keys(options.settings.ports));
    this.#identities = options.identities;
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

  /** The switch began anew: its numbers may be those of other ports, until its list was read. */
  forget(): void {
    this.#listedMs = undefined;
    for (const port of this.ports.values()) forgetCounters(port);
  }

  /** Whether a list was read that holds. */
  get isListed(): boolean {
    return this.#listedMs !== undefined;
  }

  /** After a restart, hourly, and when interfaces came or went; once for those of which the list says nothing. */
  isListDue({ rows, complete }: SwitchState, now: Now): boolean {
    if (!this.list || this.#listedMs === undefined || now.ms - this.#listedMs >= listEveryMs) return true;
    const before = this.#listedWith;
    const known = new Set(this.list.ports.map(({ ifIndex }) => ifIndex));
    const came = [...rows.keys()].some((index) => !known.has(index) && !before.has(index));
    return came || (complete && [...before].some((index) => !rows.has(index)));
  }

  /** Takes a list in that was read after a state; says of which ports nothing is known any more, by their subjects. */
  async take(list: SwitchList, { rows }: SwitchState, signal: AbortSignal): Promise<readonly string[]> {
    // Half a list has other names that are unique: what was known of the ports is better, if it still is.
    const isWorse = this.list?.complete === true && !list.complete && this.isListed;
    const gone = isWorse ? [] : await this.#replace(list, signal);
    this.#listedMs = this.#options.clock.monotonicMs();
    this.#listedWith = new Set(rows.keys());
    return gone;
  }

  async #replace(list: SwitchList, signal: AbortSignal): Promise<readonly string[]> {
    const { ports, added } = identify(list.ports, this.#identities, this.#named);
    await this.#options.addIdentities(added);
    signal.throwIfAborted();
    this.#identities = [...this.#identities, ...added];
    this.list = list;
    const before = [...this.ports.values()];
    this.ports = new Map(ports.map((known) => [known.ifIndex, this.#found(known)]));
    const here = new Set(this.ports.values());
    const lost = before.filter((port) => !here.has(port));
    const missed = lost.filter((port) => this.#isMissed(port));
    this.#miss(missed);
    const gone = lost.filter((port) => !missed.includes(port)).map(({ thing }) => thing);
    for (const thing of gone) this.#byId.delete(thing);
    return gone;
  }

  /** A port of a list, which may have another number than before. */
  #found(known: KnownPort): WatchedPort {
    const { memories, said, settings } = this.#options;
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

  /** A port with a role that the switch lists no more has failed: its module may have. Of others nothing is known then. */
  #isMissed(port: WatchedPort): boolean {
    const role = this.roleOf(port);
    return role !== undefined && role !== 'ignore';
  }

  #miss(ports: readonly WatchedPort[]): void {
    for (const port of ports) {
      port.isMissing = true;
      forgetCounters(port);
      const { ifIndex } = port.known;
      // Another may have its number now; none is below 1.
      this.ports.set(this.ports.has(ifIndex) ? -ifIndex : ifIndex, port);
    }
  }
}
