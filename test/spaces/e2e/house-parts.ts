import { join } from 'node:path';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { freePort, startMosquitto, startUpsd, testDatabase, type Upsd } from '@huismeester/testkit';
import { cluster } from './guests.ts';
import type { HouseOptions } from './house-types.ts';
import { credentials, startOurMosquitto } from './our-brokers.ts';
import type { Closers } from './power-supply.ts';

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
  const mosquitto = await (closed
    ? startOurMosquitto({ anonymousRead: true })
    : startMosquitto({ open: true }));
  closers.push(() => mosquitto.close());
  const { url } = mosquitto;
  return { url, yaml: JSON.stringify({ url, root: 'space', ...(closed && { credentials }) }) };
}

/** Where an empty database is, as settings say it. */
export async function databaseOf({ database }: HouseOptions, dir: string, closers: Closers): Promise<string> {
  if (database === 'embedded') return `{ embedded: { dir: ${join(dir, 'db')} }, acceptPowerLossRisk: true }`;
  const { url, drop } = await testDatabase();
  closers.push(drop);
  return `{ url: "${url}" }`;
}
