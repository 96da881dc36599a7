import type { KnownPort } from '@huismeester/contracts';
import {
  type Counters,
  countErrors,
  type ErrorSamples,
  isDue,
  type Rates,
  ratesBetween,
} from '../core/counters.ts';
import { newPortWatch, type PortWatch } from '../core/port-watch.ts';
import type { Thing } from '../core/thing.ts';
import type { Said } from '../core/world.ts';
import type { Memory } from '../memory.ts';
import type { PortCounters } from './if-counters.ts';

/** A port of a switch as this process has seen it; changed in place, since there are thousands. */
export interface WatchedPort {
  readonly thing: string;
  known: KnownPort;
  /** The name by which settings meant it, as stored last. */
  setting?: string | undefined;
  /** The switch lists it no more. */
  isMissing: boolean;
  watch: PortWatch;
  counters?: Counters | undefined;
  rates: Rates;
  errors: ErrorSamples;
  /** Its speed when it was up last. */
  speed_bps?: number | undefined;
  /** What the next speed is compared with: what it was when changes were last heeded. */
  baseline_bps?: number | undefined;
  errorsSaidAt?: number | undefined;
  /** When the newest look began that showed it up, monotonic ms. */
  upMs: number;
}

export function newWatchedPort(
  thing: string,
  known: KnownPort,
  { memory, said }: { readonly memory: Memory; readonly said: Thing['said'] },
): WatchedPort {
  const { flaps, speed_bps, errorsSaidAt, setting } = memory;
  const spoken = said === 'up' ? 'answers' : said === 'down' ? 'fails' : undefined;
  return {
    thing,
    known,
    setting,
    isMissing: false,
    watch: newPortWatch(flaps, spoken),
    rates: {},
    errors: [],
    speed_bps,
    baseline_bps: speed_bps,
    errorsSaidAt,
    upMs: -1,
  };
}

export function memoryOf({ known, watch, baseline_bps, errorsSaidAt }: WatchedPort): Memory {
  return {
    flaps: watch.flaps,
    ...(baseline_bps !== undefined && { speed_bps: baseline_bps }),
    ...(errorsSaidAt !== undefined && { errorsSaidAt }),
    ...(known.setting !== undefined && { setting: known.setting }),
  };
}

export interface CountOptions {
  /** The switch's sysUpTime of the same look. */
  readonly ticks?: number | undefined;
  /** The switch restarted a short time ago. */
  readonly quiet: boolean;
}

/**
 * Takes counters in: the rates since the look before, and what they say. While the switch restarts, or the port flaps, they say nothing;
 * its speed is compared once that is over, and errors are counted from then on.
 */
export function count(
  port: WatchedPort,
  switchId: string,
  { speed_bps, isTooFast, ...read }: PortCounters,
  { ticks, quiet }: CountOptions,
): Said[] {
  const { at } = read;
  const counters: Counters = ticks === undefined ? read : { ...read, ticks };
  port.rates = port.counters ? ratesBetween(port.counters, counters, speed_bps) : {};
  port.counters = counters;
  // Of a port that is down agents say what it could do, or 0.
  const isUp = port.watch.row?.oper === 1;
  if (isUp && (isTooFast || speed_bps !== undefined)) port.speed_bps = speed_bps;
  if (quiet || port.watch.flaps.flapping) {
    port.errors = [];
    return [];
  }
  const ids = { switch: switchId, port: port.known.id };
  const said: Said[] = [];
  const { speed_bps: to_bps, baseline_bps: from_bps } = port;
  if (isUp) port.baseline_bps = to_bps;
  if (isUp && from_bps !== undefined && to_bps !== undefined && from_bps !== to_bps) {
    const data = { ...ids, from_bps, to_bps };
    said.push({ type: 'port.speed-changed', subject: port.thing, data });
  }
  const { samples, rising } = countErrors(port.errors, counters);
  port.errors = samples;
  if (rising && isDue(port.errorsSaidAt, at.time)) {
    port.errorsSaidAt = at.time;
    said.push({ type: 'port.errors-rising', subject: port.thing, data: { ...ids, ...rising } });
  }
  return said;
}

/** Its counters could not be read: the rates that were are not those of now, and the next counters have nothing to compare with. */
export function forgetRates(port: WatchedPort): void {
  port.counters = undefined;
  // What is shown is compared by identity.
  if (port.rates.in_bps !== undefined || port.rates.out_bps !== undefined) port.rates = {};
}

/** What was counted before says nothing of what comes: the switch, or its numbering, began anew. */
export function forgetCounters(port: WatchedPort): void {
  port.counters = undefined;
  port.rates = {};
  port.errors = [];
}
