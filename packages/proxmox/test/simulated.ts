import { type GuestState, type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { waitFor } from '@huismeester/testkit';
import { createProxmox, type Proxmox, type ProxmoxOptions, type TaskInfo } from '../src/index.ts';

export const operate = { id: 'huismeester@pve!operate', secret: 'a0b1c2d3-0000-4000-8000-00000000000a' };
export const auditor = { id: 'root@pam!all', secret: 'a0b1c2d3-0000-4000-8000-00000000000b' };
const create = { id: 'huismeester@pve!create', secret: 'a0b1c2d3-0000-4000-8000-00000000000c' };

const making = ['VM.Allocate', 'VM.GuestAgent.Audit', 'VM.Audit', 'VM.PowerMgmt'];
const configuring = ['CPU', 'Memory', 'Disk', 'Network', 'Options', 'Cloudinit'].map(
  (what) => `VM.Config.${what}`,
);

/** What the token that makes guests may, and no more. */
const makingPrivileges = [
  { path: '/pool/people', privs: [...making, ...configuring, 'Pool.Allocate'] },
  { path: '/vms/9000', privs: ['VM.Clone', 'VM.Audit'] },
  { path: '/storage', privs: ['Datastore.AllocateSpace'] },
  { path: '/sdn/zones/localnetwork/vmbr0', privs: ['SDN.Use'] },
];

export function vm(vmid: number, more: Partial<GuestState> = {}): GuestState {
  return { vmid, type: 'qemu', name: `vm${vmid}`, node: 'pve1', status: 'running', pool: 'core', ...more };
}

export interface Simulated {
  simulator: ProxmoxSimulator;
  /** May operate the pool `core`. */
  proxmox: Proxmox;
  /** May make guests in the pool `people`, out of VM 9000. */
  maker: Proxmox;
  /** Another client of the same simulator; everything is closed at the end. */
  client(options?: Partial<ProxmoxOptions>): Proxmox;
}

const open: { close(): Promise<void> }[] = [];

/** A simulated cluster, 100 times faster than real, and a client that trusts it by its certificate. */
export async function simulated(
  guests: GuestState[] = [vm(100)],
  more: { host?: string } = {},
): Promise<Simulated> {
  const simulator = await startProxmoxSimulator({
    ...more,
    speed: 100,
    durations: { resourcesDelay: 0 },
    state: {
      cluster: 'space',
      quorate: true,
      nodes: [
        { name: 'pve1', online: true },
        { name: 'pve2', online: true },
      ],
      guests,
      pools: [{ id: 'core', comment: 'what the space needs' }, { id: 'board' }, { id: 'people' }],
      tokens: [
        { ...create, privileges: makingPrivileges },
        {
          ...operate,
          privileges: [{ path: '/pool/core', privs: ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit'] }],
        },
        {
          ...auditor,
          privileges: [
            { path: '/', privs: ['VM.Audit', 'VM.PowerMgmt', 'Sys.Audit', 'Sys.PowerMgmt', 'Pool.Audit'] },
          ],
        },
      ],
    },
  });
  const client = (options: Partial<ProxmoxOptions> = {}): Proxmox => {
    const made = createProxmox({ url: simulator.url, token: operate, ca: simulator.ca, ...options });
    open.unshift(made);
    return made;
  };
  open.push(simulator);
  return { simulator, client, proxmox: client(), maker: client({ token: create }) };
}

/** Clients first, then their simulators. */
export async function closeAll(): Promise<void> {
  for (const one of open.splice(0)) await one.close();
}

/** What a call was rejected with. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call was expected to fail');
}

/** A task, once it has ended. */
export async function ended(proxmox: Proxmox, node: string, upid: string): Promise<TaskInfo> {
  return waitFor(`the end of ${upid}`, async () => {
    const task = await proxmox.taskStatus(node, upid);
    return task.status === 'stopped' && task;
  });
}
