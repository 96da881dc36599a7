import type { Fact, Guest, ListedGuest, Listing, Power } from './guest.ts';
import { type Identity, incarnationOf, isAnother } from './incarnation.ts';
import { collidesWith, nodeIdFor } from './node-id.ts';
import { guestTarget, nodeTarget } from './target.ts';

/** One hypervisor by our events so far. */
export interface Known {
  readonly hypervisor: string;
  /** Stands before the vmid in a VM's id. */
  readonly prefix: string;
  /** Undefined until it first answered, or failed to. */
  readonly contact: { readonly reachable: boolean; readonly quorate: boolean } | undefined;
  /** By the node's name. */
  readonly nodes: ReadonlyMap<string, { readonly id: string; readonly online: boolean }>;
  /** The ids of the nodes of all hypervisors. */
  readonly nodeIds: ReadonlySet<string>;
  readonly guests: readonly Guest[];
}

/** A guest that the listing has in another state than we reported: to be confirmed, since a listing is up to 10 s old. */
export interface Suspect {
  readonly guest: Guest;
  readonly to: Power;
}

export interface Observation {
  readonly facts: readonly Fact[];
  readonly suspects: readonly Suspect[];
  /** In how many good listings in a row each known guest was missing, by id; without those that were there. */
  readonly missing: ReadonlyMap<string, number>;
}

const listingsUntilUnlisted = 3;
const failuresUntilUnreachable = 3;

/** The id of a VM: the vmid behind its hypervisor's prefix. */
export function guestId(prefix: string, vmid: number): string {
  return `${prefix}${vmid}`;
}

/**
 * What a good and complete listing has beyond what is known. A guest on a node that is offline is unknown, whatever its row
 * has, and from unknown nothing follows; a guest that is missing is hands-off after three listings, never "deleted". Of guests that
 * are new, or may be others than they were, `identities` has what their configurations say, by id.
 */
export function observe(
  known: Known,
  missingBefore: ReadonlyMap<string, number>,
  listing: Listing,
  identities: ReadonlyMap<string, Identity> = new Map(),
): Observation {
  const online = new Map(listing.nodes.map((node) => [node.name, node.online]));
  const facts: Fact[] = [...contactFacts(known, listing.quorate), ...nodeFacts(known, online)];
  const suspects: Suspect[] = [];
  const unknown = new Map(listing.guests.map((listed) => [guestId(known.prefix, listed.vmid), listed]));

  for (const guest of known.guests) {
    const listed = unknown.get(guest.id);
    if (listed === undefined || listed.kind !== guest.kind) continue;
    unknown.delete(guest.id);
    const identity = identities.get(guest.id) ?? {};
    if (isAnother(guest.incarnation, identity) === true) {
      facts.push(...replaced(guest, listed, identity));
      continue;
    }
    facts.push(...identified(guest, identity), ...changes(guest, listed));
    const sure = online.get(listed.node) === true && listed.status !== 'unknown';
    if (sure && listed.status !== guest.status) {
      suspects.push({ guest: { ...guest, node: listed.node, class: listed.class }, to: listed.status });
    }
  }
  const { missing, unlisted } = missed(known, missingBefore, listing, online);
  for (const id of unlisted) facts.push(unlistedFact(id, unknown.has(id) ? 'replaced' : undefined));
  for (const [id, listed] of unknown) {
    const taken = known.guests.some((guest) => guest.id === id) && !unlisted.includes(id);
    if (!taken && online.get(listed.node) === true)
      facts.push(...found(known.hypervisor, id, listed, identities.get(id)));
  }
  return { facts, suspects, missing };
}

/** What follows from a failed poll, after `failures` of them in a row: nothing before the third. `error` is its code. */
export function observeFailure(known: Known, failures: number, error: string): Fact[] {
  if (failures < failuresUntilUnreachable || known.contact?.reachable === false) return [];
  const { hypervisor } = known;
  return [
    {
      type: 'hypervisor.unreachable',
      subject: `hypervisor/${hypervisor}`,
      data: { hypervisor, error },
    },
  ];
}

/** The news that a VM is no longer listed, or that its guest is gone. */
export function unlistedFact(vm: string, because: 'replaced' | 'destroyed' | undefined): Fact {
  const data = { vm, ...(because && { because }) };
  return { type: 'vm.unlisted', subject: guestTarget(vm), data };
}

/** Another guest stands under the vmid: what is known of the one before is no news of this one. */
export function replaced(guest: Guest, listed: ListedGuest, identity: Identity): Fact[] {
  return [unlistedFact(guest.id, 'replaced'), ...found(guest.hypervisor, guest.id, listed, identity)];
}

/** The news which guest it is, if that was not known; a VM that was stored before keeps all that it has. */
export function identified({ id, incarnation: known }: Guest, identity: Identity): Fact[] {
  const incarnation = incarnationOf(identity);
  if (known !== undefined || incarnation === undefined) return [];
  return [{ type: 'vm.identified', subject: guestTarget(id), data: { vm: id, incarnation } }];
}

function contactFacts({ hypervisor, contact }: Known, quorate: boolean): Fact[] {
  const subject = `hypervisor/${hypervisor}`;
  if (contact?.reachable !== true) {
    return [{ type: 'hypervisor.reachable', subject, data: { hypervisor, quorate } }];
  }
  if (contact.quorate === quorate) return [];
  return [{ type: 'hypervisor.quorum-changed', subject, data: { hypervisor, quorate } }];
}

function nodeFacts({ hypervisor, nodes, nodeIds }: Known, online: ReadonlyMap<string, boolean>): Fact[] {
  const taken = new Set(nodeIds);
  const names = new Set([...nodes.keys(), ...online.keys()]);
  return [...names].flatMap((node) => {
    const before = nodes.get(node);
    // A node that was taken out of its cluster is as good as off.
    const isOnline = online.get(node) ?? false;
    if (before?.online === isOnline) return [];
    const id = before?.id ?? nodeIdFor(hypervisor, node, taken);
    taken.add(id);
    const type = isOnline ? ('node.online' as const) : ('node.offline' as const);
    const collides = collidesWith({ id, hypervisor, node });
    const data = { id, hypervisor, node, ...(collides !== undefined && { collides }) };
    return [{ type, subject: nodeTarget(id), data }];
  });
}

function changes(guest: Guest, listed: ListedGuest): Fact[] {
  const subject = guestTarget(guest.id);
  const vm = guest.id;
  const facts: Fact[] = [];
  if (listed.name !== undefined && listed.name !== guest.name)
    facts.push({ type: 'vm.renamed', subject, data: { vm, name: listed.name } });
  if (isResized(guest, listed))
    facts.push({ type: 'vm.resized', subject, data: { vm, ...sizeData(listed) } });
  if (listed.class !== guest.class || listed.pool !== guest.pool) {
    const data = { vm, from: guest.class, to: listed.class, pool: listed.pool };
    facts.push({ type: 'vm.reclassified', subject, data });
  }
  if (listed.node !== guest.node) {
    const data = {
      vm,
      hypervisor: guest.hypervisor,
      node: listed.node,
      class: listed.class,
      from: guest.node,
    };
    facts.push({ type: 'vm.moved', subject, data });
  }
  return facts;
}

/** Whether it may use more or less than was known; what the listing does not say is no news. */
export function isResized(guest: Guest, { cores, memoryMib, diskGib }: ListedGuest): boolean {
  const differs = (before: number | undefined, now: number | undefined) =>
    now !== undefined && now !== before;
  return (
    differs(guest.cores, cores) || differs(guest.memoryMib, memoryMib) || differs(guest.diskGib, diskGib)
  );
}

function sizeData({ cores, memoryMib, diskGib }: ListedGuest) {
  return {
    ...(cores !== undefined && { cores }),
    ...(memoryMib !== undefined && { memory_mib: memoryMib }),
    ...(diskGib !== undefined && { disk_gib: diskGib }),
  };
}

function found(hypervisor: string, id: string, listed: ListedGuest, identity: Identity = {}): Fact[] {
  if (listed.status === 'unknown') return [];
  const { vmid, kind, name = String(listed.vmid), pool, node } = listed;
  const running = listed.status === 'running';
  const incarnation = incarnationOf(identity);
  const data = { vm: id, hypervisor, node, class: listed.class, vmid, kind, name, pool, running };
  const more = { ...sizeData(listed), ...(incarnation !== undefined && { incarnation }) };
  return [{ type: 'vm.found', subject: guestTarget(id), data: { ...data, ...more } }];
}

function missed(
  known: Known,
  before: ReadonlyMap<string, number>,
  listing: Listing,
  online: ReadonlyMap<string, boolean>,
): { missing: Map<string, number>; unlisted: string[] } {
  const present = new Map(listing.guests.map(({ vmid, kind }) => [guestId(known.prefix, vmid), kind]));
  const missing = new Map<string, number>();
  const unlisted: string[] = [];
  for (const { id, kind, node } of known.guests) {
    if (present.get(id) === kind) continue;
    const another = present.has(id);
    // Without quorum, or with its node off, a listing counts neither way.
    const counts = listing.quorate && online.get(node) !== false;
    const times = (before.get(id) ?? 0) + (counts ? 1 : 0);
    if (another || times >= listingsUntilUnlisted) unlisted.push(id);
    else missing.set(id, times);
  }
  return { missing, unlisted };
}
