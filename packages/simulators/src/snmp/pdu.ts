import { BerError, type Oid, tags } from './ber.ts';
import type { BerReader } from './ber-reader.ts';
import type { BerWriter } from './ber-writer.ts';

/** A value of the SMI (RFC 2578, section 7). */
export type Value =
  | { readonly type: 'integer' | 'counter32' | 'gauge32' | 'timeTicks'; readonly value: number }
  | { readonly type: 'counter64'; readonly value: bigint }
  | { readonly type: 'octets'; readonly value: Uint8Array | string }
  | { readonly type: 'ipAddress' | 'opaque'; readonly value: Uint8Array }
  | { readonly type: 'oid'; readonly value: Oid }
  | { readonly type: 'null' | 'noSuchObject' | 'noSuchInstance' | 'endOfMibView' };

export interface Varbind {
  readonly oid: Oid;
  readonly value: Value;
}

const pduTags = {
  get: 0xa0,
  getNext: 0xa1,
  response: 0xa2,
  set: 0xa3,
  getBulk: 0xa5,
  inform: 0xa6,
  trap: 0xa7,
  report: 0xa8,
} as const;

const trapV1Tag = 0xa4;

/** All PDUs but the trap of SNMPv1 (RFC 3416, section 3). In a getBulk the first number is non-repeaters, the second max-repetitions. */
export interface Pdu {
  readonly type: keyof typeof pduTags;
  readonly requestId: number;
  readonly errorStatus: number;
  readonly errorIndex: number;
  readonly varbinds: readonly Varbind[];
}

/** RFC 1157, section 4.1.6. */
export interface TrapV1 {
  readonly type: 'trapV1';
  readonly enterprise: Oid;
  readonly agentAddress: Uint8Array;
  readonly genericTrap: number;
  readonly specificTrap: number;
  /** Hundredths of a second. */
  readonly timestamp: number;
  readonly varbinds: readonly Varbind[];
}

const types = new Map<number, Pdu['type']>(
  Object.entries(pduTags).map(([type, tag]) => [tag, type as Pdu['type']]),
);

export function writePdu(writer: BerWriter, pdu: Pdu | TrapV1): void {
  const from = writer.length;
  for (let at = pdu.varbinds.length - 1; at >= 0; at -= 1) {
    const varbind = pdu.varbinds[at];
    if (varbind) writeVarbind(writer, varbind);
  }
  writer.wrap(tags.sequence, from);
  if (pdu.type === 'trapV1') {
    writer.integer(tags.timeTicks, pdu.timestamp);
    writer.integer(tags.integer, pdu.specificTrap);
    writer.integer(tags.integer, pdu.genericTrap);
    writer.octets(tags.ipAddress, pdu.agentAddress);
    writer.oid(tags.oid, pdu.enterprise);
    writer.wrap(trapV1Tag, from);
    return;
  }
  writer.integer(tags.integer, pdu.errorIndex);
  writer.integer(tags.integer, pdu.errorStatus);
  writer.integer(tags.integer, pdu.requestId);
  writer.wrap(pduTags[pdu.type], from);
}

function writeVarbind(writer: BerWriter, { oid, value }: Varbind): void {
  const from = writer.length;
  const tag = tags[value.type];
  switch (value.type) {
    case 'integer':
    case 'counter32':
    case 'gauge32':
    case 'timeTicks':
      writer.integer(tag, value.value);
      break;
    case 'counter64':
      writer.unsigned64(tag, value.value);
      break;
    case 'octets':
    case 'ipAddress':
    case 'opaque':
      writer.octets(tag, value.value);
      break;
    case 'oid':
      writer.oid(tag, value.value);
      break;
    default:
      writer.empty(tag);
  }
  writer.oid(tags.oid, oid);
  writer.wrap(tags.sequence, from);
}

export function readPdu(reader: BerReader): Pdu | TrapV1 {
  const tag = reader.peek();
  const fields = reader.enter(tag);
  if (tag === trapV1Tag) return readTrapV1(fields);
  const type = types.get(tag);
  if (!type) throw new BerError(`tag ${tag} is no PDU`);
  return {
    type,
    requestId: fields.integer(),
    errorStatus: fields.integer(),
    errorIndex: fields.integer(),
    varbinds: readVarbinds(fields),
  };
}

function readTrapV1(fields: BerReader): TrapV1 {
  return {
    type: 'trapV1',
    enterprise: fields.oid(),
    agentAddress: fields.content(tags.ipAddress),
    genericTrap: fields.integer(),
    specificTrap: fields.integer(),
    timestamp: fields.integer(tags.timeTicks),
    varbinds: readVarbinds(fields),
  };
}

function readVarbinds(fields: BerReader): Varbind[] {
  const list = fields.enter();
  const varbinds: Varbind[] = [];
  while (!list.done) {
    const varbind = list.enter();
    varbinds.push({ oid: varbind.oid(), value: readValue(varbind) });
  }
  return varbinds;
}

function readValue(reader: BerReader): Value {
  const tag = reader.peek();
  switch (tag) {
    case tags.integer:
      return { type: 'integer', value: reader.integer(tag) };
    case tags.counter32:
      return { type: 'counter32', value: reader.integer(tag) };
    case tags.gauge32:
      return { type: 'gauge32', value: reader.integer(tag) };
    case tags.timeTicks:
      return { type: 'timeTicks', value: reader.integer(tag) };
    case tags.counter64:
      return { type: 'counter64', value: reader.unsigned64(tag) };
    case tags.octets:
      return { type: 'octets', value: reader.content(tag) };
    case tags.ipAddress:
      return { type: 'ipAddress', value: reader.content(tag) };
    case tags.opaque:
      return { type: 'opaque', value: reader.content(tag) };
    case tags.oid:
      return { type: 'oid', value: reader.oid() };
    default:
      return readEmpty(reader, tag);
  }
}

function readEmpty(reader: BerReader, tag: number): Value {
  for (const type of ['null', 'noSuchObject', 'noSuchInstance', 'endOfMibView'] as const) {
    if (tag !== tags[type]) continue;
    reader.content(tag);
    return { type };
  }
  throw new BerError(`tag ${tag} is no value`);
}
