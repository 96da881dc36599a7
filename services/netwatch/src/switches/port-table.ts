import {
  identifyPorts,
  type KnownPort,
  type PortIdentity,
  type PortRole,
  type SwitchSettings,
} from '@huismeester/contracts';
import type { Clock } from '@huismeester/service';
import { missingPort } from '../core/missing-port.ts';
import type { Now } from '../core/moment.ts';
import { portFromZero } from '../core/port-watch.ts';
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
  /** The ports of this switch that settings depend on, by subject. */
  readonly needed: readonly string[];
  /** Called once at most, after the first whole list: none of these was ever in one, so they explain nothing. */
  readonly neverSeen: (ports: readonly string[]) => void;
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
  /** Those that the switch lists no more and that no setting gives a role, by subject: should they come back they are as they were. */
  readonly #left = new Map<string, WatchedPort>();
  #identities: readonly PortIdentity[];
  /** The interfaces that the list has, and those that the switch had when it was read. */
  #listed: ReadonlySet<number> = new Set();
  #listedWith: ReadonlySet<number> = new Set();
  #listedMs: number | undefined;
  #isWhole = false;

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
    return this.#roleBy(port.known.setting);
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
    for (const index of rows.keys())
      if (!this.#listed.has(index) && !this.#listedWith.has(index)) return true;
    if (complete) for (const index of this.#listedWith) if (!rows.has(index)) return true;
    return false;
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
    const { ports, added } = identifyPorts(list.ports, this.#identities, this.#named);
    await this.#options.addIdentities(added);
    signal.throwIfAborted();
    this.#identities = [...this.#identities, ...added];
    this.list = list;
    this.#sayNeverSeen(list);
    this.#listed = new Set(list.ports.map(({ ifIndex }) => ifIndex));
    const before = [...this.ports.values()];
    this.ports = new Map(ports.map((known) => [known.ifIndex, this.#found(known)]));
    const here = new Set(this.ports.values());
    const lost = before.filter((port) => !here.has(port));
    const missed = lost.filter((port) => this.#hasRole(port.known.setting));
    // Of half a list it is not known what it lacks.
    this.#miss(list.complete ? [...missed, ...this.#missedFromStart(ports)] : missed);
    const gone = lost.filter((port) => !missed.includes(port));
    for (const port of gone) this.#leave(port);
    return gone.map(({ thing }) => thing);
  }

  #sayNeverSeen({ complete }: SwitchList): void {
    if (!complete || this.#isWhole) return;
    this.#isWhole = true;
    const { needed, neverSeen, settings } = this.#options;
    const seen = new Set(this.#identities.map(({ id }) => `port/${settings.id}/${id}`));
    const lacking = needed.filter((port) => !seen.has(port));
    if (lacking.length > 0) neverSeen(lacking);
  }

  /** A port of a list, which may have another number than before. */
  #found(known: KnownPort): WatchedPort {
    const port = this.#watched(known);
    if (port.known.ifIndex !== known.ifIndex) forgetCounters(port);
    port.known = known;
    port.isMissing = false;
    return port;
  }

  /** What this process has seen of a port, or else what an earlier one left. */
  #watched(known: KnownPort): WatchedPort {
    const { memories, said, settings } = this.#options;
    const thing = `port/${settings.id}/${known.id}`;
    const port =
      this.#byId.get(thing) ??
      this.#left.get(thing) ??
      newWatchedPort(thing, known, { memory: memories.get(thing) ?? {}, said: said(thing) });
    this.#left.delete(thing);
    this.#byId.set(thing, port);
    return port;
  }

  #leave(port: WatchedPort): void {
    port.watch = portFromZero(port.watch);
    forgetCounters(port);
    this.#byId.delete(port.thing);
    this.#left.set(port.thing, port);
  }

  #roleBy(setting: string | undefined): PortRole | undefined {
    return setting === undefined ? undefined : this.#options.settings.ports[setting]?.role;
  }

  /** A port with a role that the switch lists no more has failed: its module may have. Of others nothing is known then. */
  #hasRole(setting: string | undefined): boolean {
    const role = this.#roleBy(setting);
    return role !== undefined && role !== 'ignore';
  }

  /** Ports with a role that were missing before this process began: an incident may wait for them. */
  #missedFromStart(listed: readonly KnownPort[]): WatchedPort[] {
    const { settings, memories } = this.#options;
    const thing = (id: string) => `port/${settings.id}/${id}`;
    const seen = this.#identities.map((each) => ({
      ...each,
      setting: memories.get(thing(each.id))?.setting,
    }));
    return [...this.#named].flatMap((setting) => {
      if (!this.#hasRole(setting)) return [];
      const known = missingPort(setting, seen, listed);
      const isKnown = known && this.#byId.has(thing(known.id));
      return known && !isKnown ? [this.#watched(known)] : [];
    });
  }

  #miss(ports: readonly WatchedPort[]): void {
    for (const port of ports) {
      port.isMissing = true;
      forgetCounters(port);
      const { ifIndex } = port.known;
      this.ports.set(ifIndex === 0 || this.ports.has(ifIndex) ? this.#freeNumber() : ifIndex, port);
    }
  }

  /** Another port may have its number now; none of the switch's own is below 1. */
  #freeNumber(): number {
    let number = -1;
    while (this.ports.has(number)) number -= 1;
    return number;
  }
}
