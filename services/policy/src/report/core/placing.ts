import { canonical } from './canonical.ts';
import { type Entry, iso } from './entry.ts';

/** What a report is about: from the first moment to the last, which is not included; ms since 1970. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the report of the month before was made of: all before `to` that was collected up to these numbers, by source. */
export interface Before {
  readonly to: number;
  readonly seqs: Readonly<Record<string, number>>;
}

/** Whether something is said as of this range, or as late; undefined: it was said before, or is not said yet. */
export type Place = 'happened' | 'late';
export type Placing = (entry: Entry) => Place | undefined;

/** Late is what happened before the range and was collected after the report of its month was made. */
export function placing({ from, to }: Range, before: Before | undefined): Placing {
  return ({ time, seq, source, isState }) => {
    // What a snapshot has did not happen when it was taken.
    if (isState || time >= to) return undefined;
    if (time >= from) return 'happened';
    if (before === undefined || time >= before.to) return undefined;
    return seq > (before.seqs[source] ?? 0) ? 'late' : undefined;
  };
}

/** Gathers what happened, each in its place. */
export function gathering<Line extends object>(place: Placing) {
  type Placed = Line & { readonly at: string };
  const found: Record<Place, Placed[]> = { happened: [], late: [] };
  return {
    add(entry: Entry, line: Line): void {
      const where = place(entry);
      if (where !== undefined) found[where].push({ at: iso(entry.time), ...line });
    },
    /** In the order of their moments; of the same moment in that of their text, whatever came first. */
    of: (where: Place): Placed[] => found[where].toSorted(byMoment),
  };
}

/** Text is made of a line only where the moments are the same: it takes long. */
function byMoment(one: { readonly at: string }, other: { readonly at: string }): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  const [text, otherText] = [canonical(one), canonical(other)];
  return text < otherText ? -1 : text > otherText ? 1 : 0;
}

/** In the order of their keys; those with equal keys as they were. */
export function sortedBy<Item>(items: Iterable<Item>, key: (item: Item) => string): Item[] {
  const keyed = [...items].map((item) => ({ item, key: key(item) }));
  return keyed
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ item }) => item);
}
