import { type LookReason, milliseconds, type PortRole, type SwitchSettings } from '@huismeester/contracts';
import { createPoller, type Poller } from '@huismeester/service';
import { type SnmpClient, SnmpError } from '@huismeester/snmp';
import { v7 as uuidv7 } from 'uuid';
import { nowOf } from '../clock.ts';
import type { Now } from '../core/moment.ts';
import { changesNothing, lookAtPort, type PortRow, portFromZero } from '../core/port-watch.ts';
import { isQuiet, lookAtSwitch, type SwitchWatch, switchFromZero } from '../core/switch-watch.ts';
import type { Timing } from '../core/timing.ts';
import type { Said, Signal } from '../core/world.ts';
import type { Memory } from '../memory.ts';
import type { Around, Reports, Watched } from '../ports.ts';
import { createHints, type Hints } from './hints.ts';
import { readList, readState, type SwitchList, type SwitchState } from './if-mib.ts';
import { PortCounting } from './port-counting.ts';
import { PortTable, type PortTableOptions } from './port-table.ts';
import { reasonOf, seenOf } from './seen.ts';
import { forgetCounters, memoryOf, type WatchedPort } from './watched-port.ts';

/** While it is in doubt whether a switch answers it is looked at so often, ms. */
const doubtMs = 2_000;
/** ifOperStatus of a port that the switch lists no more. */
const notPresent: PortRow = { oper: 6 };
/** Each request has a deadline of its own; beyond all of a look together something else holds it up. */
const deadlineMs = 60_000;

export interface WatchedSwitchOptions extends PortTableOptions {
  readonly client: SnmpClient;
  readonly timing: Timing;
  /** It is this machine: whether it answers says nothing of the network. */
  readonly here: boolean;
  readonly reports: Reports;
  readonly around: Around;
  /** After each look. */
  readonly seen: () => void;
  /** The list of its ports was read anew; these are not in it any more. */
  readonly listed: (gone: readonly string[]) => void;
  readonly failed: (error: unknown) => void;
}

/** Looks at one switch and its ports for as long as it runs, and reports what that comes to. */
export class WatchedSwitch implements Watched {
  readonly id: string;
  readonly settings: SwitchSettings;
  readonly hints: Hints;
  /** Traps that report an authenticationFailure. */
  authenticationFailures = 0;
  readonly #options: WatchedSwitchOptions;
  readonly #poller: Poller;
  readonly #table: PortTable;
  readonly #counting: PortCounting;
  #watch: SwitchWatch = {};
  /** How many interfaces the state had that was read last; 0: none was. */
  #interfaces = 0;
  /** When the newest look began that was answered, monotonic ms. */
  #readMs = -1;
  #zeroMs = 0;
  #looked = false;

  constructor(options: WatchedSwitchOptions) {
    const { settings, clock, failed } = options;
    this.#options = options;
    this.settings = settings;
    this.id = `switch/${settings.id}`;
    this.#table = new PortTable(options);
    this.#counting = new PortCounting(options);
    this.hints = createHints(clock, () => this.#poller.now());
    const look = (signal: AbortSignal) => this.#look(signal);
    this.#poller = createPoller({ everyMs: milliseconds(settings.poll), deadlineMs, clock, failed, look });
  }

  start(): void {
    this.#poller.start();
  }

  async close(): Promise<void> {
    this.hints.close();
    const closed = this.#poller.close();
    // A request that is out would hold up the end.
    this.#options.client.close();
    await closed;
  }

  now(): void {
    this.#poller.now();
  }

  fromZero(things: ReadonlySet<string>): void {
    const fresh = [...this.ports.values()].filter(({ thing }) => things.has(thing));
    for (const port of fresh) port.watch = portFromZero(port.watch);
    if (things.has(this.id)) {
      this.#watch = switchFromZero(this.#watch);
      this.#zeroMs = this.#options.clock.monotonicMs();
    }
    if (fresh.length > 0 || things.has(this.id)) this.#poller.now();
  }

  isClear(thing: string, ms: number): boolean {
    return (thing === this.id ? this.#readMs : (this.port(thing)?.upMs ?? -1)) >= ms;
  }

  /** By ifIndex; one with a role that the switch lists no more may have a number below 0. */
  get ports(): ReadonlyMap<number, WatchedPort> {
    return this.#table.ports;
  }

  get looked(): boolean {
    return this.#looked;
  }

  /** A port by its subject. */
  port(thing: string): WatchedPort | undefined {
    return this.#table.port(thing);
  }

  /** What was read of the switch itself. */
  get about(): { readonly list: SwitchList | undefined; readonly uptime_s: number | undefined } {
    const ticks = this.#watch.uptime?.ticks;
    return { list: this.#table.list, uptime_s: ticks === undefined ? undefined : ticks / 100 };
  }

  /** The role that settings give a port, by any of its names. */
  roleOf(port: WatchedPort): PortRole | undefined {
    return this.#table.roleOf(port);
  }

  async #look(signal: AbortSignal): Promise<number | undefined> {
    const { clock, reports, seen } = this.#options;
    const began = nowOf(clock);
    const state = await this.#read(signal);
    signal.throwIfAborted();
    const soonMs = await this.#take(state, began, signal);
    // Counters may take long; what is known of the state does not wait for them.
    this.#looked = true;
    seen();
    reports.looked();
    if (typeof state === 'string' || !this.#table.isListed || !this.#counting.isDue(began)) return soonMs;
    const quiet = isQuiet(this.#watch, began);
    await this.#counting.count(this.#table, { began, expected: this.#interfaces, quiet, signal });
    seen();
    return soonMs;
  }

  async #read(signal: AbortSignal): Promise<SwitchState | LookReason> {
    try {
      const state = await readState(this.#options.client, this.#interfaces, signal);
      this.#interfaces = state.rows.size;
      return state;
    } catch (error) {
      if (error instanceof SnmpError) return reasonOf(error);
      throw error;
    }
  }

  async #take(state: SwitchState | LookReason, began: Now, signal: AbortSignal): Promise<number | undefined> {
    const { around, reports, here, timing } = this.#options;
    const isRead = typeof state !== 'string';
    if (!here) around.asked(this.id, { gateway: false, answered: isRead || state !== 'no-answer', began });
    if (began.ms < this.#zeroMs || (around.lost && !here && !isRead)) return doubtMs;
    const step = lookAtSwitch(this.#watch, seenOf(state, began), timing);
    this.#watch = step.watch;
    const { found } = step.watch;
    if (step.isNews && found) reports.post([{ kind: 'sight', thing: this.id, ...found }]);
    if (step.turned && found && found.sight !== 'answers') reports.post(this.#lost(found.since));
    const doubtfulMs = step.inDoubt ? doubtMs : undefined;
    if (!isRead) return doubtfulMs;
    this.#readMs = began.ms;
    if (step.restarted) this.#restarted(state.ticks ?? 0);
    if (this.#table.isListDue(state, began)) await this.#readPorts(state, signal);
    if (!this.#table.isListed) return doubtMs;
    const soonMs = this.#lookAtPorts(state, began);
    return doubtfulMs === undefined ? soonMs : Math.min(doubtfulMs, soonMs ?? doubtfulMs);
  }

  /** Of the ports of a switch that cannot be read nothing is known. */
  #lost(since: Now): Signal[] {
    const ports = [...this.ports.values()];
    for (const port of ports) {
      port.watch = portFromZero(port.watch);
      forgetCounters(port);
    }
    return ports.map(({ thing }) => ({ kind: 'sight', thing, sight: 'unseen', since }));
  }

  #restarted(ticks: number): void {
    this.#table.forget();
    const data = { switch: this.settings.id, uptime_s: ticks / 100 };
    this.#say([{ type: 'switch.restarted', subject: this.id, data }]);
  }

  async #readPorts(state: SwitchState, signal: AbortSignal): Promise<void> {
    const { client, reports, listed } = this.#options;
    const list = await this.#orKeep(() => readList(client, this.#interfaces, signal));
    if (!list) return;
    const gone = await this.#table.take(list, state, signal);
    const renamed = [...this.ports.values()].filter(({ known, setting }) => known.setting !== setting);
    for (const port of renamed) port.setting = port.known.setting;
    const memories = new Map(renamed.map((port) => [port.thing, memoryOf(port)]));
    reports.post(
      gone.map((thing) => ({ kind: 'gone', thing })),
      memories,
    );
    listed(gone);
  }

  /** When the next look is due for a verdict on a port, ms from this one. */
  #lookAtPorts({ rows }: SwitchState, began: Now): number | undefined {
    const quiet = isQuiet(this.#watch, began);
    const signals: Signal[] = [];
    const memories = new Map<string, Memory>();
    let soonMs: number | undefined;
    for (const [index, port] of this.ports) {
      const row = port.isMissing ? notPresent : rows.get(index);
      // A row that a partial answer lacks keeps its state.
      if (!row) continue;
      if (row.oper === 1) port.upMs = began.ms;
      if (changesNothing(port.watch, row)) continue;
      const { flaps } = port.watch;
      const step = lookAtPort(port.thing, port.watch, row, began, { quiet });
      port.watch = step.watch;
      signals.push(...step.signals);
      if (step.soonMs !== undefined) soonMs = Math.min(soonMs ?? step.soonMs, step.soonMs);
      if (step.watch.flaps !== flaps) memories.set(port.thing, memoryOf(port));
    }
    this.#options.reports.post(signals, memories.size > 0 ? memories : undefined);
    return soonMs;
  }

  /** What fails here leaves what was known; whether the switch answers is for the reading of its state to say. */
  async #orKeep<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (error instanceof SnmpError) return undefined;
      throw error;
    }
  }

  #say(events: readonly Said[]): void {
    this.#options.reports.post(events.map((event) => ({ kind: 'said', id: uuidv7(), event })));
  }
}
