import type { HypervisorSettings } from '@huismeester/contracts';
import { createProxmox, type Proxmox, type TaskInfo } from '@huismeester/proxmox';
import type { GuestTask } from '../core/guest.ts';
import type { Cloning, Maker, NewContainer } from '../ports.ts';
import { type Timed, taskState, timeCall, toTask } from './proxmox.ts';

/** A question may take so long; an act too, since Proxmox answers with the task that it begins. */
const requestTimeoutMs = 15_000;

/** What making a VM takes of the settings, once the create token is there. */
interface ForMaking {
  readonly token: { readonly id: string; readonly secret: string };
  readonly pool: string;
  readonly storage: string;
  readonly bridge: string;
}

/** A Proxmox VE cluster or node by its create token; undefined without one. Throws ProxmoxSettingsError for settings that cannot work. */
export function openMaker(settings: HypervisorSettings, timed: Timed): Maker | undefined {
  const { url, ca, fingerprints, tokens, pools, storage = '', bridge = '' } = settings;
  const { create: token } = tokens;
  if (token === undefined || pools.participant === undefined) return undefined;
  const proxmox = createProxmox({ url, ca, fingerprints, token, requestTimeoutMs });
  return makerOf(proxmox, { token, pool: pools.participant, storage, bridge }, timed);
}

function makerOf(proxmox: Proxmox, { token, pool, storage, bridge }: ForMaking, timed: Timed): Maker {
  const time = <T>(call: string, work: Promise<T>): Promise<T> => timeCall(call, work, timed);
  return {
    token: token.id,
    find: (vmid) => time('find', find(proxmox, vmid)),
    storages: (node) => time('storages', proxmox.storages(node)),
    ostemplates: async (node, on) =>
      (await time('ostemplates', proxmox.ostemplates(node, on))).map(({ volid }) => volid),
    config: ({ node, kind, vmid }) => time('guest-config', proxmox.guestConfig(node, kind, vmid)),
    tasks: (node, vmid, since) => time('guest-tasks', tasks(proxmox, { node, vmid, since })),
    taskState: (node, upid) => time('task-status', taskState(proxmox, node, upid)),
    clone: (template, cloning) => time('clone', clone(proxmox, template, { ...cloning, pool, storage })),
    createContainer: (container) =>
      time('create-container', createContainer(proxmox, { ...container, pool, storage, bridge })),
    configure: ({ node, kind, vmid }, values, digest) =>
      time('configure', proxmox.setConfig(node, kind, vmid, values, digest)),
    resize: ({ node, kind, vmid }, disk, gib) =>
      time('resize', proxmox.resizeDisk(node, kind, vmid, disk, gib)),
    interfaces: ({ node, kind, vmid }) =>
      time(
        'interfaces',
        kind === 'qemu' ? proxmox.agentInterfaces(node, vmid) : proxmox.containerInterfaces(node, vmid),
      ),
    destroy: ({ node, kind, vmid }) => time('destroy', proxmox.destroyGuest(node, kind, vmid)),
    close: () => proxmox.close(),
  };
}

/** Of all rows that the token sees, this one alone. */
async function find(proxmox: Proxmox, vmid: number): Promise<{ node: string } | undefined> {
  const row = (await proxmox.listResources()).find((each) => each.vmid === vmid);
  return row && { node: row.node };
}

async function tasks(
  proxmox: Proxmox,
  { node, vmid, since }: { node: string; vmid: number; since: Date },
): Promise<GuestTask[]> {
  const found: readonly TaskInfo[] = await proxmox.guestTasks(node, vmid, { since });
  return found.map(toTask);
}

function clone(
  proxmox: Proxmox,
  template: { readonly vmid: number; readonly node: string },
  { vmid, name, description, node, full, pool, storage }: Cloning & { pool: string; storage: string },
): Promise<string> {
  return proxmox.cloneGuest(template.node, template.vmid, {
    newid: vmid,
    name,
    pool,
    description,
    ...(full && { full, storage }),
    ...(node !== template.node && { target: node }),
  });
}

function createContainer(
  proxmox: Proxmox,
  container: NewContainer & { pool: string; storage: string; bridge: string },
): Promise<string> {
  const { node, name: hostname, ...rest } = container;
  return proxmox.createContainer(node, { ...rest, hostname, unprivileged: true });
}
