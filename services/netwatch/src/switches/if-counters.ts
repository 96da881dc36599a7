import { type SnmpClient, SnmpError, type SnmpValue } from '@huismeester/snmp';
import type { Counters } from '../core/counters.ts';
import type { Now } from '../core/moment.ts';
import { ifTable, ifXTable, type Mutable, numberOf, rowsOf, set, sysUpTime } from './if-mib.ts';

export interface PortCounters extends Omit<Counters, 'ticks'> {
  /** ifHighSpeed, else ifSpeed; absent when the agent says 0. */
  readonly speed_bps?: number;
  /** The agent has no ifHighSpeed, and the port is faster than ifSpeed can say. */
  readonly isTooFast?: true;
}

export interface CountersOptions {
  /** How many rows the tables had before; 0: not known. */
  readonly expected: number;
  /** The interfaces whose counters are wanted. */
  readonly wanted: Iterable<number>;
  readonly now: () => Now;
  readonly signal: AbortSignal;
}

export interface ReadCounters {
  /** sysUpTime. */
  readonly ticks?: number;
  /** By ifIndex. */
  readonly ports: ReadonlyMap<number, PortCounters>;
}

/** ifHCInOctets, ifHCOutOctets, ifHighSpeed, ifCounterDiscontinuityTime. */
const wideColumns = [6, 10, 15, 19].map(ifXTable);
/** In and out: errors, packets to one receiver, and all others. */
const packetColumns = [14, 20, 11, 17, 12, 18].map(ifTable);
/** ifSpeed, ifInOctets, ifOutOctets. */
const narrowColumns = [5, 10, 16].map(ifTable);
/** ifHCInMulticastPkts, ifHCInBroadcastPkts, and the same out. */
const castColumns = [8, 9, 12, 13].map(ifXTable);

type Row = readonly (SnmpValue | undefined)[];
type Rows = ReadonlyMap<string, Row>;
const noRow: Row = [];
const noRows: Rows = new Map();

/**
 * The counters of interfaces: of 64 bits where the agent has them, also for a single interface. What it has wide is not asked for again.
 * Packets to many are counted by the deprecated ifInNUcastPkts, which comes in the same requests; agents without it, and they alone,
 * are asked for those of ifXTable.
 */
export async function readCounters(client: SnmpClient, options: CountersOptions): Promise<ReadCounters> {
  const { expected, now, signal } = options;
  const wanted = [...options.wanted].map(String);
  const read = (columns: readonly string[], scalars: readonly string[] = []) =>
    client.columns(columns, { signal, scalars, ...rowsOf(expected) });
  const wide = await read(wideColumns, [sysUpTime]);
  const wideAt = now();
  const isWide = areWide(wanted.map((index) => wide.rows.get(index) ?? noRow));
  const narrow = await read(isWide ? packetColumns : [...packetColumns, ...narrowColumns]);
  const narrowAt = now();
  const lacksCast = wanted.some((index) => isWithoutCast(narrow.rows.get(index)));
  const casts = lacksCast ? await read(castColumns).then(({ rows }) => rows, none) : noRows;
  const ports = new Map<number, PortCounters>();
  for (const index of wanted) {
    if (!narrow.rows.has(index) && !wide.rows.has(index)) continue;
    const row = narrow.rows.get(index) ?? noRow;
    const wideRow = wide.rows.get(index) ?? noRow;
    const octets = isWideOctets(wideRow)
      ? { wide: true, at: wideAt, inOctets: wideRow[0], outOctets: wideRow[1] }
      : { wide: false, at: narrowAt, inOctets: row[7], outOctets: row[8] };
    ports.set(Number(index), countersOf(row, wideRow, { octets, casts: casts.get(index) }));
  }
  const counters: Mutable<ReadCounters> = { ports };
  set(counters, 'ticks', numberOf(wide.scalars[0]));
  return counters;
}

/** An agent that fails at these is no reason to go without the others. */
function none(error: unknown): Rows {
  if (error instanceof SnmpError && error.code !== 'closed') return noRows;
  throw error;
}

function isWideOctets([inOctets, outOctets]: Row): boolean {
  return inOctets !== undefined && outOctets !== undefined;
}

/** Of ports that are down agents say that their speed is 0; some say it of all ports, and know better in ifSpeed. */
function areWide(rows: readonly Row[]): boolean {
  return (
    rows.every((row) => isWideOctets(row) && row[2] !== undefined) && rows.some((row) => numberOf(row[2]))
  );
}

function isWithoutCast(row: Row | undefined): boolean {
  return row !== undefined && (row[4] === undefined || row[5] === undefined);
}

interface Others {
  readonly octets: {
    readonly wide: boolean;
    readonly at: Now;
    readonly inOctets: SnmpValue | undefined;
    readonly outOctets: SnmpValue | undefined;
  };
  readonly casts: Row | undefined;
}

function countersOf(row: Row, wideRow: Row, { octets, casts }: Others): PortCounters {
  const counters: Mutable<PortCounters> = { wide: octets.wide, at: octets.at };
  set(counters, 'inOctets', bigOf(octets.inOctets));
  set(counters, 'outOctets', bigOf(octets.outOctets));
  set(counters, 'errors', sumOf(row[0], row[1]));
  const single = sumOf(row[2], row[3]);
  const many = sumOf(row[4], row[5]) ?? (casts && sumOf(...casts)) ?? 0;
  if (single !== undefined) counters.packets = single + many;
  set(counters, 'discontinuity', numberOf(wideRow[3]));
  const narrow_bps = numberOf(row[6]) ?? 0;
  // 0 is said of what is down, or slower than 1 Mb/s.
  const speed_bps = speedOf(numberOf(wideRow[2])) || narrow_bps;
  if (speed_bps === mostNarrow_bps) counters.isTooFast = true;
  else if (speed_bps > 0) counters.speed_bps = speed_bps;
  return counters;
}

/** ifSpeed is a Gauge32, which stays at its highest for whatever is above. */
const mostNarrow_bps = 2 ** 32 - 1;

/** ifHighSpeed counts in Mb/s, but some agents say bit/s there: no port does 10 Tb/s. */
function speedOf(highSpeed = 0): number {
  return highSpeed >= 1e7 ? highSpeed : highSpeed * 1e6;
}

/** undefined if one of them is not there. */
function sumOf(...values: readonly (SnmpValue | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    const number = numberOf(value);
    if (number === undefined) return undefined;
    sum += number;
  }
  return sum;
}

function bigOf(value: SnmpValue | undefined): bigint | undefined {
  return typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) : undefined;
}
