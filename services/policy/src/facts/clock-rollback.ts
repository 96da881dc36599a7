/** The clocks of the services may stand this far apart, ms. */
const skewMs = 10_000;

/**
 * What is stored, as it is to be read after a clock rollback: a time that lies ahead of `now` is from before that, and nobody
 * can tell how long ago it was. It counts as `startedAt`, the moment when this process began or the clock was set back (both
 * ms since 1970), so that no wait lasts for as long as the clock was set back. Something that lasts from `since` to `until`
 * keeps its length. Times are the numbers under keys that are `since` or end in `At`; what has none is returned as it is.
 */
export function withoutFuture<T>(stored: T, startedAt: number, now: number): T {
  return past(stored, { latest: now + skewMs, startedAt }) as T;
}

/** What `withoutFuture` changed, as it is stored. */
const asStored = new WeakMap<object, object>();

/** What `withoutFuture` has returned, as it is stored: there a time is the same before and after a clock rollback. */
export function stored<T extends object>(known: T): T {
  return (asStored.get(known) ?? known) as T;
}

interface Clock {
  readonly latest: number;
  readonly startedAt: number;
}

function past(value: unknown, clock: Clock): unknown {
  if (typeof value !== 'object' || value === null || latestIn(value) <= clock.latest) return value;
  if (value instanceof Map) return pastMap(value, clock);
  if (Array.isArray(value)) return pastArray(value, clock);
  return pastObject(value as Record<string, unknown>, clock);
}

function pastMap(map: ReadonlyMap<unknown, unknown>, clock: Clock): ReadonlyMap<unknown, unknown> {
  const changed = [...map].map(([key, each]) => [key, past(each, clock), each] as const);
  return changed.some(([, now, before]) => now !== before)
    ? new Map(changed.map(([key, each]) => [key, each]))
    : map;
}

function pastArray(list: readonly unknown[], clock: Clock): readonly unknown[] {
  const changed = list.map((each) => past(each, clock));
  return changed.some((each, index) => each !== list[index]) ? changed : list;
}

function pastObject(
  before: Readonly<Record<string, unknown>>,
  clock: Clock,
): Readonly<Record<string, unknown>> {
  const changed: Record<string, unknown> = {};
  let isChanged = false;
  for (const [key, each] of Object.entries(before)) {
    const now = isAhead(key, each, clock) ? clock.startedAt : past(each, clock);
    if (now !== each) isChanged = true;
    changed[key] = now;
  }
  if (!isChanged) return before;
  const { since, until } = before;
  if (isAhead('since', since, clock) && typeof until === 'number')
    changed.until = clock.startedAt + (until - since);
  asStored.set(changed, before);
  return changed;
}

function isAhead(key: string, value: unknown, { latest: ahead }: Clock): value is number {
  return typeof value === 'number' && value > ahead && isTime(key);
}

/** The latest time in each stored object: they are immutable, and most are looked at again and again. */
const latest = new WeakMap<object, number>();

function latestIn(value: object): number {
  const known = latest.get(value);
  if (known !== undefined) return known;
  let found = Number.NEGATIVE_INFINITY;
  const entries = value instanceof Map ? value.entries() : Object.entries(value);
  for (const [key, each] of entries) {
    if (typeof each === 'number' && isTime(String(key))) found = Math.max(found, each);
    else if (typeof each === 'object' && each !== null) found = Math.max(found, latestIn(each));
  }
  latest.set(value, found);
  return found;
}

function isTime(key: string): boolean {
  return key === 'since' || key.endsWith('At');
}
