import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';

/** An address as it compares: an IPv4 client of an IPv6 socket is an IPv4 client, and a zone is our own affair. */
export function comparable(address: string): string {
  return address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '');
}

export function isLoopback(address: string): boolean {
  return comparable(address) === '::1' || comparable(address).startsWith('127.');
}

/** All addresses of a host; an address is its own. Throws the error of the resolver. */
export async function addressesOf(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => comparable(address));
}

/** All addresses of the machine that upsd runs on, as far as they show from here. */
export async function machineOf(host: string): Promise<string[]> {
  const addresses = await addressesOf(host);
  if (!addresses.some(isLoopback)) return addresses;
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return [...addresses, ...own.map(({ address }) => comparable(address))];
}
