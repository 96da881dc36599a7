import type { ServiceName } from '@huismeester/contracts';
import { type Place, servicesYaml } from '../spaces/e2e/distributed.ts';
import { operateToken } from '../spaces/e2e/guests.ts';
import type { Links } from './wiring.ts';
import { pools, type World } from './world.ts';

/** Short holds, so that a cut and a return take seconds; what UPSes tell decides the later stages. */
const power = {
  ...{ onBatteryHold: '300ms', participant: { after: '1s' } },
  'space-wide': { runtimeBelow: '0s', chargeBelow: 35 },
  core: { runtimeBelow: '0s', chargeBelow: 20 },
  ...{ expectedShutdown: '1s', reserve: '0s' },
  ...{ restoreHold: '1s', restoreChargeAbove: 40, restoreStep: '10s' },
};

/** A database by another port: that of a link. */
export function through(url: string, { port }: { readonly port: number }): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}

/** The settings of one service's process: all that it connects to is behind a link of ours. JSON is YAML too. */
export function settingsOf(
  service: ServiceName,
  space: {
    readonly world: World;
    readonly links: Links;
    readonly places: Readonly<Record<ServiceName, Place>>;
    readonly database: string;
    readonly clockFile: string;
  },
): string {
  const { world, links, places, database, clockFile } = space;
  const upsd = { host: '127.0.0.1', port: links.upsd.port };
  const proxmox = new URL(world.proxmox.url);
  proxmox.port = String(links.proxmox.port);
  return JSON.stringify({
    site: { id: 'chaos', name: 'Chaos', language: 'en' },
    broker: { url: `mqtt://127.0.0.1:${links[`broker of ${service}`].port}`, root: 'space' },
    database: { url: through(database, links[`database of ${service}`]) },
    ups: world.upses.map((id) => ({
      ...{ id, upsd: { ...upsd, name: id } },
      poll: { status: '500ms', variables: '500ms' },
    })),
    hypervisors: [
      {
        ...{ id: 'pve', url: proxmox.origin, fingerprints: [world.proxmox.fingerprint] },
        ...{ tokens: { operate: operateToken }, pools, poll: '500ms' },
        nodes: Object.fromEntries(
          world.nodes.map((node, index) => [node, { poweredBy: [world.upses[index]], ownShutdown: '0s' }]),
        ),
      },
    ],
    policy: { power },
    services: JSON.parse(servicesYaml(places, (name) => `http://127.0.0.1:${links[`log of ${name}`].port}`)),
    testing: { clockOffsetFile: clockFile, acceptFalseClock: true },
  });
}
