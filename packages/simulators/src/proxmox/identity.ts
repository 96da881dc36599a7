import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { GuestState } from './state.ts';

/** What Proxmox gives to every guest of its own: the uuid of its mainboard (QEMU) and the MAC of its network device. */
interface Identity {
  readonly smbios1: string;
  readonly net0: string;
}

/** The first half of Proxmox's own MACs. */
const prefix = 'BC:24:11';

function macOf(bytes: Buffer): string {
  const last = [...bytes.subarray(0, 3)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase());
  return `${prefix}:${last.join(':')}`;
}

function net0With(guest: Pick<GuestState, 'type'>, mac: string, bridge = 'vmbr0'): string {
  return guest.type === 'qemu'
    ? `virtio=${mac},bridge=${bridge},firewall=1`
    : `name=eth0,bridge=${bridge},firewall=1,hwaddr=${mac},ip=dhcp,type=veth`;
}

/** A uuid that a state file need not name: the same for the same guest, another for every other. */
function uuidFrom(hash: Buffer): string {
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Who a guest is, stated or not. */
export function identityOf(guest: GuestState): Identity {
  const hash = createHash('sha256').update(`${guest.type}/${guest.vmid}`).digest();
  return {
    smbios1: guest.smbios1 ?? `uuid=${uuidFrom(hash)}`,
    net0: guest.net0 ?? net0With(guest, macOf(hash)),
  };
}

/** The network device with another MAC. */
export function withNewMac(guest: GuestState): string {
  const { net0 } = identityOf(guest);
  return net0.replace(/[0-9A-F]{2}(?::[0-9A-F]{2}){5}/i, macOf(randomBytes(3)));
}

/** Somebody new. */
export function newIdentity(guest: Pick<GuestState, 'type'>): Identity {
  return { smbios1: `uuid=${randomUUID()}`, net0: net0With(guest, macOf(randomBytes(3))) };
}

/** The device that was asked for, with a MAC when it names none. */
export function completedNet(net: string): string {
  return /hwaddr=/.test(net) ? net : `${net},hwaddr=${macOf(randomBytes(3))},type=veth`;
}

/** In lower case, as a guest sees it. */
export function macIn(net0: string): string {
  return (/[0-9A-F]{2}(?::[0-9A-F]{2}){5}/i.exec(net0)?.[0] ?? '').toLowerCase();
}
