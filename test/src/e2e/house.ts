import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mosquittoConfig } from '@huismeester/broker';
import { serviceNames } from '@huismeester/contracts';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import {
  freePort,
  type MosquittoTestOptions,
  startMosquitto,
  startPostgres,
  startUpsd,
  tempDirWithDatabase,
  type Upsd,
  waitFor,
} from '@huismeester/testkit';
import { cluster, operateToken } from './guests.ts';
import { askLocally } from './local-api.ts';
import { programOf } from './program.ts';

/** What a house is built of. */
export interface HouseOptions {
  readonly database: 'embedded' | 'postgres';
  /** An open Mosquitto, or one with our own access list, where each service logs in as itself. */
  readonly broker: 'embedded' | 'open mosquitto' | 'closed mosquitto';
  /** `policy.power` of space.yaml, as YAML flow text. */
  readonly power?: string;
}

/** A whole space: real upsd, database and broker, a simulated Proxmox, and Huismeester as a process of its own. */
export interface House {
  readonly upsd: Upsd;
  readonly proxmox: ProxmoxSimulator;
  readonly mqttUrl: string;
  readonly root: string;
  readonly settingsFile: string;
  /** All that Huismeester printed, over all of its lives. */
  output(): string;
  start(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** GET over the local socket. */
  get<Body>(path: string): Promise<Body>;
  /** The body of a GET as it came. */
  text(path: string): Promise<string>;
  status(path: string): Promise<number>;
  put(path: string, body: object): Promise<number>;
  readonly pid: number;
  close(): Promise<void>;
}

/** Short holds, so that a whole story takes seconds; the charge alone decides the later stages. */
const quickPower =
  '{ onBatteryHold: 200ms, participant: { after: 1s }, space-wide: { runtimeBelow: 0s, chargeBelow: 35 }, ' +
  'core: { runtimeBelow: 0s, chargeBelow: 20 }, restoreHold: 1s, restoreChargeAbove: 40, restoreStep: 20s, ' +
  'expectedShutdown: 1s, reserve: 0s }';

/** The password of each service at a closed Mosquitto. */
const passwordOf = (service: string) => `${service}-knows`;

const closedMosquitto: MosquittoTestOptions = {
  configure: (place) => mosquittoConfig({ ...place, root: 'space', anonymousRead: true }),
  passwords: Object.fromEntries(serviceNames.map((name) => [name, passwordOf(name)])),
};

const credentials = `{ ${serviceNames
  .map((name) => `${name}: { username: ${name}, password: ${passwordOf(name)} }`)
  .join(', ')} }`;

/** What is to be closed in the end, last first. */
type Closers = (() => Promise<unknown>)[];

/** Builds a house and starts Huismeester in it, with every clause armed. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const dir = await tempDirWithDatabase('house');
  const closers: Closers = [() => dir.remove()];
  const parts = [
    startRack(closers),
    startCluster(closers),
    brokerOf(options, closers),
    databaseOf(options, dir.path, closers),
  ] as const;
  // All of them, so that whatever one has opened is known when another fails.
  await Promise.allSettled(parts);
  try {
    const [upsd, proxmox, broker, database] = await Promise.all(parts);
    return await moveIn({ dir: dir.path, upsd, proxmox, broker, database, closers, power: options.power });
  } catch (error) {
    for (const closer of closers.reverse()) await closer();
    throw error;
  }
}

async function startRack(closers: Closers): Promise<Upsd> {
  const vars = { 'ups.status': 'OL', 'battery.charge': '100', 'battery.runtime': '2400', 'ups.load': '23' };
  const upsd = await startUpsd({ ups: [{ name: 'rack', vars }] });
  closers.push(() => upsd.close());
  return upsd;
}

async function startCluster(closers: Closers): Promise<ProxmoxSimulator> {
  const durations = { resourcesDelay: 0, unauthorizedDelay: 0 };
  const proxmox = await startProxmoxSimulator({ state: cluster(), durations });
  closers.push(() => proxmox.close());
  return proxmox;
}

/** A broker: where clients find it, and how settings name it. */
interface SetBroker {
  readonly url: string;
  readonly yaml: string;
}

async function brokerOf({ broker }: HouseOptions, closers: Closers): Promise<SetBroker> {
  if (broker === 'embedded') {
    const port = await freePort();
    const yaml = `{ embedded: { port: ${port}, anonymousRead: true }, root: space }`;
    return { url: `mqtt://127.0.0.1:${port}`, yaml };
  }
  const closed = broker === 'closed mosquitto';
  const mosquitto = await startMosquitto(closed ? closedMosquitto : { open: true });
  closers.push(() => mosquitto.close());
  const { url } = mosquitto;
  return { url, yaml: `{ url: "${url}", root: space${closed ? `, credentials: ${credentials}` : ''} }` };
}

async function databaseOf({ database }: HouseOptions, dir: string, closers: Closers): Promise<string> {
  if (database === 'embedded') return `{ embedded: { dir: ${join(dir, 'db')} }, acceptPowerLossRisk: true }`;
  const postgres = await startPostgres({ fsync: false });
  closers.push(() => postgres.close());
  return `{ url: "${await postgres.createDatabase()}" }`;
}

/** Starts Huismeester in what is there. When it cannot start, whoever called closes what was opened. */
async function moveIn(parts: {
  readonly dir: string;
  readonly upsd: Upsd;
  readonly proxmox: ProxmoxSimulator;
  readonly broker: SetBroker;
  readonly database: string;
  readonly power: string | undefined;
  readonly closers: Closers;
}): Promise<House> {
  const { dir, upsd, proxmox, broker, database, power = quickPower, closers } = parts;
  const socket = join(dir, 'hm.sock');
  const settingsFile = join(dir, 'space.yaml');
  const yaml = settings({ socket, broker: broker.yaml, database, upsd, proxmox, power });
  await writeFile(settingsFile, yaml);
  const api = askLocally(socket);
  closers.push(api.close);
  const program = programOf(settingsFile, api);
  closers.push(program.end);
  await program.start();
  for (const clause of ['SPACE-3', 'CORE-1']) await api.put(`/api/v1/rules/${clause}`, { mode: 'enforce' });
  await waitFor(
    'all VMs are known',
    async () => (await api.get<{ count: number }>('/api/v1/vms')).count === 8,
  );
  return {
    upsd,
    proxmox,
    mqttUrl: broker.url,
    root: 'space',
    settingsFile,
    output: program.output,
    start: () => program.start(),
    kill: program.kill,
    ...{ get: api.get, text: api.text, status: api.status, put: api.put },
    get pid() {
      return program.pid;
    },
    async close() {
      for (const closer of closers.reverse()) await closer();
    },
  };
}

function settings(parts: {
  socket: string;
  broker: string;
  database: string;
  upsd: Upsd;
  proxmox: ProxmoxSimulator;
  power: string;
}): string {
  return `site: { id: house, name: Test house, language: en }
http: { port: 0, socket: ${parts.socket} }
broker: ${parts.broker}
database: ${parts.database}
ups:
  - { id: rack, upsd: { host: ${parts.upsd.host}, port: ${parts.upsd.port}, name: rack }, poll: { variables: 500ms } }
hypervisors:
  - id: pve
    url: ${parts.proxmox.url}
    fingerprints: ["${parts.proxmox.fingerprint}"]
    tokens: { operate: { id: ${operateToken.id}, secret: ${operateToken.secret} } }
    pools: { core: core, space-wide: spacewide, participant: deelnemers }
    nodes: { pve1: { poweredBy: [rack], ownShutdown: 0s }, pve2: { poweredBy: [rack], ownShutdown: 0s } }
    poll: 500ms
policy: { power: ${parts.power} }
`;
}
