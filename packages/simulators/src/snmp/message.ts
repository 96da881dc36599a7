import { BerError, tags } from './ber.ts';
import { BerReader } from './ber-reader.ts';
import { BerWriter } from './ber-writer.ts';
import { type Pdu, readPdu, type TrapV1, writePdu } from './pdu.ts';

/** SNMPv1 (RFC 1157) or SNMPv2c (RFC 1901). */
export interface CommunityMessage {
  readonly version: '1' | '2c';
  readonly community: string;
  readonly pdu: Pdu | TrapV1;
}

/** SNMPv3 with the user-based security model (RFC 3412, section 6; RFC 3414, section 2.4), still closed. */
export interface UsmMessage {
  readonly version: '3';
  readonly id: number;
  readonly maxSize: number;
  /** The bits of `flags`. */
  readonly flags: number;
  readonly engineId: Uint8Array;
  readonly boots: number;
  readonly time: number;
  readonly user: string;
  readonly digest: Uint8Array;
  readonly salt: Uint8Array;
  /** The scoped PDU as it stands there: its own encoding, or with `flags.priv` what was encrypted. */
  readonly data: Uint8Array;
}

export const flags = { auth: 1, priv: 2, reportable: 4 } as const;

export interface ScopedPdu {
  readonly contextEngineId: Uint8Array;
  readonly contextName: string;
  readonly pdu: Pdu;
}

/** RFC 3414, section 5. */
const usmModel = 3;

/** Throws BerError for what is no SNMP message. */
export function decodeMessage(datagram: Uint8Array): CommunityMessage | UsmMessage {
  const reader = new BerReader(datagram).enter();
  const number = reader.integer();
  if (number === 3) return decodeUsm(reader);
  if (number !== 0 && number !== 1) throw new BerError(`version ${number} is none of SNMP`);
  const community = text(reader.content(tags.octets));
  return { version: number === 0 ? '1' : '2c', community, pdu: readPdu(reader) };
}

export function encodeCommunity({ version, community, pdu }: CommunityMessage): Buffer {
  const writer = new BerWriter();
  writePdu(writer, pdu);
  writer.octets(tags.octets, community);
  writer.integer(tags.integer, version === '1' ? 0 : 1);
  writer.wrap(tags.sequence, 0);
  return writer.finish();
}

function decodeUsm(reader: BerReader): UsmMessage {
  const header = reader.enter();
  const id = header.integer();
  const maxSize = header.integer();
  const bits = header.content(tags.octets)[0] ?? 0;
  if (header.integer() !== usmModel) throw new BerError('another security model than USM');
  const security = new BerReader(reader.content(tags.octets)).enter();
  return {
    version: '3',
    id,
    maxSize,
    flags: bits,
    engineId: security.content(tags.octets),
    boots: security.integer(),
    time: security.integer(),
    user: text(security.content(tags.octets)),
    digest: security.content(tags.octets),
    salt: security.content(tags.octets),
    data: bits & flags.priv ? reader.content(tags.octets) : reader.content(tags.sequence),
  };
}

/** `digestAt` is where the digest begins, to be filled in over the whole. */
export function encodeUsm(message: UsmMessage): { bytes: Buffer; digestAt: number } {
  const writer = new BerWriter();
  writer.octets(message.flags & flags.priv ? tags.octets : tags.sequence, message.data);
  const security = writer.length;
  writer.octets(tags.octets, message.salt);
  const digest = writer.length + message.digest.length;
  writer.octets(tags.octets, message.digest);
  writer.octets(tags.octets, message.user);
  writer.integer(tags.integer, message.time);
  writer.integer(tags.integer, message.boots);
  writer.octets(tags.octets, message.engineId);
  writer.wrap(tags.sequence, security);
  writer.wrap(tags.octets, security);
  const header = writer.length;
  writer.integer(tags.integer, usmModel);
  writer.octets(tags.octets, Uint8Array.of(message.flags));
  writer.integer(tags.integer, message.maxSize);
  writer.integer(tags.integer, message.id);
  writer.wrap(tags.sequence, header);
  writer.integer(tags.integer, 3);
  writer.wrap(tags.sequence, 0);
  const bytes = writer.finish();
  return { bytes, digestAt: bytes.length - digest };
}

/** The content of the scoped PDU's sequence, which is what `UsmMessage.data` holds without privacy. */
export function encodeScoped({ contextEngineId, contextName, pdu }: ScopedPdu): Buffer {
  const writer = new BerWriter();
  writePdu(writer, pdu);
  writer.octets(tags.octets, contextName);
  writer.octets(tags.octets, contextEngineId);
  return writer.finish();
}

export function decodeScoped(content: Uint8Array): ScopedPdu {
  const reader = new BerReader(content);
  const contextEngineId = reader.content(tags.octets);
  const contextName = text(reader.content(tags.octets));
  const pdu = readPdu(reader);
  if (pdu.type === 'trapV1') throw new BerError('a trap of SNMPv1 in SNMPv3');
  return { contextEngineId, contextName, pdu };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
