import { isLoggedIn } from '../check/upsmon.ts';
import type { FoundProxmox, FoundUps } from './found.ts';
import { type PoolClass, type Pools, poolClasses } from './places.ts';

export interface PlannedUps extends FoundUps {
  readonly id: string;
}

export interface PlannedPool {
  readonly class: PoolClass;
  readonly pool: string;
  /** How many VMs the token sees in it; absent where nobody was asked, or where the pool was not seen. */
  readonly vms?: number;
}

export interface PlannedNode {
  readonly name: string;
  readonly address?: string;
  /** The UPSes at which its upsmon is logged in, which says that it draws power from them. Never guessed. */
  readonly poweredBy: readonly string[];
}

export interface PlannedHypervisor {
  readonly found?: FoundProxmox;
  readonly token: string;
  /** How the YAML refers to the secret. */
  readonly secret: string;
  readonly pools: readonly PlannedPool[];
  /** Pools that the token sees and that no class has. */
  readonly otherPools: readonly string[];
  readonly nodes: readonly PlannedNode[];
}

export interface Plan {
  readonly site: { readonly id: string; readonly name: string };
  readonly upses: readonly PlannedUps[];
  readonly hypervisor: PlannedHypervisor;
}

export interface Given {
  readonly name: string;
  readonly pools: Pools;
  readonly token: string;
  readonly secret: string;
  readonly upses: readonly FoundUps[];
  readonly proxmox?: FoundProxmox;
}

/** The settings that follow from what was given and found. */
export function planOf({ name, pools, token, secret, upses, proxmox }: Given): Plan {
  const ids = uniqueIds(upses.map((ups) => ups.name));
  const planned = upses.map((ups, index) => ({ ...ups, id: ids[index] ?? 'ups' }));
  const inventory = proxmox?.inventory;
  const chosen = poolsOf(pools, inventory?.pools ?? []);
  const taken = chosen.map(({ pool }) => pool);
  return {
    site: { id: slug(name, 'space'), name },
    upses: planned,
    hypervisor: {
      ...(proxmox && { found: proxmox }),
      token,
      secret,
      pools: chosen,
      otherPools: (inventory?.pools ?? []).map(({ id }) => id).filter((id) => !taken.includes(id)),
      nodes: (inventory?.nodes ?? []).map((node) => ({ ...node, poweredBy: feedsOf(node.address, planned) })),
    },
  };
}

function feedsOf(address: string | undefined, upses: readonly PlannedUps[]): string[] {
  if (address === undefined) return [];
  return upses.filter((ups) => isLoggedIn([address], ups)).map(({ id }) => id);
}

const defaultPools = { core: 'core', 'space-wide': 'spacewide', participant: 'deelnemers' } as const;
/** How spaces call their pools, without what stands between the words. */
const poolNames: Readonly<Record<PoolClass, RegExp>> = {
  core: /^core(infra)?$/,
  'space-wide': /^space(wide|breed|brede?projecten)$/,
  participant: /^(participants?|deelnemers?|deelnemersprojecten|members?|leden)$/,
};

/** The pool of each class: as given, or else the one that is called like it, or else the one that is to be made. */
function poolsOf(given: Pools, seen: readonly { id: string; vms: number }[]): PlannedPool[] {
  const named = Object.keys(given).length > 0;
  return poolClasses.flatMap((each): PlannedPool[] => {
    const alike = seen.find(({ id }) => poolNames[each].test(id.toLowerCase().replaceAll(/[^a-z]/g, '')));
    const pool = given[each] ?? (named ? undefined : (alike?.id ?? defaultPools[each]));
    if (pool === undefined) return [];
    const vms = seen.find(({ id }) => id === pool)?.vms;
    return [{ class: each, pool, ...(vms !== undefined && { vms }) }];
  });
}

function slug(text: string, otherwise: string): string {
  const ascii = text.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '');
  return ascii.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || otherwise;
}

/** Ids after names; a second of the same gets a number behind it. */
export function uniqueIds(names: readonly string[], otherwise = 'ups'): string[] {
  const ids: string[] = [];
  for (const name of names) {
    const first = slug(name, otherwise);
    let id = first;
    for (let number = 2; ids.includes(id); number += 1) id = `${first}-${number}`;
    ids.push(id);
  }
  return ids;
}
