import type { ProxmoxSimulator } from '@huismeester/simulators';
import { operateToken } from './guests.ts';
import type { Place } from './plot.ts';
import type { Ground } from './row.ts';

/** Where upsd serves a UPS. */
export interface Served {
  readonly id: string;
  readonly port: number;
}

/** A row's ground, laid out. */
export interface Lot {
  readonly ground: Ground;
  readonly place: Place;
  readonly upses: readonly Served[];
}

/**
 * Short holds that are still longer than a slow machine needs to notice something. The limits of runtime lie above what
 * is planned backwards on most plots (20 s a class), and below it where a node needs minutes for itself. Where time alone
 * takes one stage to the next they are over 10 s apart: beside other tests a decision may come 5 s late.
 */
const power = {
  onBatteryHold: '5s',
  participant: { after: '6s' },
  'space-wide': { runtimeBelow: '100s', chargeBelow: 35, unreadAfter: '22s' },
  core: { runtimeBelow: '90s', chargeBelow: 20, unreadAfter: '26s' },
  expectedShutdown: '20s',
  reserve: '0s',
  restoreHold: '2s',
  restoreChargeAbove: 40,
  restoreStep: '14s',
};

/** The settings of an estate; JSON is YAML too. */
export function estateSettings(
  lots: readonly Lot[],
  where: { database: string; socket: string; proxmox: ProxmoxSimulator; wakeAddress: string },
): string {
  const { database, socket, proxmox, wakeAddress } = where;
  return JSON.stringify({
    site: { id: 'estate', name: 'Test estate', language: 'en' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0 }, root: 'space' },
    database: { url: database },
    ups: lots.flatMap(({ upses }) =>
      upses.map(({ id, port }) => ({
        id,
        upsd: { host: '127.0.0.1', port, name: id },
        poll: { status: '500ms', variables: '1s' },
      })),
    ),
    hypervisors: [
      {
        id: 'pve',
        url: proxmox.url,
        fingerprints: [proxmox.fingerprint],
        tokens: { operate: operateToken },
        pools: { core: 'core', 'space-wide': 'spacewide', participant: 'deelnemers' },
        nodes: Object.fromEntries(lots.map((lot) => [lot.place.id, nodeOf(lot, wakeAddress)])),
        poll: '500ms',
      },
    ],
    self: {
      dependsOn: lots.flatMap(({ ground: { self }, place }) => (self ? [`vm/${place.vmids[self]}`] : [])),
    },
    policy: { power },
  });
}

function nodeOf({ ground, place, upses }: Lot, wakeAddress: string) {
  return {
    poweredBy: upses.map(({ id }) => id),
    ownShutdown: '0s',
    ...(ground.node?.wake === 'wol' && { mac: place.mac, wakeAddress }),
    ...ground.node,
  };
}
