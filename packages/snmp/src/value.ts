/** A number; a bigint (Counter64); an OID or IP address, dotted; an octet string. */
export type SnmpValue = number | bigint | string | Uint8Array;

/** A variable as the library reads it: its BER tag (RFC 3416 section 3), and what it made of its contents. */
export interface Varbind {
  readonly oid: string;
  readonly type: number;
  readonly value: unknown;
}

const counter64 = 0x46;
const noSuchObject = 0x80;
const endOfMibView = 0x82;

/** noSuchObject, noSuchInstance or endOfMibView. */
export const isException = ({ type }: Varbind): boolean => type >= noSuchObject && type <= endOfMibView;

/** The value; undefined where there is none (an exception, or null). */
export function valueIn(varbind: Varbind): SnmpValue | undefined {
  const { type, value } = varbind;
  // First what most of them are; the library gives an exception the value null.
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  if (!(value instanceof Uint8Array)) return undefined;
  // A copy: the library's is a part of the whole datagram, which it would keep in memory.
  return type === counter64 ? bigOf(value) : new Uint8Array(value);
}

/** Octets as text, undefined for none: what is not printable is left out, since names go to terminals and topics. */
export function textOf(value: SnmpValue | undefined): string | undefined {
  if (!(value instanceof Uint8Array)) return undefined;
  const text = Buffer.from(value)
    .toString('utf8')
    .replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ')
    .trim();
  return text === '' ? undefined : text;
}

/** The library gives the bytes as they came: 1 to 9, big-endian, and some agents leave the leading zero away. */
function bigOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return BigInt.asUintN(64, value);
}
