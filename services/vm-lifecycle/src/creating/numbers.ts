import type { Site } from './context.ts';

/**
 * For how long a number counts as another's that Proxmox does not show us, in milliseconds: whoever has it may be gone since, and trying it once more
 * costs one request.
 */
const rememberedMs = 3_600_000;

/** Numbers that other guests have, as Proxmox shows them now, or as this process found out a while ago. */
export function othersOf(
  {
    others,
    hypervisor,
  }: { readonly others: Site['others']; readonly hypervisor: Pick<Site['hypervisor'], 'taken'> },
  now: Date,
): ReadonlySet<number> {
  for (const [vmid, seen] of others) if (now.getTime() - seen > rememberedMs) others.delete(vmid);
  return new Set([...others.keys(), ...hypervisor.taken()]);
}
