import type { HypervisorSettings, SpaceSettings } from '@huismeester/contracts';
import { createProxmox } from '@huismeester/proxmox';
import { type Finding, look } from '../../check/finding.ts';

type Things = Pick<SpaceSettings, 'probes' | 'switches' | 'hypervisors'>;

/** Something that depends on another thing. */
export interface Need {
  /** As findings name it, such as `probe website`. */
  readonly who: string;
  readonly thing: string;
}

/** The ports of a switch that anything depends on. */
export function portsNeeded(settings: Things, switchId: string): Need[] {
  return needs(settings, `port/${switchId}/`);
}

function needs({ probes, switches, hypervisors }: Things, prefix: string): Need[] {
  const of = (kind: string, things: readonly Things[keyof Things][number][]) =>
    things.flatMap(({ id, dependsOn }) =>
      dependsOn
        .flat()
        .filter((thing) => thing.startsWith(prefix))
        .map((thing) => ({ who: `${kind} ${id}`, thing })),
    );
  return [...of('probe', probes), ...of('switch', switches), ...of('hypervisor', hypervisors)];
}

/**
 * Whether the VMs that services depend on are in pools that settings name. One that is not there and one that is in another pool
 * are the same to us (PRIV-2), and are spoken of in the same words.
 */
export async function checkDependencies(things: Things): Promise<Finding[]> {
  const needed = needs(things, 'vm/');
  if (needed.length === 0) return [];
  const listed = await Promise.all(things.hypervisors.map(vmsOf));
  const known = new Set(listed.flatMap((each) => each ?? []));
  // A hypervisor that did not answer may have any of them.
  const isSure = listed.every((each) => each !== undefined);
  return needed.flatMap(({ who, thing }) =>
    known.has(thing) || isSure ? [dependency(who, thing, known.has(thing))] : [],
  );
}

function dependency(who: string, vm: string, isKnown: boolean): Finding {
  const what = `${who}: ${vm} is in a pool that settings name`;
  if (isKnown) return { what };
  return {
    what,
    problem: 'no such VM is in any of them, so nothing is known of it',
    remedy: `${who}: name another VM in dependsOn, or leave it out`,
  };
}

/** The VMs in the pools of a hypervisor's settings; undefined where it does not say, of which it has a finding of its own. */
async function vmsOf({ id, url, ca, fingerprints, tokens, pools, prefix }: HypervisorSettings) {
  const listed = new Set<string | undefined>(Object.values(pools));
  const { value } = await look(`hypervisor ${id}: its VMs`, async () => {
    const proxmox = createProxmox({ url, ca, fingerprints, token: tokens.operate });
    try {
      return await proxmox.listResources();
    } finally {
      await proxmox.close();
    }
  });
  return value
    ?.filter(({ pool, template }) => !template && pool !== undefined && listed.has(pool))
    .map(({ vmid }) => `vm/${prefix}${vmid}`);
}
