import { isIPv4, isIPv6 } from 'node:net';
import type { SnmpCredentials } from './credentials.ts';
import type { Header } from './header.ts';

export interface TrapSource {
  /** What `onTrap` names it by. */
  readonly id: string;
  /** Where its traps come from; IP addresses, which the caller resolved. */
  readonly addresses: readonly string[];
  /** A community is taken in v1 and in v2c. */
  readonly credentials: SnmpCredentials;
}

/** Why a datagram was not taken. */
export type TrapRefusal =
  /** Its sender is none of the sources: nothing of it was read. */
  | 'unknown-sender'
  /** It has another community, or one where the source has a user. */
  | 'wrong-community'
  /** Another user, or a digest, key or level of security that is not that user's. */
  | 'wrong-user'
  /** It is no trap or inform. */
  | 'malformed';

/** One way to write an address: `::ffff:10.0.0.1` is IPv4, and a zone is only of this machine. Throws a TypeError. */
export function canonicalAddress(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const mapped = plain.replace(/^::ffff:(?=\d+\.)/, '');
  if (isIPv4(mapped)) return mapped;
  if (!isIPv6(plain)) throw new TypeError(`not an IP address: ${address}`);
  return new URL(`http://[${plain}]`).hostname.slice(1, -1);
}

/** Why a message with this header is not of the source, as far as what is readable in it says; undefined if it may be. */
export function refusalOf(header: Header, credentials: SnmpCredentials): TrapRefusal | undefined {
  if (header.version !== '3') {
    if (credentials.version === '3') return 'wrong-community';
    return header.community.equals(Buffer.from(credentials.community)) ? undefined : 'wrong-community';
  }
  if (credentials.version !== '3') return 'wrong-user';
  return isDiscovery(header) || header.user.equals(Buffer.from(credentials.user)) ? undefined : 'wrong-user';
}

const getRequest = 0xa0;

/** Before its first inform a sender asks for our engine's id, without a user (RFC 3414 section 4). */
export function isDiscovery(header: Header): boolean {
  if (header.version !== '3') return false;
  return header.user.length === 0 && (header.flags & 3) === 0 && header.pdu === getRequest;
}
