/** What is kept of paths: those of the pool of the class core, and of its VMs. */
export interface CoreOf {
  /** The id of the pool; undefined where settings name none. */
  readonly pool: string | undefined;
  readonly isCoreVm: (vmid: number) => boolean;
}

/** To look, to use what is offered, and to take space for a disk: none of it is administering (CORE-4). */
const harmless = /\.(Audit|Use)$|^Datastore\.AllocateSpace$/;

/** The privileges that count as admin, sorted. */
export function adminOf(privileges: Iterable<string>): string[] {
  return [...privileges].filter((each) => !harmless.test(each)).toSorted((a, b) => (a < b ? -1 : 1));
}

const ofTheCluster = /^\/(?:$|vms$|(?:access|nodes|sdn|storage|mapping)(?:\/|$))/;

/** The number of the guest that a path is of. */
export function vmidOf(path: string): number | undefined {
  const vmid = /^\/vms\/(\d+)$/.exec(path)?.[1];
  return vmid === undefined ? undefined : Number(vmid);
}

/** Whether a right on this path is one on core (CORE-4). All others are nobody’s business here: they are dropped (PRIV-2). */
export function isKept(path: string, { pool, isCoreVm }: CoreOf): boolean {
  if (ofTheCluster.test(path) || (pool !== undefined && path === `/pool/${pool}`)) return true;
  const vmid = vmidOf(path);
  return vmid !== undefined && isCoreVm(vmid);
}

/** `/nodes/pve1` → `/nodes/pve1`, `/nodes`, `/`: the paths from which something comes down to it; of a core VM those of its pool too. */
export function pathsAbove(path: string, { pool, isCoreVm }: CoreOf): string[] {
  const vmid = vmidOf(path);
  const ofPool = vmid !== undefined && pool !== undefined && isCoreVm(vmid) ? upwards(`/pool/${pool}`) : [];
  return [...new Set([...upwards(path), ...ofPool])];
}

function upwards(path: string): string[] {
  const steps = path.split('/').filter((step) => step !== '');
  return [...steps.map((_, index) => `/${steps.slice(0, steps.length - index).join('/')}`), '/'];
}
