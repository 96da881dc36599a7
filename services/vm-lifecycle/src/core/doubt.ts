import type { Guest, ListedGuest, Listing } from './guest.ts';
import { guestId, isResized, type Known } from './observe.ts';

/** What the listing before had of each guest's uptime, in seconds, by the guest's id. */
export type Uptimes = ReadonlyMap<string, number>;

/** A guest whose configuration is to be read, as its hypervisor needs to know where it is. */
export interface Doubtful {
  readonly id: string;
  readonly vmid: number;
  readonly kind: Guest['kind'];
  readonly node: string;
}

export interface Doubts {
  /** Those that are new, and those that may be others than they were. */
  readonly ask: readonly Doubtful[];
  /** Those that ran before and run now, and were off in between, or moved: as they were known. */
  readonly restarted: readonly { readonly guest: Guest; readonly node: string }[];
  readonly uptimes: Uptimes;
}

/** So many new guests are asked which they are before they are reported; the inspector reads the others soon. */
const mostNew = 32;
/** A clock of a node may stand this far from ours, and a listing is this old, ms. */
const bootMarginMs = 60_000;

/**
 * Which guests of a listing are to be looked at more closely before anything is made of their rows. A vmid is reused at once, so
 * whatever differs may be another guest's: its name, its size, or a process that is younger than it was. `again` are the ids of those
 * that could not be read before.
 */
export function doubts(
  known: Known,
  before: Uptimes,
  listing: Listing,
  { again, now }: { readonly again: ReadonlySet<string>; readonly now: Date },
): Doubts {
  const online = new Set(listing.nodes.filter((node) => node.online).map((node) => node.name));
  const guests = new Map(known.guests.map((guest) => [guest.id, guest]));
  const ask: Doubtful[] = [];
  const restarted: { guest: Guest; node: string }[] = [];
  const uptimes = new Map<string, number>();
  let fresh = 0;
  for (const listed of listing.guests) {
    const id = guestId(known.prefix, listed.vmid);
    // That of a process that was off at one look says more than a zero.
    const uptime = listed.uptime === 0 ? before.get(id) : listed.uptime;
    if (uptime !== undefined) uptimes.set(id, uptime);
    if (!online.has(listed.node) || listed.status === 'unknown') continue;
    const guest = guests.get(id);
    const isNew = guest?.kind !== listed.kind;
    if (isNew) fresh += 1;
    const younger = !isNew && isYounger(guest, listed, before.get(id), now);
    if (younger && guest.status === 'running' && listed.status === 'running')
      restarted.push({ guest, node: listed.node });
    const ifKnown = !isNew && guest.incarnation !== undefined;
    const differs =
      ifKnown && (younger || again.has(id) || isRenamed(guest, listed) || isResized(guest, listed));
    if (differs || (isNew && fresh <= mostNew))
      ask.push({ id, vmid: listed.vmid, kind: listed.kind, node: listed.node });
  }
  return { ask, restarted, uptimes };
}

function isRenamed(guest: Guest, { name }: ListedGuest): boolean {
  return name !== undefined && name !== guest.name;
}

/** Its process began after the listing before; where there was none, since we were off, after its start was last seen. */
function isYounger(guest: Guest, { uptime }: ListedGuest, before: number | undefined, now: Date): boolean {
  if (uptime === undefined || uptime === 0) return false;
  if (before !== undefined) return uptime < before;
  return now.getTime() - uptime * 1000 > guest.changedAt.getTime() + bootMarginMs;
}
