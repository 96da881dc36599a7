import type { Clock } from '@huismeester/clock';
import { milliseconds, type SwitchSettings } from '@huismeester/contracts';
import { type SnmpClient, SnmpError } from '@huismeester/snmp';
import { v7 as uuidv7 } from 'uuid';
import { nowOf } from '../clock.ts';
import type { Now } from '../core/moment.ts';
import type { Reports } from '../ports.ts';
import { type PortCounters, type ReadCounters, readCounters } from './if-counters.ts';
import type { PortTable } from './port-table.ts';
import { type CountOptions, count, forgetRates, memoryOf, type WatchedPort } from './watched-port.ts';

export interface PortCountingOptions {
  readonly settings: SwitchSettings;
  readonly client: SnmpClient;
  readonly clock: Clock;
  readonly reports: Reports;
}

interface Counting {
  readonly began: Now;
  /** How many interfaces the switch has. */
  readonly expected: number;
  /** The switch restarted a short time ago. */
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

/** The counters of a switch's ports, which are read in a rhythm of their own. */
export class PortCounting {
  readonly #options: PortCountingOptions;
  #countedMs = Number.NEGATIVE_INFINITY;

  constructor(options: PortCountingOptions) {
    this.#options = options;
  }

  /** Looks and counts have rhythms of their own, of which one is often twice the other. */
  isDue(began: Now): boolean {
    const { settings } = this.#options;
    const [pollMs, countMs] = [milliseconds(settings.poll), milliseconds(settings.counters)];
    return began.ms - this.#countedMs >= countMs - Math.min(pollMs, countMs) / 2;
  }

  async count(table: PortTable, { began, expected, quiet, signal }: Counting): Promise<void> {
    // Also if it fails: a table that is not answered takes seconds, which looks at the state have not.
    this.#countedMs = began.ms;
    const read = await this.#read(table, expected, signal);
    for (const [index, port] of table.ports) {
      const counters = port.isMissing ? undefined : read?.ports.get(index);
      const isIgnored = table.roleOf(port) === 'ignore';
      if (counters) this.#take(port, counters, { ticks: read?.ticks, quiet, isIgnored });
      else forgetRates(port);
    }
  }

  #take(
    port: WatchedPort,
    counters: PortCounters,
    { isIgnored, ...options }: CountOptions & { readonly isIgnored: boolean },
  ): void {
    const { settings, reports } = this.#options;
    const { baseline_bps } = port;
    const said = count(port, settings.id, counters, options);
    if (port.baseline_bps === baseline_bps && said.length === 0) return;
    const told = isIgnored ? [] : said;
    reports.post(
      told.map((event) => ({ kind: 'said', id: uuidv7(), event })),
      new Map([[port.thing, memoryOf(port)]]),
    );
  }

  /** undefined: they could not be read; whether the switch answers is for the reading of its state to say. */
  async #read(table: PortTable, expected: number, signal: AbortSignal): Promise<ReadCounters | undefined> {
    const { client, clock } = this.#options;
    const wanted = [...table.ports].filter(([, { isMissing }]) => !isMissing).map(([index]) => index);
    try {
      return await readCounters(client, { expected, wanted, now: () => nowOf(clock), signal });
    } catch (error) {
      if (error instanceof SnmpError) return undefined;
      throw error;
    }
  }
}
