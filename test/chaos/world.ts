import {
  type GuestState,
  type NutSimulator,
  type ProxmoxSimulator,
  startNutSimulator,
  startProxmoxSimulator,
} from '@huismeester/simulators';
import { operateToken } from '../spaces/e2e/guests.ts';
import type { Sent } from './checks/deeds.ts';
import type { Random } from './random.ts';

/** How big a space is. The first UPSes feed a node each; the others only tell how they are. */
export interface Size {
  readonly upses: number;
  readonly nodes: number;
}

/** How the mains and the battery of a UPS are. */
export interface Power {
  readonly onBattery: boolean;
  readonly chargePct: number;
  /** 20 if left out. */
  readonly loadPct?: number;
}

/** The hardware: UPSes behind NUT's protocol, nodes and guests behind Proxmox's. */
export interface World {
  readonly nut: NutSimulator;
  readonly proxmox: ProxmoxSimulator;
  readonly upses: readonly string[];
  readonly nodes: readonly string[];
  readonly vmids: readonly number[];
  set(ups: string, power: Power): void;
  /** What Proxmox was asked to do to guests, in order. */
  sent(): Sent[];
  running(vmid: number): boolean;
  close(): Promise<void>;
}

export const pools = { participant: 'deelnemers', 'space-wide': 'spacewide', core: 'core' } as const;

/** The class of each guest of a node. */
const classes = ['participant', 'participant', 'space-wide', 'core'] as const;

export async function startWorld(size: Size): Promise<World> {
  const upses = Array.from({ length: size.upses }, (_, index) => `u${index + 1}`);
  const nodes = Array.from({ length: size.nodes }, (_, index) => `n${index + 1}`);
  const guests = nodes.flatMap(guestsOf);
  const nut = await startNutSimulator({
    upses: upses.map((name, index) => ({
      name,
      // One in two knows how long its battery lasts, as in the field.
      vars: { 'ups.status': 'OL', 'battery.charge': '100', 'ups.load': '20', ...runtimeOf(index, 100) },
    })),
  });
  const proxmox = await startProxmoxSimulator({
    state: {
      cluster: 'chaos',
      quorate: true,
      guests,
      nodes: nodes.map((name) => ({ name, online: true })),
      pools: Object.values(pools).map((id) => ({ id })),
      tokens: [{ ...operateToken, privileges: [{ path: '/', privs: privileges }] }],
    },
    durations: { resourcesDelay: 0, unauthorizedDelay: 0 },
  });
  return {
    nut,
    proxmox,
    upses,
    nodes,
    vmids: guests.map(({ vmid }) => vmid),
    set(ups, { onBattery, chargePct, loadPct = 20 }) {
      const charging = chargePct < 100 ? 'OL CHRG' : 'OL';
      const vars = {
        'ups.load': String(loadPct),
        'battery.charge': String(chargePct),
        ...runtimeOf(upses.indexOf(ups), chargePct),
      };
      for (const [name, value] of Object.entries(vars)) nut.set(ups, name, value);
      nut.set(ups, 'ups.status', onBattery ? 'OB DISCHRG' : charging);
    },
    sent: () =>
      proxmox.requests.flatMap(({ method, path }) => {
        const match = /\/(?:qemu|lxc)\/(\d+)\/status\/([a-z]+)/.exec(path);
        return method === 'POST' && match ? [{ vm: match[1] ?? '', act: match[2] ?? '' }] : [];
      }),
    running: (vmid) => proxmox.guest(vmid).status === 'running',
    async close() {
      await Promise.all([nut.close(), proxmox.close()]);
    },
  };
}

const privileges = ['VM.Audit', 'VM.PowerMgmt', 'Sys.Audit', 'Pool.Audit'];

function guestsOf(node: string, index: number): GuestState[] {
  return classes.map((of, nth) => ({
    vmid: 1000 + 10 * index + nth,
    name: `${of}-${node}-${nth}`,
    node,
    pool: pools[of],
    type: nth === 1 ? 'lxc' : 'qemu',
    status: 'running',
    agent: true,
    shutdownSeconds: 0.4,
    startSeconds: 0.2,
  }));
}

function runtimeOf(index: number, chargePct: number): Record<string, string> {
  return index % 2 === 0 ? { 'battery.runtime': String(chargePct * 36) } : {};
}

/** Mains everywhere, and full batteries. */
export const calm: Power = { onBattery: false, chargePct: 100 };

/** Which way a power cut ends, for each UPS: what the end of a run is compared with. */
export function finalScene({ upses }: Pick<World, 'upses'>, random: Random): Map<string, Power> {
  // On mains, or on a battery that is full, low, and nearly empty.
  const levels = [calm, ...[80, 30, 10].map((chargePct) => ({ onBattery: true, chargePct }))];
  // Each of them, whatever the seed.
  const dealt = upses.map((_, index) => levels[index % levels.length] ?? calm);
  const order = random.shuffled(dealt);
  return new Map(upses.map((ups, index) => [ups, order[index] ?? calm]));
}

/** Hardware that is never quiet: batteries that run down, cuts, and mains that come back. */
export function restless({ upses, set }: Pick<World, 'upses' | 'set'>, random: Random): () => void {
  const powers = new Map<string, Power>(upses.map((ups) => [ups, calm]));
  return () => {
    for (const ups of upses) {
      const next = changed(powers.get(ups) ?? calm, random);
      if (!next) continue;
      powers.set(ups, next);
      set(ups, next);
    }
  };
}

/** On mains for a while, then on a battery that runs down, until mains are back. */
function changed({ onBattery, chargePct }: Power, random: Random): Power | undefined {
  const chance = random.between(0, 1);
  if (!onBattery) return chance < 0.05 ? { onBattery: true, chargePct: random.whole(60, 100) } : undefined;
  if (chance < 0.02 || chargePct <= 3) return { onBattery: false, chargePct: random.whole(45, 90) };
  return { onBattery, chargePct: chargePct - 1 };
}
