import { randomBytes } from 'node:crypto';
import {
  type ProxmoxSimulator,
  type SimulatedUps,
  startNutSimulator,
  startProxmoxSimulator,
  startSimulatedUps,
} from '@huismeester/simulators';
import { demoGuests } from './guests.ts';
import { type DemoNetwork, startNetwork } from './network/network.ts';

/** The hardware of the demo space, with what it takes to reach it. */
export interface Simulation {
  readonly ups: SimulatedUps;
  readonly nutPort: number;
  readonly proxmox: ProxmoxSimulator;
  readonly proxmoxSecret: string;
  readonly network: DemoNetwork;
  close(): Promise<void>;
}

/** Just the rights that docs/setting-up.md asks for. */
const operator = {
  id: 'huismeester@pve!operate',
  privs: ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit'],
  pools: ['core', 'spacewide', 'deelnemers'],
};

/** The guest that each service of the network runs on; what has none hangs on bare mains, and is reached by the access point. */
const guests = { website: 102, directory: 101, 'bar-display': undefined } as const;
const accessPoint = 'gi1/0/3';

/** Starts a UPS behind a NUT server, and two Proxmox nodes. The token sees no more than the pools it is for. */
export async function startSimulation(): Promise<Simulation> {
  const nut = await startNutSimulator({
    upses: [
      {
        name: 'rack',
        description: 'Simulated UPS of the demo space',
        vars: { 'device.mfr': 'Huismeester', 'device.model': 'Demo UPS', 'battery.charge.low': '10' },
      },
    ],
  });
  // 70 s of battery at this load; charged again within half a minute.
  const ups = startSimulatedUps(nut, { name: 'rack', capacityS: 35, loadPct: 50, ratePctS: 3, tickMs: 500 });
  const secret = randomBytes(16).toString('hex');
  const proxmox = await startProxmoxSimulator({
    state: {
      cluster: 'demo',
      quorate: true,
      nodes: [
        { name: 'pve1', online: true },
        { name: 'pve2', online: true },
      ],
      guests: demoGuests,
      pools: [...operator.pools, 'board'].map((id) => ({ id })),
      tokens: [
        {
          id: operator.id,
          secret,
          privileges: [
            ...operator.pools.map((pool) => ({ path: `/pool/${pool}`, privs: operator.privs })),
            { path: '/', privs: ['Sys.Audit'] },
          ],
        },
      ],
    },
    durations: { resourcesDelay: 1 },
  });
  const isOnMains = () => !String(nut.get('rack', 'ups.status')).includes('OB');
  const network = await startNetwork((service, isLinked) => {
    const vmid = guests[service];
    return vmid === undefined
      ? isOnMains() && isLinked(accessPoint)
      : proxmox.guest(vmid).status === 'running';
  });
  return {
    ups,
    network,
    nutPort: nut.port,
    proxmox,
    proxmoxSecret: secret,
    close: async () => {
      ups.close();
      await Promise.all([nut.close(), proxmox.close(), network.close()]);
    },
  };
}
