/** An object identifier, arc by arc. */
export type Oid = readonly number[];

/** What is not BER as SNMP uses it (RFC 3417, section 8), or is no SNMP message. */
export class BerError extends Error {
  override readonly name = 'BerError';
  readonly code = 'malformed';
}

export const tags = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  ipAddress: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeTicks: 0x43,
  opaque: 0x44,
  counter64: 0x46,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
} as const;

/** `1.3.6.1` or `.1.3.6.1`. Throws BerError for anything else. */
export function parseOid(text: string): number[] {
  const arcs = text.replace(/^\./, '').split('.').map(Number);
  if (!/^\.?\d+(\.\d+)+$/.test(text) || arcs.some((arc) => arc > 0xff_ff_ff_ff))
    throw new BerError(`${text} is no object identifier`);
  return arcs;
}

/** Below 0 when `one` comes before `other` in the order of the MIB. */
export function compareOids(one: Oid, other: Oid): number {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

export function startsWith(oid: Oid, prefix: Oid): boolean {
  return oid.length >= prefix.length && prefix.every((arc, at) => oid[at] === arc);
}
