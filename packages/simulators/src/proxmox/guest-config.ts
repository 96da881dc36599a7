import { createHash } from 'node:crypto';
import { identityOf } from './identity.ts';
import type { GuestState } from './state.ts';
import { disksOf, volumeOf } from './storage.ts';

type Settings = Record<string, string | number>;

function diskSettings(guest: GuestState): Settings {
  return Object.fromEntries(
    disksOf(guest).map((disk) => [disk.key, `${volumeOf(guest, disk)},size=${sizeText(disk.gib)}`]),
  );
}

/** As Proxmox writes it: in the biggest unit that leaves a whole number. */
function sizeText(gib: number): string {
  return Number.isInteger(gib) ? `${gib}G` : `${Math.round(gib * 1024)}M`;
}

/** A guest's configuration by Proxmox's names, without its digest; what is pending is left out. */
function settingsOf(guest: GuestState): Settings {
  const qemu = guest.type === 'qemu';
  const { smbios1, net0 } = identityOf(guest);
  return {
    [qemu ? 'name' : 'hostname']: guest.name,
    cores: guest.cores ?? 2,
    // A VM's memory is a text, a container's a number.
    memory: qemu ? String(guest.memoryMiB ?? 2048) : (guest.memoryMiB ?? 2048),
    ...(qemu && { smbios1 }),
    net0,
    ...diskSettings(guest),
    ...(guest.onboot !== undefined && { onboot: guest.onboot ? 1 : 0 }),
    ...(guest.startup !== undefined && { startup: guest.startup }),
    ...(guest.template && { template: 1 }),
    ...(guest.lock !== undefined && { lock: guest.lock }),
    ...(guest.tags && guest.tags.length > 0 && { tags: guest.tags.join(';') }),
    ...(qemu && guest.agent && { agent: '1' }),
    ...guest.config,
  };
}

export function digestOf(guest: GuestState): string {
  const whole = { ...settingsOf(guest), pending: guest.pending };
  return createHash('sha1').update(JSON.stringify(whole)).digest('hex');
}

/** What GET …/config answers: with `current` what holds now, else what will hold. */
export function shownConfig(guest: GuestState, current: boolean): Settings {
  const shown = settingsOf(guest);
  if (!current) Object.assign(shown, guest.pending);
  return { ...shown, digest: digestOf(guest) };
}

/** The settings that the state has in fields of its own. */
const fields: Readonly<Record<string, (guest: GuestState, value: string | number) => void>> = {
  name: named,
  hostname: named,
  cores: (guest, value) => {
    guest.cores = Number(value);
  },
  memory: (guest, value) => {
    guest.memoryMiB = Number(String(value).replace('current=', ''));
  },
  onboot: (guest, value) => {
    guest.onboot = Number(value) === 1;
  },
  startup: (guest, value) => {
    guest.startup = String(value);
  },
  tags: (guest, value) => {
    guest.tags = String(value)
      .split(/[;, ]+/)
      .filter((tag) => tag !== '');
  },
  agent: (guest, value) => {
    guest.agent = /^(?:enabled=)?1\b/.test(String(value));
  },
  net0: (guest, value) => {
    guest.net0 = String(value);
  },
  smbios1: (guest, value) => {
    guest.smbios1 = String(value);
  },
};

function named(guest: GuestState, value: string | number): void {
  guest.name = String(value);
}

export function setSetting(guest: GuestState, name: string, value: string | number): void {
  const field = fields[name];
  if (field) field(guest, value);
  else guest.config = { ...guest.config, [name]: value };
}

/** Takes a setting away: what holds then is the state's own default. */
export function removeSetting(guest: GuestState, name: string): void {
  delete guest.config?.[name];
  delete guest.pending?.[name];
  if (name === 'cores') delete guest.cores;
  if (name === 'memory') delete guest.memoryMiB;
  if (name === 'onboot' || name === 'startup' || name === 'tags' || name === 'agent') delete guest[name];
}

/** A guest that starts takes over what was changed while it ran. */
export function takeOverPending(guest: GuestState): void {
  for (const [name, value] of Object.entries(guest.pending ?? {})) setSetting(guest, name, value);
  delete guest.pending;
}
