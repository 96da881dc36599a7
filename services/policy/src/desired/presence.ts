import { stored } from '../facts/clock-rollback.ts';
import type { Facts } from '../facts/index.ts';
import { nodeKey } from '../facts/node.ts';
import type { Guest } from '../facts/vm.ts';
import { type PowerTarget, targetOfNode, targetOfVm } from './target.ts';

/** How a power target is, as far as facts say; times in ms since 1970. */
export interface Presence {
  /** Undefined: nobody knows now. */
  readonly runs: boolean | undefined;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  /** What was asked of it and has not ended. */
  readonly inFlight?: Guest['inFlight'];
  /** The newest generation that vm-lifecycle gave up on. */
  readonly gaveUp?: number;
  /** When it last became so, as it is stored: of a clock rollback nothing is taken into account. */
  readonly last?: { readonly running?: number; readonly stopped?: number };
  /** Nobody sees it (facts/unseen.ts): nothing that was asked of it is asked again, but in a power cut. */
  readonly unseen?: true;
}

/** Facts are immutable: one pass asks for the same again and again, and from one to the next most guests stay as they are. */
const cache = new WeakMap<object, ReadonlyMap<PowerTarget, Presence>>();
const ofGuest = new WeakMap<Guest, Presence>();

/** Every power target of which there is a fact. What is not among them, nothing can be wanted of. */
export function presences(
  facts: Pick<Facts, 'vm' | 'node' | 'hypervisor'>,
): ReadonlyMap<PowerTarget, Presence> {
  const known = cache.get(facts);
  if (known) return known;
  const found = new Map<PowerTarget, Presence>();
  for (const guest of facts.vm.values()) {
    const known = ofGuest.get(guest);
    const presence = known ?? presenceOf(guest);
    if (!known) ofGuest.set(guest, presence);
    found.set(targetOfVm(guest.vm), presence);
  }
  for (const each of facts.node.values()) {
    const isSeen = !each.unseen && facts.hypervisor.get(each.hypervisor)?.reachable !== false;
    found.set(targetOfNode(each.id), { ...each, runs: isSeen ? each.online : undefined });
  }
  cache.set(facts, found);
  return found;
}

function presenceOf(guest: Guest): Presence {
  const { startedAt, stoppedAt } = stored(guest);
  const last = {
    ...(startedAt !== undefined && { running: startedAt }),
    ...(stoppedAt !== undefined && { stopped: stoppedAt }),
  };
  return { ...guest, runs: guest.unseen ? undefined : guest.running, last };
}

/** The id of the node on which a guest is; undefined for a node of which there is no fact. */
export function nodeIdOf(guest: Guest, node: Facts['node']): string | undefined {
  return node.get(nodeKey(guest.hypervisor, guest.node))?.id;
}

/** What is wanted of a target, as far as it can be met. */
interface Wish {
  readonly state: 'running' | 'stopped';
  /** ms since 1970. */
  readonly since: number;
  readonly before?: number;
}

/**
 * Whether a target is as wanted, or was since then: what a person does after that is not undone. A guest that is just being
 * started, or shut down, is not yet as it seems. A stop or start that was known when the wish began did not follow from it,
 * whatever its time says: the clock may have been set back in between.
 */
export function isMet({ state, since, before }: Wish, presence: Presence): boolean {
  const { runs, startedAt, stoppedAt, inFlight, last } = presence;
  const isNew = before === undefined || last?.[state] !== before;
  if (state === 'running') {
    const goes = inFlight === 'shutdown' || inFlight === 'stop';
    return (runs === true && !goes) || (isNew && (startedAt ?? Number.NEGATIVE_INFINITY) > since);
  }
  return (
    (runs === false && inFlight !== 'start') || (isNew && (stoppedAt ?? Number.NEGATIVE_INFINITY) > since)
  );
}
