import type { HypervisorSettings, SpaceSettings } from '@huismeester/contracts';
import { createProxmox } from '@huismeester/proxmox';
import { type Finding, look } from '../../check/finding.ts';

/**
 * Whether the VMs that services depend on are in pools that settings name. One that is not there and one that is in another pool
 * are the same to us (PRIV-2), and are spoken of in the same words.
 */
export async function checkDependencies({
  probes,
  switches,
  hypervisors,
}: Pick<SpaceSettings, 'probes' | 'switches' | 'hypervisors'>): Promise<Finding[]> {
  const needed = [
    ...probes.map(({ id, dependsOn }) => ({ who: `probe ${id}`, vms: vmsIn(dependsOn) })),
    ...switches.map(({ id, dependsOn }) => ({ who: `switch ${id}`, vms: vmsIn(dependsOn) })),
  ].filter(({ vms }) => vms.length > 0);
  if (needed.length === 0) return [];
  const listed = await Promise.all(hypervisors.map(vmsOf));
  const known = new Set(listed.flatMap((each) => each ?? []));
  // A hypervisor that did not answer may have any of them.
  const isSure = listed.every((each) => each !== undefined);
  return needed.flatMap(({ who, vms }) =>
    vms.flatMap((vm) => (known.has(vm) || isSure ? [dependency(who, vm, known.has(vm))] : [])),
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

function vmsIn(dependsOn: SpaceSettings['probes'][number]['dependsOn']): string[] {
  return dependsOn.flat().filter((thing) => thing.startsWith('vm/'));
}

/** The VMs in the pools of a hypervisor's settings; undefined where it does not say, of which it has a finding of its own. */
async function vmsOf({ id, url, ca, fingerprints, tokens, pools, prefix }: HypervisorSettings) {
  const listed = new Set<string | undefined>(Object.values(pools));
  const pins = { ...(ca !== undefined && { ca }), ...(fingerprints !== undefined && { fingerprints }) };
  const { value } = await look(`hypervisor ${id}: its VMs`, async () => {
    const proxmox = createProxmox({ url, token: tokens.operate, ...pins });
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
