import { type Oid, parseOid } from './ber.ts';
import type { CounterName } from './counters.ts';
import type { Engine } from './engine.ts';
import type { MibObject } from './mib.ts';
import type { Value } from './pdu.ts';
import type { PortState } from './port.ts';

export interface SystemState {
  /** sysDescr. */
  descr: string;
  /** sysObjectID. */
  objectId: Oid;
  /** sysName. */
  name: string;
  /** sysUpTime, hundredths of a second, at `now` of the clock; below 2^32. */
  upTicks(now: number): number;
  /** sysUpTime when a row of ifTable last came or went. */
  tableLastChange: number;
}

interface Column {
  readonly name: string;
  readonly table: string;
  readonly oid: Oid;
  read(port: PortState, now: number): Value;
}

const text = (value: string): Value => ({ type: 'octets', value });
const integer = (value: number): Value => ({ type: 'integer', value });
const ticks = (value: number): Value => ({ type: 'timeTicks', value });
const gauge = (value: number): Value => ({ type: 'gauge32', value: Math.min(value, 0xff_ff_ff_ff) });

/** The sum of all that it counts. */
function counter32(...names: readonly CounterName[]): Column['read'] {
  return ({ counters }, now) => {
    const sum = names.reduce((before, name) => before + counters.read(name, now), 0n);
    return { type: 'counter32', value: Number(BigInt.asUintN(32, sum)) };
  };
}

function counter64(counter: CounterName): Column['read'] {
  return ({ counters }, now) => ({
    type: 'counter64',
    value: BigInt.asUintN(64, counters.read(counter, now)),
  });
}

/** RFC 2863, by their last arc. */
function columnsOf(table: string, entry: string, columns: [number, string, Column['read']][]): Column[] {
  return columns.map(([arc, name, read]) => ({ name, table, oid: parseOid(`${entry}.${arc}`), read }));
}

const ifTable = columnsOf('ifTable', '1.3.6.1.2.1.2.2.1', [
  [1, 'ifIndex', ({ index }) => integer(index)],
  [2, 'ifDescr', ({ labels }) => text(labels.ifDescr)],
  [3, 'ifType', ({ type }) => integer(type)],
  [5, 'ifSpeed', ({ speedMbps }) => gauge(speedMbps * 1_000_000)],
  [7, 'ifAdminStatus', ({ admin }) => integer(admin === 'up' ? 1 : 2)],
  [8, 'ifOperStatus', ({ oper }) => integer(oper)],
  [9, 'ifLastChange', ({ lastChange }) => ticks(lastChange)],
  [10, 'ifInOctets', counter32('inOctets')],
  [11, 'ifInUcastPkts', counter32('inUcastPkts')],
  [12, 'ifInNUcastPkts', counter32('inMulticastPkts', 'inBroadcastPkts')],
  [13, 'ifInDiscards', counter32('inDiscards')],
  [14, 'ifInErrors', counter32('inErrors')],
  [16, 'ifOutOctets', counter32('outOctets')],
  [17, 'ifOutUcastPkts', counter32('outUcastPkts')],
  [18, 'ifOutNUcastPkts', counter32('outMulticastPkts', 'outBroadcastPkts')],
  [19, 'ifOutDiscards', counter32('outDiscards')],
  [20, 'ifOutErrors', counter32('outErrors')],
]);

const ifXTable = columnsOf('ifXTable', '1.3.6.1.2.1.31.1.1.1', [
  [1, 'ifName', ({ labels }) => text(labels.ifName)],
  [6, 'ifHCInOctets', counter64('inOctets')],
  [7, 'ifHCInUcastPkts', counter64('inUcastPkts')],
  [8, 'ifHCInMulticastPkts', counter64('inMulticastPkts')],
  [9, 'ifHCInBroadcastPkts', counter64('inBroadcastPkts')],
  [10, 'ifHCOutOctets', counter64('outOctets')],
  [11, 'ifHCOutUcastPkts', counter64('outUcastPkts')],
  [12, 'ifHCOutMulticastPkts', counter64('outMulticastPkts')],
  [13, 'ifHCOutBroadcastPkts', counter64('outBroadcastPkts')],
  [15, 'ifHighSpeed', ({ speedMbps }) => gauge(Math.round(speedMbps))],
  [18, 'ifAlias', ({ labels }) => text(labels.ifAlias)],
  [19, 'ifCounterDiscontinuityTime', ({ discontinuity }) => ticks(discontinuity)],
]);

function scalar(name: string, oid: string, read: (now: number) => Value): MibObject {
  return { name, oid: parseOid(oid), instances: [0], read: (_, now) => read(now) };
}

/** SNMPv2-MIB and IF-MIB. */
export function systemObjects(system: SystemState, ports: readonly PortState[]): MibObject[] {
  return [
    scalar('sysDescr', '1.3.6.1.2.1.1.1', () => text(system.descr)),
    scalar('sysObjectID', '1.3.6.1.2.1.1.2', () => ({ type: 'oid', value: system.objectId })),
    scalar('sysUpTime', '1.3.6.1.2.1.1.3', (now) => ticks(system.upTicks(now))),
    scalar('sysName', '1.3.6.1.2.1.1.5', () => text(system.name)),
    scalar('ifNumber', '1.3.6.1.2.1.2.1', () => integer(ports.length)),
    scalar('ifTableLastChange', '1.3.6.1.2.1.31.1.5', () => ticks(system.tableLastChange)),
  ];
}

/** SNMP-FRAMEWORK-MIB. */
export function engineObjects(engine: Engine): MibObject[] {
  return [
    scalar('snmpEngineID', '1.3.6.1.6.3.10.2.1.1', () => ({ type: 'octets', value: engine.id })),
    scalar('snmpEngineBoots', '1.3.6.1.6.3.10.2.1.2', () => integer(engine.boots)),
    scalar('snmpEngineTime', '1.3.6.1.6.3.10.2.1.3', (now) => integer(engine.timeS(now))),
  ];
}

/** The columns of ifTable and ifXTable. With `repeated`, the columns of that name say of every port what they say of the first. */
export function portObjects(ports: readonly PortState[], repeated: ReadonlySet<string>): MibObject[] {
  const rows = ports.toSorted((one, other) => one.index - other.index);
  return [...ifTable, ...ifXTable].map(({ name, table, oid, read }) => {
    const present = rows.filter(({ without }) => !without.has(name));
    return {
      name,
      table,
      oid,
      instances: present.map(({ index }) => index),
      read(place, now) {
        const port = present[repeated.has(name) ? 0 : place];
        return port ? read(port, now) : { type: 'noSuchInstance' };
      },
    };
  });
}
