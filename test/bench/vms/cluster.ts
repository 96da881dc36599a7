import { fileURLToPath } from 'node:url';
import type { GuestState, ProxmoxDurations, ProxmoxState, TokenState } from '@huismeester/simulators';
import { startChild } from '@huismeester/testkit';

const program = fileURLToPath(new URL('cluster-process.ts', import.meta.url));
const patient = { timeoutMs: 60_000 };

export const tokens = {
  operate: { id: 'huismeester@pve!operate', secret: 'bench-operate' },
  create: { id: 'huismeester@pve!create', secret: 'bench-create' },
};
export const pool = 'deelnemers';

/** The rights of both tokens on that pool: those of docs/rights.md. */
const rights: TokenState[] = [
  {
    ...tokens.operate,
    privileges: [
      { path: '/', privs: ['Sys.Audit'] },
      { path: `/pool/${pool}`, privs: ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit'] },
    ],
  },
  {
    ...tokens.create,
    privileges: [
      {
        path: `/pool/${pool}`,
        privs: [
          'VM.Audit',
          'VM.Allocate',
          ...['CPU', 'Memory', 'Disk', 'Network', 'Options', 'Cloudinit'].map((each) => `VM.Config.${each}`),
          'VM.GuestAgent.Audit',
        ],
      },
      { path: '/vms/9000', privs: ['VM.Audit', 'VM.Clone'] },
      { path: '/storage/local-lvm', privs: ['Datastore.AllocateSpace'] },
      { path: '/sdn/zones/localnetwork/vmbr0', privs: ['SDN.Use'] },
    ],
  },
];

interface Requested {
  readonly method: string;
  readonly path: string;
  /** ms since 1970. */
  readonly at: number;
}

/** A simulated Proxmox in a process of its own, at the speed of a real one. */
export interface Cluster {
  readonly url: string;
  readonly fingerprint: string;
  /** Has so many guests stand on that node from now on, the last ones. */
  move(node: string, count: number): Promise<void>;
  /** All requests since the last call of this or of `move`. */
  requests(): Promise<readonly Requested[]>;
  close(): Promise<void>;
}

/** Starts it with these guests, and `many` that run in turns on nodes of these names (many-vms.ts). */
export async function startCluster(options: {
  readonly nodes: readonly string[];
  readonly guests?: readonly GuestState[];
  readonly many?: number;
  readonly durations: Partial<ProxmoxDurations>;
}): Promise<Cluster> {
  const state: ProxmoxState = {
    cluster: 'bench',
    quorate: true,
    nodes: options.nodes.map((name) => ({ name, online: true })),
    guests: [...(options.guests ?? [])],
    pools: [{ id: pool }],
    tokens: rights,
  };
  const child = await startChild({
    name: 'the cluster',
    command: process.execPath,
    args: [program],
    env: {
      CLUSTER_STATE: JSON.stringify(state),
      CLUSTER_MANY: String(options.many ?? 0),
      CLUSTER_DURATIONS: JSON.stringify(options.durations),
    },
  });
  const said = () => /listening on (\S+) with (\S+), control at (\d+)/.exec(child.output());
  await child.ready('it listens', () => said() !== null, patient);
  const [, url = '', fingerprint = '', port] = said() ?? [];
  const ask = async (path: string) => await (await fetch(`http://127.0.0.1:${port}${path}`)).json();
  return {
    url,
    fingerprint,
    move: async (node, count) => {
      await ask(`/move/${node}/${count}`);
    },
    requests: async () => (await ask('/requests')) as Requested[],
    close: () => child.stop(),
  };
}
