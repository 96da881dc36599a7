import type { HypervisorSettings } from '@huismeester/contracts';
import type { Class, Kind, ListedGuest, Power, Size } from './guest.ts';

/** What is read of a row of `/cluster/resources?type=vm`. */
export interface ResourceRow {
  readonly type: string;
  readonly vmid?: number | undefined;
  readonly name?: string | undefined;
  readonly pool?: string | undefined;
  readonly node?: string | undefined;
  readonly status?: string | undefined;
  readonly template?: boolean | number | undefined;
  readonly maxcpu?: number | undefined;
  /** Bytes, as is `maxdisk`. */
  readonly maxmem?: number | undefined;
  readonly maxdisk?: number | undefined;
  /** s. */
  readonly uptime?: number | undefined;
}

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/**
 * The guests that stand in a pool of the settings, with their class; templates are no VMs. Of all other rows nothing
 * remains, not even their number (policy PRIV-2), so this comes before anything else that is done with a listing.
 */
export function guestsInPools(
  rows: readonly ResourceRow[],
  pools: HypervisorSettings['pools'],
): ListedGuest[] {
  const classes = new Map<string, Class>();
  for (const [name, pool] of Object.entries(pools)) classes.set(pool, name as Class);
  return rows.flatMap((row) => {
    const named = row.pool === undefined ? undefined : classes.get(row.pool);
    const { type, vmid, node, pool } = row;
    if (named === undefined || pool === undefined || vmid === undefined || node === undefined) return [];
    if (!isKind(type) || row.template === true || row.template === 1) return [];
    return [
      {
        vmid,
        kind: type,
        name: row.name,
        class: named,
        pool,
        node,
        status: power(row.status),
        ...sizeOf(row),
        ...(row.uptime !== undefined && { uptime: row.uptime }),
      },
    ];
  });
}

/** In whole numbers; a disk of less than 1 GiB counts as one. */
function sizeOf({ maxcpu, maxmem, maxdisk }: ResourceRow): Size {
  return {
    ...(maxcpu !== undefined && { cores: Math.ceil(maxcpu) }),
    ...(maxmem !== undefined && { memoryMib: Math.ceil(maxmem / MiB) }),
    ...(maxdisk !== undefined && { diskGib: Math.ceil(maxdisk / GiB) }),
  };
}

function isKind(type: string): type is Kind {
  return type === 'qemu' || type === 'lxc';
}

function power(status: string | undefined): Power | 'unknown' {
  return status === 'running' || status === 'stopped' ? status : 'unknown';
}
