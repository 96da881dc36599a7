import { BlockList, isIP } from 'node:net';

/** In CIDR notation: RFC 5735 and RFC 4291. */
export const loopback = ['127.0.0.0/8', '::1/128'];
/** RFC 1918 and RFC 4193. */
export const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

/** Whether an address is in one of the networks; an IPv4 address that is written as IPv6 (`::ffff:…`) is the same one, and what is no address is in none. */
export function inNetworks(networks: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return (address = '') => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}
