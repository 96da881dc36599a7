import { BlockList, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('0.0.0.0', 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addAddress('::', 'ipv6');

const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');

const within = (list: BlockList, address: string) => list.check(bare(address), kind(address));
const kind = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
/** Without its zone, such as `%eth0`. */
const bare = (address: string) => address.replace(/%.*/, '');

export const isLoopback = (address: string) => within(loopback, address);

/**
 * Whether the address is one of this machine, so that an answer from there shows nothing of the network. Where that cannot be
 * read none but loopback is.
 */
export function isOwn(address: string): boolean {
  if (isLoopback(address)) return true;
  const own = new BlockList();
  for (const each of addressesHere() ?? []) own.addAddress(bare(each), kind(each));
  return within(own, address);
}

/** Whether this machine has an address of the family with which it can speak beyond its link, as far as it can be read. */
export function hasFamily(family: 4 | 6): boolean {
  const here = addressesHere();
  if (here === undefined) return true;
  return here.some(
    (address) =>
      (kind(address) === 'ipv6') === (family === 6) && !isLoopback(address) && !within(linkLocal, address),
  );
}

let isSaid = false;

/** Undefined where it is not allowed to ask: a sandbox without AF_NETLINK. Said once, since it is asked at each look. */
function addressesHere(): string[] | undefined {
  try {
    return Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);
  } catch (error) {
    if (!isSaid) {
      process.emitWarning(
        `the addresses of this machine cannot be read (${error instanceof Error ? error.message : error}): what it answers itself counts as an answer of the network. Under systemd: RestrictAddressFamilies=AF_NETLINK`,
      );
    }
    isSaid = true;
    return undefined;
  }
}
