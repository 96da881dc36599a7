import { died } from './api-error.ts';
import { identityOf, macIn } from './identity.ts';
import type { GuestState } from './state.ts';
import type { World } from './world.ts';

interface Address {
  readonly 'ip-address': string;
  readonly 'ip-address-type': 'ipv4' | 'ipv6' | 'inet' | 'inet6';
  readonly prefix: number;
}

interface Interface {
  readonly name: string;
  readonly mac: string;
  readonly addresses: readonly string[];
}

/** How long a guest needs from its start to its address, in seconds. */
const defaultSeconds = 15;

/** Whether the system inside has come so far that it has an address and its agent answers. */
function isUp({ clock }: World, guest: GuestState): boolean {
  const needs = clock.milliseconds(guest.agentSeconds ?? defaultSeconds);
  return (
    guest.status === 'running' && (guest.bootedAt === undefined || clock.now() - guest.bootedAt >= needs)
  );
}

/** An interface's own address out of its MAC (RFC 4291, appendix A). */
function linkLocal(mac: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac.split(':').map((hex) => Number.parseInt(hex, 16));
  const words = [(a ^ 2) * 256 + b, c * 256 + 0xff, 0xfe00 + d, e * 256 + f];
  return `fe80::${words.map((word) => word.toString(16)).join(':')}`;
}

/** What DHCP and the router give to a guest whose addresses are not stated. */
function defaultAddresses({ vmid }: GuestState): string[] {
  return [
    `10.${20 + (Math.floor(vmid / 65_536) % 200)}.${Math.floor(vmid / 256) % 256}.${vmid % 256}`,
    `2001:db8::${vmid.toString(16)}`,
  ];
}

function interfacesOf(guest: GuestState, name: string, up: boolean): Interface[] {
  const mac = macIn(identityOf(guest).net0);
  const given = up ? (guest.addresses ?? defaultAddresses(guest)) : [];
  return [
    { name: 'lo', mac: '00:00:00:00:00:00', addresses: ['127.0.0.1', '::1'] },
    // Link-local first, as a kernel often has it.
    { name, mac, addresses: [linkLocal(mac), ...given] },
    { name: 'docker0', mac: '02:42:ac:11:00:01', addresses: ['172.17.0.1'] },
  ];
}

function prefixOf(address: string): number {
  if (address === '::1') return 128;
  if (address === '127.0.0.1') return 8;
  return address.includes(':') ? 64 : 24;
}

const addressRow = (
  address: string,
  types: readonly [Address['ip-address-type'], Address['ip-address-type']],
) => ({
  'ip-address': address,
  'ip-address-type': address.includes(':') ? types[1] : types[0],
  prefix: prefixOf(address),
});

/** What the guest agent says. Throws the 500 while it cannot. */
export function agentInterfaces(world: World, guest: GuestState): unknown {
  if (!guest.agent) throw died('No QEMU guest agent configured');
  if (guest.status !== 'running') throw died(`VM ${guest.vmid} is not running`);
  if (guest.paused || !isUp(world, guest)) throw died('QEMU guest agent is not running');
  return {
    result: interfacesOf(guest, 'ens18', true).map(({ name, mac, addresses }) => ({
      name,
      'hardware-address': mac,
      'ip-addresses': addresses.map((one) => addressRow(one, ['ipv4', 'ipv6'])),
      statistics: { 'rx-bytes': 123_456, 'tx-bytes': 123_456, 'rx-packets': 1000, 'tx-packets': 1000 },
    })),
  };
}

/** `ip a` in the container's network: nothing while it is off. */
export function containerInterfaces(world: World, guest: GuestState): unknown {
  if (guest.status !== 'running') return null;
  return interfacesOf(guest, 'eth0', isUp(world, guest)).map(({ name, mac, addresses }) => {
    const withPrefix = (six: boolean) =>
      addresses
        .filter((one) => one.includes(':') === six)
        .map((one) => `${one}/${prefixOf(one)}`)
        .at(-1);
    const [inet, inet6] = [withPrefix(false), withPrefix(true)];
    return {
      name,
      hwaddr: mac,
      'hardware-address': mac,
      ...(inet !== undefined && { inet }),
      ...(inet6 !== undefined && { inet6 }),
      'ip-addresses': addresses.map((one) => addressRow(one, ['inet', 'inet6'])),
    };
  });
}
