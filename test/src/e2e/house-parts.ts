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
  type Upsd,
} from '@huismeester/testkit';
import { cluster } from './guests.ts';
import type { HouseOptions } from './house.ts';
import type { Closers } from './power-supply.ts';

/** The password of each service at a closed Mosquitto. */
const passwordOf = (service: string) => `${service}-knows`;

const closedMosquitto: MosquittoTestOptions = {
  configure: (place) => mosquittoConfig({ ...place, root: 'space', anonymousRead: true }),
  passwords: Object.fromEntries(serviceNames.map((name) => [name, passwordOf(name)])),
};

const credentials = `{ ${serviceNames
  .map((name) => `${name}: { username: ${name}, password: ${passwordOf(name)} }`)
  .join(', ')} }`;

/** A upsd with one UPS. */
export async function startRack(closers: Closers): Promise<Upsd> {
  const vars = { 'ups.status': 'OL', 'battery.charge': '100', 'battery.runtime': '2400', 'ups.load': '23' };
  const upsd = await startUpsd({ ups: [{ name: 'rack', vars }] });
  closers.push(() => upsd.close());
  return upsd;
}

/** A simulated Proxmox. */
export async function startCluster(closers: Closers): Promise<ProxmoxSimulator> {
  const durations = { resourcesDelay: 0, unauthorizedDelay: 0 };
  const proxmox = await startProxmoxSimulator({ state: cluster(), durations });
  closers.push(() => proxmox.close());
  return proxmox;
}

/** A broker: where clients find it, and how settings name it. */
export interface SetBroker {
  readonly url: string;
  readonly yaml: string;
}

export async function brokerOf({ broker }: HouseOptions, closers: Closers): Promise<SetBroker> {
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

/** Where an empty database is, as settings say it. */
export async function databaseOf({ database }: HouseOptions, dir: string, closers: Closers): Promise<string> {
  if (database === 'embedded') return `{ embedded: { dir: ${join(dir, 'db')} }, acceptPowerLossRisk: true }`;
  const postgres = await startPostgres({ fsync: false });
  closers.push(() => postgres.close());
  return `{ url: "${await postgres.createDatabase()}" }`;
}
