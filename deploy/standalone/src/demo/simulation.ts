import {
  type ProxmoxSimulator,
  type ProxmoxState,
  type SimulatedUps,
  startNutSimulator,
  startProxmoxSimulator,
  startSimulatedUps,
} from '@huismeester/simulators';
import { demoGuests, ostemplate } from './guests.ts';
import { type DemoMailServer, startDemoMail } from './mail/server.ts';
import { type DemoNetwork, startNetwork } from './network/network.ts';
import { allPools, demoTokens } from './tokens.ts';
import { type DemoWiki, startWiki } from './wiki/server.ts';

/** The hardware of the demo space, with what it takes to reach it. */
export interface Simulation {
  readonly ups: SimulatedUps;
  readonly nutPort: number;
  readonly proxmox: ProxmoxSimulator;
  readonly tokens: ReturnType<typeof demoTokens>;
  readonly network: DemoNetwork;
  readonly mail: DemoMailServer;
  readonly wiki: DemoWiki;
  close(): Promise<void>;
}

/** Enough for a few VMs of everybody. */
const storages: NonNullable<ProxmoxState['storages']> = [
  {
    id: 'local',
    type: 'dir',
    content: ['iso', 'vztmpl', 'backup'],
    totalGib: 90,
    usedGib: 8,
    templates: [ostemplate],
  },
  { id: 'local-lvm', type: 'lvmthin', content: ['images', 'rootdir'], totalGib: 2000, usedGib: 200 },
];

/** Who administers Proxmox: the full members of the team, and one who has left it and should not any more (CORE-4). */
const administrators = {
  groups: [{ id: 'admins', users: ['mira@ldap', 'teun@ldap', 'saar@ldap'] }],
  users: ['mira', 'teun', 'saar', 'oud'].map((uid) => ({ id: `${uid}@ldap` })),
  acl: [
    { path: '/', type: 'group', ugid: 'admins', role: 'Administrator' },
    { path: '/', type: 'user', ugid: 'oud@ldap', role: 'Administrator' },
  ],
} satisfies Pick<ProxmoxState, 'groups' | 'users' | 'acl'>;

/** Quicker than a real one, so that a VM is there before one looks away. */
const durations = { resourcesDelay: 1, createContainer: 3 };

/** The guest that each service of the network runs on; what has none hangs on bare mains, and is reached by the access point. */
const guests = { website: 102, directory: 101, 'bar-display': undefined } as const;
const accessPoint = 'gi1/0/3';

/** Starts a UPS behind a NUT server, and two Proxmox nodes. Each token may no more than it is for. */
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
  const tokens = demoTokens();
  const proxmox = await startProxmoxSimulator({
    state: {
      cluster: 'demo',
      quorate: true,
      nodes: [
        { name: 'pve1', online: true },
        { name: 'pve2', online: true },
      ],
      guests: demoGuests,
      pools: allPools.map((id) => ({ id })),
      tokens: Object.values(tokens),
      storages,
      ...administrators,
    },
    durations,
  });
  const isOnMains = () => !String(nut.get('rack', 'ups.status')).includes('OB');
  const network = await startNetwork((service, isLinked) => {
    const vmid = guests[service];
    return vmid === undefined
      ? isOnMains() && isLinked(accessPoint)
      : proxmox.guest(vmid).status === 'running';
  });
  const mail = await startDemoMail();
  const wiki = await startWiki();
  return {
    ups,
    network,
    mail,
    wiki,
    nutPort: nut.port,
    proxmox,
    tokens,
    close: async () => {
      ups.close();
      await Promise.all([nut.close(), proxmox.close(), network.close(), mail.close(), wiki.close()]);
    },
  };
}
