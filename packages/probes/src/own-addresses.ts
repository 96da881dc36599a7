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

/** Whether the address is one of this machine, so that an answer from there shows nothing of the network. */
export function isOwn(address: string): boolean {
  if (isLoopback(address)) return true;
  const own = new BlockList();
  for (const each of addressesHere()) own.addAddress(bare(each), kind(each));
  return within(own, address);
}

/** Whether this machine has an address of the family with which it can speak beyond its link. */
export function hasFamily(family: 4 | 6): boolean {
  return addressesHere().some(
    (address) =>
      (kind(address) === 'ipv6') === (family === 6) && !isLoopback(address) && !within(linkLocal, address),
  );
}

function addressesHere(): string[] {
  return Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);
}
