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

export interface OwnAddresses {
  /**
   * Whether the address is one of this machine, so that an answer from there shows nothing of the network. Where that cannot be
   * read none but loopback is.
   */
  readonly isOwn: (address: string) => boolean;
  /** Whether this machine has an address of the family with which it can speak beyond its link, as far as it can be read. */
  readonly hasFamily: (family: 4 | 6) => boolean;
}

/** `interfaces` throws where it is not allowed to ask: in a sandbox without AF_NETLINK. `warn` hears of that once. */
export function ownAddresses(
  interfaces: typeof networkInterfaces,
  warn: (message: string) => void,
): OwnAddresses {
  let isSaid = false;
  const here = (): string[] | undefined => {
    try {
      return Object.values(interfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);
    } catch (error) {
      // It is asked at each look.
      if (!isSaid) warn(unreadable(error));
      isSaid = true;
      return undefined;
    }
  };
  return {
    isOwn(address) {
      if (isLoopback(address)) return true;
      const own = new BlockList();
      for (const each of here() ?? []) own.addAddress(bare(each), kind(each));
      return within(own, address);
    },
    hasFamily: (family) =>
      here()?.some(
        (address) =>
          (kind(address) === 'ipv6') === (family === 6) &&
          !isLoopback(address) &&
          !within(linkLocal, address),
      ) ?? true,
  };
}

function unreadable(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `the addresses of this machine cannot be read (${why}): what it answers itself counts as an answer of the network. Under systemd: RestrictAddressFamilies=AF_NETLINK`;
}

/** Of the machine that this runs on. */
export const { isOwn, hasFamily } = ownAddresses(networkInterfaces, (message) =>
  process.emitWarning(message),
);
