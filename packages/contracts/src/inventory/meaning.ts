import type { ItemCore, ItemLife, OsiLayer, Tenure } from './words.ts';

/* What the policy says of an item follows from a few of its fields. Inventory shows it, policy judges by it and reports it, so it is said once. */

interface Whose {
  readonly tenure?: Pick<Tenure, 'kind'> | undefined;
  readonly layer: OsiLayer;
}

/** Whether an item counts as infra: somebody's own that supports nothing directly does not (INFRA-1). */
export function isInfra({ tenure, layer }: Whose): boolean {
  return tenure?.kind !== 'private' || layer === 'supporting';
}

/** Whether an item is infra that is in use now. What is designed, being built or retired counts nowhere. */
export function isInUse({ life, ...whose }: Whose & { readonly life: ItemLife }): boolean {
  return life === 'in-use' && isInfra(whose);
}

/** For what an item is core. */
export type CoreFor = 'availability' | 'confidentiality';

/**
 * For what an item is core: what is said of it (CORE-1, CORE-2), and availability where the VM that it stands for or the project that it belongs to
 * is core (SPACE-8). What is no infra is core for nothing.
 */
export function coreFor(
  { core, ...whose }: Whose & { readonly core: ItemCore },
  of: { readonly vmClass?: string | undefined; readonly projectClass?: string | undefined },
): CoreFor[] {
  if (!isInfra(whose)) return [];
  const isAvailable =
    core === 'availability' || core === 'both' || of.vmClass === 'core' || of.projectClass === 'core';
  const found: CoreFor[] = isAvailable ? ['availability'] : [];
  if (core === 'confidentiality' || core === 'both') found.push('confidentiality');
  return found;
}

/** For how long a steward counts after they last said that they can run it, ms: 400 days of 24 h (TEAM-2). */
const stewardCountsMs = 400 * 24 * 3_600_000;

/** From when on a steward counts no more, ms since 1970, if they last said at `confirmedAt` that they can run it (TEAM-2). */
export function stewardCountsUntil(confirmedAt: number): number {
  return confirmedAt + stewardCountsMs;
}

/** So many full members can run each core item; fewer is a violation (TEAM-2). */
export const fullStewardsNeeded = 2;
