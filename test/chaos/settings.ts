import { type ServiceName, serviceNames } from '@huismeester/contracts';
import type { Place } from '../spaces/e2e/distributed.ts';
import { operateToken } from '../spaces/e2e/guests.ts';
import { type Layout, type ProgramName, programOf } from './layout.ts';
import { type Links, linkTo } from './wiring.ts';
import { pools, type World } from './world.ts';

/** Short holds, so that a cut and a return take seconds; what UPSes tell decides the later stages. */
const power = {
  onBatteryHold: '300ms',
  participant: { after: '1s' },
  'space-wide': { runtimeBelow: '0s', chargeBelow: 35 },
  core: { runtimeBelow: '0s', chargeBelow: 20 },
  expectedShutdown: '1s',
  reserve: '0s',
  restoreHold: '1s',
  restoreChargeAbove: 40,
  restoreStep: '10s',
};

/** A database by another port: that of a link. */
export function through(url: string, { port }: { readonly port: number }): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}

/** The settings of one program: all that it connects to is behind a link of ours. JSON is YAML too. */
export function settingsOf(
  program: ProgramName,
  space: {
    readonly world: World;
    readonly layout: Layout;
    readonly links: Links;
    readonly places: Readonly<Record<ServiceName, Place>>;
    readonly database: string;
    readonly clockFile: string;
    /** The port of an embedded broker. */
    readonly brokerPort: number;
  },
): string {
  const { world, links, database, clockFile } = space;
  const upsd = { host: '127.0.0.1', port: linkTo(links, 'upsd').port };
  const proxmox = new URL(world.proxmox.url);
  proxmox.port = String(linkTo(links, 'proxmox').port);
  return JSON.stringify({
    site: { id: 'chaos', name: 'Chaos', language: 'en' },
    ...listening(program, space),
    database: { url: through(database, linkTo(links, `database of ${program}`)) },
    ups: world.upses.map((id) => ({
      id,
      upsd: { ...upsd, name: id },
      poll: { status: '500ms', variables: '500ms' },
    })),
    hypervisors: [
      {
        id: 'pve',
        url: proxmox.origin,
        fingerprints: [world.proxmox.fingerprint],
        tokens: { operate: operateToken },
        pools,
        poll: '500ms',
        nodes: Object.fromEntries(
          world.nodes.map((node, index) => [node, { poweredBy: [world.upses[index]], ownShutdown: '0s' }]),
        ),
      },
    ],
    policy: { power },
    testing: { clockOffsetFile: clockFile, acceptFalseClock: true },
  });
}

/** Where it answers, where the others do, and the broker. */
function listening(
  program: ProgramName,
  { layout, links, places, brokerPort }: Parameters<typeof settingsOf>[1],
) {
  const alone = program === 'huismeester';
  const services = serviceNames.map((name) => {
    const { port, socket, secret } = places[name];
    const url = `http://127.0.0.1:${linkTo(links, `log of ${programOf(layout, name)}`).port}`;
    return [name, { url, secret, ...(!alone && { listen: { host: '127.0.0.1', port, socket } }) }];
  });
  const { port, socket } = places[serviceNames[0]];
  return {
    broker: alone
      ? { embedded: { port: brokerPort, anonymousRead: true }, root: 'space' }
      : { url: `mqtt://127.0.0.1:${linkTo(links, `broker of ${program}`).port}`, root: 'space' },
    ...(alone && { http: { host: '127.0.0.1', port, socket } }),
    services: Object.fromEntries(services),
  };
}
