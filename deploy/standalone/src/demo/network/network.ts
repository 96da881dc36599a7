import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import { type DemoService, startDirectory, startPage } from './services.ts';

/** The network of the demo space: a switch, and services that probes look at. */
export interface DemoNetwork {
  readonly switch: SwitchSimulator;
  /** By the id of their probe. */
  readonly services: Readonly<Record<ServiceId, DemoService>>;
  /** For the settings. */
  readonly env: Readonly<Record<string, string>>;
  /** A service that is broken does not answer, whatever its machine does. */
  break(service: ServiceId): void;
  mend(service: ServiceId): void;
  close(): Promise<void>;
}

export const serviceIds = ['website', 'directory', 'bar-display'] as const;
export type ServiceId = (typeof serviceIds)[number];

const ports = [
  { name: 'gi1/0/1', alias: 'pve1' },
  { name: 'gi1/0/2', alias: 'pve2' },
  { name: 'gi1/0/3', alias: 'access point' },
  { name: 'gi1/0/4', alias: 'bar' },
  { name: 'gi1/0/5', plugged: false },
  { name: 'gi1/0/24', alias: 'uplink' },
];

/**
 * Starts the network.
 *
 * @param powered whether what a service runs on has power and runs, and is reached; `isLinked` says which ports have a link
 */
export async function startNetwork(
  powered: (service: ServiceId, isLinked: (port: string) => boolean) => boolean,
): Promise<DemoNetwork> {
  const trapPort = await freeUdpPort();
  const secret = () => randomBytes(12).toString('hex');
  const user = {
    name: 'huismeester',
    auth: { protocol: 'sha256', password: secret() },
    priv: { protocol: 'aes', password: secret() },
  } as const;
  const simulated = await startSwitchSimulator({
    credentials: { communities: ['public'], users: [user] },
    ports: ports.map((port) => ({ ...port, traffic: { inBitsPerSecond: 2e6, outBitsPerSecond: 8e5 } })),
    system: { name: 'sw1', descr: 'Simulated switch of the demo space' },
    traps: { host: '127.0.0.1', port: trapPort, version: '3', user: user.name },
  });
  const services = {
    website: await startPage(),
    directory: await startDirectory(),
    'bar-display': await startPage(),
  };
  const broken = new Set<ServiceId>();
  const isLinked = (port: string) => simulated.portOf(port).oper === 1;
  for (const id of serviceIds) services[id].isOff = () => broken.has(id) || !powered(id, isLinked);
  return {
    switch: simulated,
    services,
    env: {
      DEMO_SWITCH_PORT: String(simulated.port),
      DEMO_SWITCH_AUTH: user.auth.password,
      DEMO_SWITCH_PRIV: user.priv.password,
      DEMO_TRAP_PORT: String(trapPort),
      DEMO_WEBSITE_URL: `http://127.0.0.1:${services.website.port}/`,
      DEMO_DIRECTORY_URL: `ldap://127.0.0.1:${services.directory.port}`,
      DEMO_DISPLAY_URL: `http://127.0.0.1:${services['bar-display'].port}/`,
    },
    break: (service) => broken.add(service),
    mend: (service) => broken.delete(service),
    close: async () => {
      await Promise.all([simulated.close(), ...Object.values(services).map((each) => each.close())]);
    },
  };
}

/** A port that is free now; the switch must know where its traps go before netwatch listens there. */
async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  return await new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
