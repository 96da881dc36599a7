/** A call that making a VM consists of. */
export type MakerCall =
  | 'clone'
  | 'create-container'
  | 'configure'
  | 'resize'
  | 'start'
  | 'look'
  | 'interfaces'
  | 'destroy'
  | 'storages';

/** What a call takes in Proxmox; `token` says whose right it is. The table of all rights is docs/rights.md. */
interface Needs {
  readonly token: 'create' | 'operate';
  readonly rights: readonly string[];
}

const onBridge = 'SDN.Use on the bridge';
const onStorage = 'Datastore.AllocateSpace on the storage';

/** By call. */
const needed: Readonly<Record<MakerCall, Needs>> = {
  clone: {
    token: 'create',
    rights: ['VM.Clone on the template', 'VM.Allocate on the pool', onStorage, onBridge],
  },
  'create-container': {
    token: 'create',
    rights: [
      'VM.Allocate on the pool',
      'VM.Config.CPU, VM.Config.Memory, VM.Config.Disk, VM.Config.Network and VM.Config.Options on the pool',
      onStorage,
      onBridge,
    ],
  },
  configure: {
    token: 'create',
    rights: ['VM.Config.CPU, VM.Config.Memory, VM.Config.Options and VM.Config.Cloudinit on the pool'],
  },
  resize: { token: 'create', rights: ['VM.Config.Disk on the pool', onStorage] },
  start: { token: 'operate', rights: ['VM.PowerMgmt on the pool'] },
  look: { token: 'create', rights: ['VM.Audit on the pool, and on the template'] },
  interfaces: {
    token: 'create',
    rights: ['VM.GuestAgent.Audit on the pool (VM.Monitor before Proxmox VE 9)'],
  },
  destroy: { token: 'create', rights: ['VM.Allocate on the pool'] },
  storages: { token: 'create', rights: [onStorage] },
};

/**
 * Which right lacks when Proxmox refused a call with 403. Its reason names one where it knows (`Permission check failed (/vms/904, VM.Config.CPU)`);
 * else all that the call takes are named.
 */
export function lackingRight(call: MakerCall, reason: string): string {
  const { token, rights } = needed[call];
  const [, path, privileges] = /\((\/[^,\s)]*),\s*([\w.|,\s]+)\)/.exec(reason) ?? [];
  const lacks = privileges === undefined ? rights.join('; ') : `${privileges.trim()} on ${path}`;
  return `the ${token} token lacks a right: ${lacks}`;
}
