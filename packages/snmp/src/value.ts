/** A number; a bigint (Counter64); an OID or IP address, dotted; an octet string. */
export type SnmpValue = number | bigint | string | Uint8Array;

/** A variable as it was in a message: its BER tag (RFC 3416 section 3), and what the library made of its contents. */
export interface Varbind {
  readonly oid: string;
  readonly tag: number;
  readonly raw: unknown;
}

const counter64 = 0x46;
const noSuchObject = 0x80;
const endOfMibView = 0x82;

/** noSuchObject, noSuchInstance or endOfMibView. */
export const isException = ({ tag }: Varbind): boolean => tag >= noSuchObject && tag <= endOfMibView;

/** The value; undefined where there is none (an exception, or null). */
export function valueIn(varbind: Varbind): SnmpValue | undefined {
  const { tag, raw } = varbind;
  if (isException(varbind)) return undefined;
  if (tag === counter64) return raw instanceof Uint8Array ? bigOf(raw) : undefined;
  if (typeof raw === 'number' || typeof raw === 'string') return raw;
  if (typeof raw === 'boolean') return Number(raw);
  // A copy: the library's is a part of the whole datagram, which it would keep in memory.
  return raw instanceof Uint8Array ? new Uint8Array(raw) : undefined;
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
