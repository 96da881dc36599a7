import type { GuestState, ProxmoxSimulator, ProxmoxState } from '@huismeester/simulators';
import type { Upsd } from '@huismeester/testkit';
import type { Moment } from './moment.ts';

const token = { id: 'huismeester@pve!operate', secret: 'b6f3c0d2-operate-secret' };

type Guest = readonly [vmid: number, name: string, node: string, pool: string, more?: Partial<GuestState>];

const guests: readonly Guest[] = [
  [101, 'ldap', 'pve1', 'core'],
  [102, 'website', 'pve2', 'core'],
  [110, 'mqtt', 'pve1', 'spacewide'],
  [111, 'music', 'pve2', 'spacewide', { type: 'lxc' }],
  [120, 'docker', 'pve1', 'deelnemers'],
  [121, 'game', 'pve2', 'deelnemers'],
  [122, 'camera', 'pve1', 'deelnemers', { type: 'lxc' }],
  [123, 'old', 'pve1', 'deelnemers', { status: 'stopped' }],
  [905, 'minutes', 'pve2', 'board'],
];

/** The guests of every class that run before the cut. */
export const running = { core: [101, 102], 'space-wide': [110, 111], participant: [120, 121, 122] } as const;

/** What is in flight ends some seconds after the program is there again. */
const outlasting = { shutdownSeconds: 20, startSeconds: 20 };

/** Two nodes with guests of every class; as a moment left them, where one is given. */
export function cluster(moment?: Pick<Moment, 'guests' | 'online' | 'failing' | 'inFlight'>): ProxmoxState {
  const everything = ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit', 'Sys.Audit', 'Sys.PowerMgmt', 'Sys.Modify'];
  return {
    cluster: 'space',
    quorate: true,
    nodes: ['pve1', 'pve2'].map((name) => ({ name, online: moment?.online.includes(name) ?? true })),
    guests: guests.map(([vmid, name, node, pool, more]) => {
      const failsToStart = moment?.failing[vmid];
      return {
        vmid,
        name,
        node,
        pool,
        type: 'qemu',
        agent: true,
        shutdownSeconds: 0.3,
        startSeconds: 0.2,
        status: 'running',
        ...more,
        ...(moment && { status: moment.guests[vmid] ?? 'stopped' }),
        ...(moment?.inFlight.some((each) => each.vmid === vmid) && outlasting),
        ...(failsToStart !== undefined && { failsToStart }),
      };
    }),
    pools: ['core', 'spacewide', 'deelnemers', 'board'].map((id) => ({ id })),
    tokens: [{ ...token, privileges: [{ path: '/', privs: everything }] }],
  };
}

export const healthyUps = {
  'ups.status': 'OL',
  'battery.charge': '100',
  'battery.runtime': '2400',
  'ups.load': '23',
};

/** The header that lets a test ask Proxmox in the program's name, as for what was in flight at the moment. */
export const authorization = `PVEAPIToken=${token.id}=${token.secret}`;

/** The space.yaml; JSON is YAML too. */
export function settingsOf(
  parts: { socket: string; database: string; upsd: Upsd; proxmox: ProxmoxSimulator },
  { power, nodes }: Pick<Moment, 'power' | 'nodes'>,
): string {
  const { socket, database, upsd, proxmox } = parts;
  return JSON.stringify({
    site: { id: 'upgrade', name: 'Upgrade', language: 'en' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0 }, root: 'space' },
    database: { url: database },
    ups: [
      {
        id: 'rack',
        upsd: { host: upsd.host, port: upsd.port, name: 'rack' },
        poll: { status: '1s', variables: '1s' },
      },
    ],
    hypervisors: [
      {
        id: 'pve',
        url: proxmox.url,
        fingerprints: [proxmox.fingerprint],
        tokens: { operate: token },
        pools: { core: 'core', 'space-wide': 'spacewide', participant: 'deelnemers' },
        nodes,
        poll: '1s',
      },
    ],
    policy: { power },
  });
}
