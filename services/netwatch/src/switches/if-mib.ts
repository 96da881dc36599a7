import type { ListedPort } from '@huismeester/contracts';
import { type SnmpClient, SnmpError, type SnmpValue, textOf } from '@huismeester/snmp';
import type { PortRow } from '../core/port-watch.ts';

/** SNMPv2-MIB and SNMP-FRAMEWORK-MIB. */
const sysDescr = '1.3.6.1.2.1.1.1.0';
export const sysUpTime = '1.3.6.1.2.1.1.3.0';
const sysName = '1.3.6.1.2.1.1.5.0';
const snmpEngineBoots = '1.3.6.1.6.3.10.2.1.2.0';
/** ifTable and ifXTable (RFC 2863). */
export const ifTable = (column: number) => `1.3.6.1.2.1.2.2.1.${column}`;
export const ifXTable = (column: number) => `1.3.6.1.2.1.31.1.1.1.${column}`;
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

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * ifAdminStatus, ifOperStatus and ifLastChange of all interfaces, with the agent's uptime in the same first request.
 *
 * @param expected how many rows the table had before; 0: not known
 */
export async function readState(
  client: SnmpClient,
  expected: number,
  signal: AbortSignal,
): Promise<SwitchState> {
  const columns = [ifTable(7), ifTable(8), ifTable(9)];
  const scalars = [sysUpTime, snmpEngineBoots];
  const read = await client.columns(columns, { scalars, signal, ...rowsOf(expected) });
  const found = new Map<number, PortRow>();
  const [wholeAdmin, wholeOper] = read.complete;
  for (const [index, [admin, oper, lastChange]] of read.rows) {
    // Of what the agent did not say nothing new is known, not even that there is nothing.
    if ((admin === undefined && !wholeAdmin) || (oper === undefined && !wholeOper)) continue;
    const row: Mutable<PortRow> = {};
    set(row, 'admin', numberOf(admin));
    set(row, 'oper', numberOf(oper));
    set(row, 'lastChange', numberOf(lastChange));
    found.set(Number(index), row);
  }
  const state: Mutable<SwitchState> = { rows: found, complete: read.complete.every(Boolean) };
  set(state, 'ticks', numberOf(read.scalars[0]));
  set(state, 'boots', numberOf(read.scalars[1]));
  return state;
}

export function rowsOf(expected: number): { readonly rows?: number } {
  return expected > 0 ? { rows: expected } : {};
}

/** Leaves out what is not there; spreading objects instead takes ten times as long, and there are thousands of rows. */
export function set<T, K extends keyof T>(target: T, field: K, value: T[K] | undefined): void {
  if (value !== undefined) target[field] = value;
}

/** Who the switch is, and which interfaces it has. */
export interface SwitchList {
  readonly name?: string;
  readonly description?: string;
  readonly ports: readonly ListedPort[];
  /** Whether all of it was read; if not, names that seem unique may not be. */
  readonly complete: boolean;
  /** By ifIndex, the interfaces that one is made of. */
  readonly lower: ReadonlyMap<number, readonly number[]>;
}

export async function readList(
  client: SnmpClient,
  expected: number,
  signal: AbortSignal,
): Promise<SwitchList> {
  const columns = [ifTable(2), ifTable(3), ifXTable(1), ifXTable(18)];
  const scalars = [sysName, sysDescr];
  const read = await client.columns(columns, { scalars, signal, ...rowsOf(expected) });
  const ports = [...read.rows].map(([index, [descr, type, name, alias]]) => {
    const port: Mutable<ListedPort> = { ifIndex: Number(index) };
    set(port, 'descr', textOf(descr));
    set(port, 'name', textOf(name));
    set(port, 'alias', textOf(alias));
    set(port, 'type', numberOf(type));
    return port;
  });
  const lower = await readStack(client, signal);
  const list: Mutable<SwitchList> = { ports, complete: read.complete.every(Boolean), lower };
  set(list, 'name', textOf(read.scalars[0]));
  set(list, 'description', textOf(read.scalars[1]));
  return list;
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
    if (higher === 0 || below === 0) continue;
    const known = lower.get(higher);
    if (known) known.push(below);
    else lower.set(higher, [below]);
  }
  return lower;
}

export function numberOf(value: SnmpValue | undefined): number | undefined {
  return typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? value : undefined;
}
