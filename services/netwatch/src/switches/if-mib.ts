import { type SnmpClient, SnmpError, type SnmpValue, textOf } from '@huismeester/snmp';
import type { Counters } from '../core/counters.ts';
import type { ListedPort } from '../core/port-identity.ts';
import type { PortRow } from '../core/port-watch.ts';

/** SNMPv2-MIB and SNMP-FRAMEWORK-MIB. */
const sysDescr = '1.3.6.1.2.1.1.1.0';
const sysUpTime = '1.3.6.1.2.1.1.3.0';
const sysName = '1.3.6.1.2.1.1.5.0';
const snmpEngineBoots = '1.3.6.1.6.3.10.2.1.2.0';
/** ifTable and ifXTable (RFC 2863). */
const ifTable = (column: number) => `1.3.6.1.2.1.2.2.1.${column}`;
const ifXTable = (column: number) => `1.3.6.1.2.1.31.1.1.1.${column}`;
/** ifStackStatus, by higher and lower interface. */
const ifStackStatus = '1.3.6.1.2.1.31.1.2.1.3';

/** What is read of a switch every few seconds. */
export interface SwitchState {
  /** sysUpTime, hundredths of a second; absent where the agent has none. */
  readonly ticks?: number;
  /** snmpEngineBoots. */
  readonly boots?: number;
  /** By ifIndex; a column that the agent did not finish leaves rows or fields out. */
  readonly rows: ReadonlyMap<number, PortRow>;
  /** Whether all of them were read. */
  readonly complete: boolean;
}

/** ifAdminStatus, ifOperStatus and ifLastChange of all interfaces, with the agent's uptime in the same first request. */
export async function readState(client: SnmpClient, rows: number, signal: AbortSignal): Promise<SwitchState> {
  const columns = [ifTable(7), ifTable(8), ifTable(9)];
  const expected = rows > 0 ? { rows } : {};
  const read = await client.columns(columns, { scalars: [sysUpTime, snmpEngineBoots], signal, ...expected });
  const [ticks, boots] = read.scalars.map(numberOf);
  const found = new Map<number, PortRow>();
  const [wholeAdmin, wholeOper] = read.complete;
  for (const [index, [admin, oper, lastChange]] of read.rows) {
    // Of what the agent did not say nothing new is known, not even that there is nothing.
    if ((admin === undefined && !wholeAdmin) || (oper === undefined && !wholeOper)) continue;
    found.set(
      Number(index),
      defined({ admin: numberOf(admin), oper: numberOf(oper), lastChange: numberOf(lastChange) }),
    );
  }
  return { rows: found, complete: read.complete.every(Boolean), ...defined({ ticks, boots }) };
}

/** Who the switch is, and which interfaces it has. */
export interface SwitchList {
  readonly name?: string;
  readonly description?: string;
  readonly ports: readonly ListedPort[];
  /** Whether all of it was read: identities are given by complete lists only. */
  readonly complete: boolean;
  /** By ifIndex, the interfaces that one is made of. */
  readonly lower: ReadonlyMap<number, readonly number[]>;
}

export async function readList(client: SnmpClient, rows: number, signal: AbortSignal): Promise<SwitchList> {
  const expected = rows > 0 ? { rows } : {};
  const columns = [ifTable(2), ifTable(3), ifXTable(1), ifXTable(18)];
  const read = await client.columns(columns, { scalars: [sysName, sysDescr], signal, ...expected });
  const [name, description] = read.scalars.map(textOf);
  const ports = [...read.rows].map(([index, [descr, type, ifName, alias]]): ListedPort => {
    const texts = { descr: textOf(descr), name: textOf(ifName), alias: textOf(alias) };
    return { ifIndex: Number(index), ...defined({ ...texts, type: numberOf(type) }) };
  });
  const lower = await readStack(client, signal);
  return { ports, complete: read.complete.every(Boolean), lower, ...defined({ name, description }) };
}

/** Of which interfaces each is made; 0 stands for the end of a stack. */
async function readStack(client: SnmpClient, signal: AbortSignal): Promise<Map<number, number[]>> {
  const lower = new Map<number, number[]>();
  const { rows } = await client.columns([ifStackStatus], { signal }).catch((error: unknown) => {
    // Ports are not to be missed for a table that few need, and some agents fail at.
    if (error instanceof SnmpError && error.code !== 'closed') return { rows: new Map<string, never>() };
    throw error;
  });
  for (const index of rows.keys()) {
    const [higher = 0, below = 0] = index.split('.').map(Number);
    if (higher > 0 && below > 0) lower.set(higher, [...(lower.get(higher) ?? []), below]);
  }
  return lower;
}

export interface PortCounters extends Omit<Counters, 'at' | 'ticks'> {
  /** ifHighSpeed, else ifSpeed; absent when the agent says 0. */
  readonly speed_bps?: number;
}

/** The counters of all interfaces: of 64 bits where the agent has them, also for a single interface. */
export async function readCounters(
  client: SnmpClient,
  rows: number,
  signal: AbortSignal,
): Promise<{ readonly ticks?: number; readonly ports: ReadonlyMap<number, PortCounters> }> {
  const expected = rows > 0 ? { rows } : {};
  const wide = await client.columns([ifXTable(6), ifXTable(10), ifXTable(15), ifXTable(19)], {
    scalars: [sysUpTime],
    signal,
    ...expected,
  });
  const narrow = await client.columns(
    [ifTable(5), ifTable(10), ifTable(16), ifTable(14), ifTable(20), ifTable(11), ifTable(17)],
    { signal, ...expected },
  );
  const ports = new Map<number, PortCounters>();
  for (const [index, row] of narrow.rows)
    ports.set(Number(index), countersOf(row, wide.rows.get(index) ?? []));
  const [ticks] = wide.scalars.map(numberOf);
  return { ports, ...defined({ ticks }) };
}

type Row = readonly (SnmpValue | undefined)[];

function countersOf(narrow: Row, wide: Row): PortCounters {
  const [speed, inOctets, outOctets, ...counted] = narrow;
  const [hcIn, hcOut, highSpeed, discontinuity] = wide;
  const isWide = hcIn !== undefined && hcOut !== undefined;
  const [inErrors, outErrors, inPackets, outPackets] = counted.map(numberOf);
  return {
    wide: isWide,
    ...defined({
      inOctets: bigOf(isWide ? hcIn : inOctets),
      outOctets: bigOf(isWide ? hcOut : outOctets),
      errors: sumOf(inErrors, outErrors),
      packets: sumOf(inPackets, outPackets),
      discontinuity: numberOf(discontinuity),
      // 0 is said of what is down, or slower than 1 Mb/s.
      speed_bps: speedOf(numberOf(highSpeed)) || numberOf(speed) || undefined,
    }),
  };
}

/** ifHighSpeed counts in Mb/s, but some agents say bit/s there: no port does 10 Tb/s. */
function speedOf(highSpeed = 0): number {
  return highSpeed >= 1e7 ? highSpeed : highSpeed * 1e6;
}

function sumOf(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

function numberOf(value: SnmpValue | undefined): number | undefined {
  return typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? value : undefined;
}

function bigOf(value: SnmpValue | undefined): bigint | undefined {
  return typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) : undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
