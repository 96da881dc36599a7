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

/** What the token that makes guests may in the pool `people`, out of VM 9000. */
const creating = [
  {
    path: '/pool/people',
    privs: [
      ...configuring,
      'VM.Allocate',
      'VM.Audit',
      'VM.PowerMgmt',
      'VM.GuestAgent.Audit',
      'Pool.Allocate',
    ],
  },
  { path: '/vms/9000', privs: ['VM.Clone', 'VM.Audit'] },
  { path: '/storage/local-lvm', privs: ['Datastore.AllocateSpace'] },
  { path: '/storage/local', privs: ['Datastore.Audit'] },
  { path: '/sdn/zones/localnetwork/vmbr0', privs: ['SDN.Use'] },
];

export const ostemplate = 'local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst';
export const key =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHxu2pWbhGfR1lHsDaqUjqsNLMa3P2HdiPn+YFv0pY1b jan@home';

export function template(more: Partial<GuestState> = {}): GuestState {
  return vm(9000, { name: 'debian-13', status: 'stopped', template: true, agent: true, ...more });
}

/** Two nodes, three pools; one token that may operate the pool `core`, one that makes guests, one that may do everything. */
export function cluster(guests: GuestState[]): ProxmoxState {
  return {
    cluster: 'space',
    quorate: true,
    nodes: [
      { name: 'pve1', online: true },
      { name: 'pve2', online: true },
    ],
    guests,
    pools: [{ id: 'core', comment: 'what the space needs' }, { id: 'board' }, { id: 'people' }],
    tokens: [
      { ...operate, privileges: [{ path: '/pool/core', privs: ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit'] }] },
      { ...create, privileges: structuredClone(creating) },
      { ...auditor, privileges: [{ path: '/', privs: everything }] },
    ],
  };
}
