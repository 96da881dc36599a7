import { type HoldTarget, isPowerTarget, partsOf, targetOfNode, targetOfVm } from '../desired/target.ts';
import type { Guest } from './vm.ts';

/**
 * What somebody works on (SPACE-3): a power target is left alone, whatever the rules want, and what fails of a probe, switch or port is
 * planned. Policy's own aggregate, kept by its id: a target may have several, each listed and released alone.
 */
export interface Hold {
  readonly id: string;
  readonly target: HoldTarget;
  /** ms since 1970. */
  readonly since: number;
  /** ms since 1970; at this moment it is over. */
  readonly until: number;
  readonly because: string;
  readonly by: string;
  /** Of a VM, where it is known: which guest under its vmid is held. */
  readonly incarnation?: string;
}

/** The longest hold that the policy allows (SPACE-3: "end within 24 h"), ms. */
export const longestHoldMs = 24 * 3_600_000;

export type Holds = ReadonlyMap<string, Hold>;

/** The holds that are over at `now` (ms since 1970). */
export function endedHolds(holds: Holds, now: number): Hold[] {
  return [...holds.values()].filter(({ until }) => until <= now);
}

/** The holds that are not over at `now` (ms since 1970); the same map when all are. */
export function openHolds(holds: Holds, now: number): Holds {
  const open = new Map([...holds].filter(([, { until }]) => until > now));
  return open.size === holds.size ? holds : open;
}

/** The holds but for those of a guest that stood under its vmid before the one that does now; the same map when there is none. */
export function holdsOfPresent(holds: Holds, vm: ReadonlyMap<string, Guest>): Holds {
  const isPresent = ({ target, incarnation }: Hold): boolean => {
    if (incarnation === undefined || !isPowerTarget(target)) return true;
    const { kind, id } = partsOf(target);
    return kind !== 'vm' || !isOther(incarnation, vm.get(id)?.incarnation);
  };
  const present = new Map([...holds].filter(([, hold]) => isPresent(hold)));
  return present.size === holds.size ? holds : present;
}

/** By target, the hold that counts: of several that are not over the one that ends last. */
export function holdsByTarget(holds: Holds, now: number): ReadonlyMap<HoldTarget, Hold> {
  const found = new Map<HoldTarget, Hold>();
  for (const hold of holds.values()) {
    const other = found.get(hold.target);
    if (hold.until > now && (!other || other.until < hold.until)) found.set(hold.target, hold);
  }
  return found;
}

/** The hold that counts for a guest: its own or that of its node, whichever ends later. */
export function holdOfGuest(
  byTarget: ReadonlyMap<HoldTarget, Hold>,
  { vm }: Pick<Guest, 'vm'>,
  nodeId: string | undefined,
): Hold | undefined {
  const own = byTarget.get(targetOfVm(vm));
  const ofNode = nodeId === undefined ? undefined : byTarget.get(targetOfNode(nodeId));
  if (!own || !ofNode) return own ?? ofNode;
  return own.until >= ofNode.until ? own : ofNode;
}

/** Whether two incarnations are known, and differ: another guest stands under the vmid now. */
export function isOther(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
