import type { GuestState, ProxmoxState } from '../../src/proxmox/state.ts';

export const operate = { id: 'huismeester@pve!operate', secret: 'a0b1c2d3-0000-4000-8000-00000000000a' };
export const auditor = { id: 'root@pam!all', secret: 'a0b1c2d3-0000-4000-8000-00000000000b' };

const operating = ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit', 'Sys.Audit', 'Sys.Modify', 'Sys.PowerMgmt'];
const configuring = ['CPU', 'Memory', 'Disk', 'Network', 'Options', 'Cloudinit'].map(
  (what) => `VM.Config.${what}`,
);
const making = [
  'VM.Clone',
  'VM.Allocate',
  'VM.GuestAgent.Audit',
  'Datastore.AllocateSpace',
  'SDN.Use',
  'Pool.Allocate',
];
const everything = [...operating, ...configuring, ...making];

export const create = { id: 'huismeester@pve!create', secret: 'a0b1c2d3-0000-4000-8000-00000000000c' };

export function vm(vmid: number, more: Partial<GuestState> = {}): GuestState {
  return { vmid, type: 'qemu', name: `vm${vmid}`, node: 'pve1', status: 'running', pool: 'core', ...more };
}

export function ct(vmid: number, more: Partial<GuestState> = {}): GuestState {
  return vm(vmid, { type: 'lxc', name: `ct${vmid}`, ...more });
}

/** Two nodes, two pools, one token that may operate the pool `core` and one that may do everything. */
export function cluster(guests: GuestState[]): ProxmoxState {
  return {
    cluster: 'space',
    quorate: true,
    nodes: [
      { name: 'pve1', online: true },
      { name: 'pve2', online: true },
    ],
    guests,
    pools: [{ id: 'core', comment: 'what the space needs' }, { id: 'board' }],
    tokens: [
      { ...operate, privileges: [{ path: '/pool/core', privs: ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit'] }] },
      { ...auditor, privileges: [{ path: '/', privs: everything }] },
    ],
  };
}
