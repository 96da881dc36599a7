import {
  type Counters,
  countErrors,
  type ErrorSamples,
  isDue,
  type Rates,
  ratesBetween,
} from '../core/counters.ts';
import type { KnownPort } from '../core/port-identity.ts';
import { newPortWatch, type PortWatch } from '../core/port-watch.ts';
import type { Thing } from '../core/thing.ts';
import type { Said } from '../core/world.ts';
import type { Memory } from '../memory.ts';
import type { PortCounters } from './if-counters.ts';

/** A port of a switch as this process has seen it; changed in place, since there are thousands. */
export interface WatchedPort {
  readonly thing: string;
  known: KnownPort;
  /** The switch lists it no more. */
  isMissing: boolean;
  watch: PortWatch;
  counters?: Counters | undefined;
  rates: Rates;
  errors: ErrorSamples;
  speed_bps?: number | undefined;
  errorsSaidAt?: number | undefined;
  /** When the newest look began that showed it up, monotonic ms. */
  upMs: number;
}

export function newWatchedPort(
  thing: string,
  known: KnownPort,
  { memory, said }: { readonly memory: Memory; readonly said: Thing['said'] },
): WatchedPort {
  const { flaps, speed_bps, errorsSaidAt } = memory;
  const spoken = said === 'up' ? 'answers' : said === 'down' ? 'fails' : undefined;
  return {
    thing,
    known,
    isMissing: false,
    watch: newPortWatch(flaps, spoken),
    rates: {},
    errors: [],
    speed_bps,
    errorsSaidAt,
    upMs: -1,
  };
}

export function memoryOf({ watch, speed_bps, errorsSaidAt }: WatchedPort): Memory {
  return {
    flaps: watch.flaps,
    ...(speed_bps !== undefined && { speed_bps }),
    ...(errorsSaidAt !== undefined && { errorsSaidAt }),
  };
}

/** Takes counters in: the rates since the look before, and what they say. */
export function count(
  port: WatchedPort,
  switchId: string,
  { speed_bps, isTooFast, ...read }: PortCounters,
  ticks: number | undefined,
): Said[] {
  const { at } = read;
  const counters: Counters = ticks === undefined ? read : { ...read, ticks };
  port.rates = port.counters ? ratesBetween(port.counters, counters, speed_bps) : {};
  port.counters = counters;
  const ids = { switch: switchId, port: port.known.id };
  const said: Said[] = [];
  if (isTooFast && port.watch.row?.oper === 1) port.speed_bps = undefined;
  // Of a port that is down agents say what it could do, or 0.
  if (speed_bps !== undefined && port.watch.row?.oper === 1) {
    const before = port.speed_bps;
    port.speed_bps = speed_bps;
    if (before !== undefined && before !== speed_bps) {
      const data = { ...ids, from_bps: before, to_bps: speed_bps };
      said.push({ type: 'port.speed-changed', subject: port.thing, data });
    }
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
