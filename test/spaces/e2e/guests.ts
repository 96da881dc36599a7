import type { GuestState, ProxmoxState } from '@huismeester/simulators';

/** The names of guests that nobody may hear of: distinct words, so that a leak can be found by searching. */
export const hidden = {
  board: { vmid: 719_283_645, name: 'zilverreiger' },
  poolless: { vmid: 719_283_646, name: 'roerdomp' },
};

export const operateToken = { id: 'huismeester@pve!operate', secret: 'b6f3c0d2-operate-secret' };

function guest(
  vmid: number,
  name: string,
  node: string,
  pool: string | undefined,
  more: Partial<GuestState> = {},
): GuestState {
  return {
    vmid,
    name,
    node,
    type: 'qemu',
    status: 'running',
    agent: true,
    shutdownSeconds: 0.4,
    startSeconds: 0.2,
    ...(pool !== undefined && { pool }),
    ...more,
  };
}

/** Two nodes with guests of every class; one participant's is off, the board's and one of no pool run. */
export function cluster(): ProxmoxState {
  return {
    cluster: 'house',
    quorate: true,
    nodes: [
      { name: 'pve1', online: true },
      { name: 'pve2', online: true },
    ],
    guests: [
      guest(101, 'ldap', 'pve1', 'core'),
      guest(102, 'website', 'pve2', 'core'),
      guest(110, 'mqtt', 'pve1', 'spacewide'),
      guest(111, 'music', 'pve2', 'spacewide', { type: 'lxc' }),
      guest(120, 'docker', 'pve1', 'deelnemers'),
      guest(121, 'game', 'pve2', 'deelnemers'),
      guest(122, 'camera', 'pve2', 'deelnemers', { type: 'lxc' }),
      guest(123, 'old', 'pve1', 'deelnemers', { status: 'stopped' }),
      guest(hidden.board.vmid, hidden.board.name, 'pve1', 'board'),
      guest(hidden.poolless.vmid, hidden.poolless.name, 'pve2', undefined),
    ],
    pools: ['core', 'spacewide', 'deelnemers', 'board'].map((id) => ({ id })),
    // More rights than it should have: what stays hidden must be hidden by us, not only by Proxmox.
    tokens: [
      {
        ...operateToken,
        privileges: [{ path: '/', privs: ['VM.Audit', 'VM.PowerMgmt', 'Sys.Audit', 'Pool.Audit'] }],
      },
    ],
  };
}

/** The ids of the guests of each class that run before the power cut. */
export const running = { participant: [120, 121, 122], 'space-wide': [110, 111], core: [101, 102] } as const;
/** All of them. */
export const everyone = Object.values(running).flat();
