import type { Clock } from '@huismeester/clock';
import { type Counters, type Counts, createCounters } from './counters.ts';

export interface SwitchPortOptions {
  /** The ifName, and what the simulator's user calls the port. */
  name: string;
  /** ifDescr; the name if left out. */
  descr?: string;
  /** ifAlias; empty if left out. */
  alias?: string;
  /** ifIndex; the place in the list, from 1, if left out. */
  index?: number;
  /** ifType; 6, ethernetCsmacd, if left out. */
  type?: number;
  /** 1000 if left out. */
  speedMbps?: number;
  admin?: 'up' | 'down';
  /** ifOperStatus whatever happens; left out, it follows from the cable and `admin`. */
  oper?: number;
  /** Whether a cable with something at its end is plugged in; true if left out. */
  plugged?: boolean;
  traffic?: Traffic;
  /** Objects that have no row for this port, such as `ifAlias`. */
  without?: readonly string[];
}

/** What flows while ifOperStatus is up. Packets are of 800 octets. What is left out stays as it is; 0 at first. */
export interface Traffic {
  inBitsPerSecond?: number;
  outBitsPerSecond?: number;
  /** Counted in ifInErrors. */
  errorsPerSecond?: number;
}

/** One port, live: what is set is answered from then on. */
export interface SwitchPort {
  readonly name: string;
  /** ifIndex as it is now. */
  readonly index: number;
  readonly admin: 'up' | 'down';
  /** ifOperStatus as it is now. */
  readonly oper: number;
  /** What the columns of that name are answered with; the port is still found by its `name`. */
  readonly labels: { ifName: string; ifDescr: string; ifAlias: string };
  unplug(): void;
  plug(): void;
  setAdmin(admin: 'up' | 'down'): void;
  /** ifOperStatus whatever happens, 0 and unknown numbers too; `auto` lets it follow from cable and `admin` again. */
  setOper(oper: number | 'auto'): void;
  setSpeed(mbps: number): void;
  setTraffic(traffic: Traffic): void;
  /** Adds to the counters at once. */
  addTraffic(counts: Counts): void;
  /** Sets counters to any value of 64 bits: the columns of 32 bits have its lowest. */
  setCounters(counts: Counts): void;
  /** Sets all counters to 0 and ifCounterDiscontinuityTime to now; `silently` leaves the latter as it is. */
  clearCounters(options?: { silently?: boolean }): void;
}

/** A port as the simulator itself has it. */
export interface PortState extends SwitchPort {
  index: number;
  readonly type: number;
  speedMbps: number;
  /** sysUpTime of the last change of ifOperStatus, and of the last break in the counters; in hundredths of a second. */
  lastChange: number;
  discontinuity: number;
  readonly counters: Counters;
  readonly without: ReadonlySet<string>;
}

const packetBits = 8 * 800;

export interface PortSurroundings {
  clock: Clock;
  /** sysUpTime in hundredths of a second. */
  upTicks(): number;
  /** ifOperStatus became up, or was it until now. */
  changed(port: PortState, up: boolean): void;
}

/** Long, since its functions share what the port is like now. */
export function createPort(options: SwitchPortOptions, place: number, around: PortSurroundings): PortState {
  const { name, descr = name, alias = '', index = place, type = 6, speedMbps = 1000 } = options;
  let { admin = 'up', plugged = true } = options;
  let forced = options.oper;
  const operNow = () => forced ?? (admin === 'up' && plugged ? 1 : 2);
  let oper = operNow();
  const counters = createCounters(around.clock, oper === 1);
  const update = () => {
    const before = oper;
    oper = operNow();
    if (oper === before) return;
    port.lastChange = around.upTicks();
    counters.setFlowing(oper === 1);
    if (before === 1 || oper === 1) around.changed(port, oper === 1);
  };
  const port: PortState = {
    name,
    index,
    type,
    speedMbps,
    lastChange: 0,
    discontinuity: 0,
    counters,
    without: new Set(options.without),
    labels: { ifName: name, ifDescr: descr, ifAlias: alias },
    get admin() {
      return admin;
    },
    get oper() {
      return oper;
    },
    unplug() {
      plugged = false;
      update();
    },
    plug() {
      plugged = true;
      update();
    },
    setAdmin(next) {
      admin = next;
      update();
    },
    setOper(next) {
      forced = next === 'auto' ? undefined : next;
      update();
    },
    setSpeed(mbps) {
      port.speedMbps = mbps;
    },
    setTraffic: (traffic) => counters.setRates(ratesOf(traffic)),
    addTraffic: (counts) => counters.add(counts),
    setCounters: (counts) => counters.set(counts),
    clearCounters({ silently = false } = {}) {
      counters.reset();
      if (!silently) port.discontinuity = around.upTicks();
    },
  };
  port.setTraffic(options.traffic ?? {});
  return port;
}

function ratesOf({ inBitsPerSecond, outBitsPerSecond, errorsPerSecond }: Traffic) {
  return {
    ...(inBitsPerSecond !== undefined && {
      inOctets: inBitsPerSecond / 8,
      inUcastPkts: inBitsPerSecond / packetBits,
    }),
    ...(outBitsPerSecond !== undefined && {
      outOctets: outBitsPerSecond / 8,
      outUcastPkts: outBitsPerSecond / packetBits,
    }),
    ...(errorsPerSecond !== undefined && { inErrors: errorsPerSecond }),
  };
}
