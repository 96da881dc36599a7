import { countChanges, type Flaps, flapWindow_s, noFlaps } from './flaps.ts';
import type { Now } from './moment.ts';
import type { Because, Sight } from './thing.ts';
import type { Signal } from './world.ts';

/** What of a look at a service counts: whether it answers as it should. */
export interface Seen extends Because {
  /** `good`: it answers; `unknown`: the look was not possible, which says nothing of the service. */
  readonly outcome: 'good' | 'bad' | 'unknown';
  /** When the look began. */
  readonly began: Now;
}

/** How many looks make a verdict; see the settings of a probe. */
export interface Counting {
  readonly failed: number;
  readonly of: number;
  readonly good: number;
}

/** What one process has seen of a service and not yet concluded; after a restart it begins empty, but for the flaps. */
export interface ProbeWatch {
  /** The verdict, and when the first look began that it rests on. */
  readonly found?: Found;
  /** The last looks since the verdict changed, oldest first: as many as are counted. */
  readonly recent: readonly Pick<Seen, 'outcome' | 'began' | 'reason' | 'detail'>[];
  /** How the last look that was good or bad went. */
  readonly last?: 'good' | 'bad';
  readonly flaps: Flaps;
}

export interface WatchStep {
  readonly watch: ProbeWatch;
  readonly signals: readonly Signal[];
  /** The last look differs from the verdict, or there is none yet: look again soon. */
  readonly inDoubt: boolean;
}

/** The watch of a service that was not looked at since the start. */
export function newWatch(flaps: Flaps = noFlaps): ProbeWatch {
  return { recent: [], flaps };
}

/**
 * Whatever was counted does not count any more; how often it changed does, but for its last failure: that was for want of something
 * else, and that it answers again is no change of its own either.
 */
export function fromZero({ flaps, last }: ProbeWatch): ProbeWatch {
  const times = last === 'bad' ? flaps.times.slice(0, -1) : flaps.times;
  return { recent: [], flaps: { ...flaps, times } };
}

/** What one more look means. */
export function look(id: string, before: ProbeWatch, seen: Seen, counting: Counting, now: Now): WatchStep {
  const longest = Math.max(counting.of, counting.good);
  const counted = [...before.recent, seen].slice(-longest);
  const last = seen.outcome === 'unknown' ? before.last : seen.outcome;
  const isChange = seen.outcome !== 'unknown' && before.last !== undefined && before.last !== seen.outcome;
  const found = foundBy(before.found, counted, seen, counting);
  // A look that began before the state changed does not count towards the next.
  const recent = found?.sight === before.found?.sight ? counted : [];
  const { flaps, turned } = countedChanges({ ...before, ...(found && { found }) }, Number(isChange), now);
  const watch: ProbeWatch = { recent, flaps, ...(last && { last }), ...(found && { found }) };
  const isNews =
    found !== undefined && (found.sight !== before.found?.sight || found.reason !== before.found.reason);
  return {
    watch,
    signals: [
      ...(isNews ? [{ kind: 'sight', thing: id, ...found } as const] : []),
      ...(turned === 'flapping'
        ? [{ kind: 'flapping', thing: id, changes: flaps.times.length, within_s: flapWindow_s } as const]
        : []),
      ...(turned === 'stable' ? [{ kind: 'stable', thing: id } as const] : []),
    ],
    inDoubt: isDoubtful(watch, seen),
  };
}

/** Changes are counted always, but nothing follows from them before there is a verdict. */
function countedChanges({ flaps: before, found }: ProbeWatch, changes: number, now: Now): Counted {
  const { flaps, turned } = countChanges(before, changes, now.time);
  return found ? { flaps, turned } : { flaps: { ...flaps, flapping: before.flapping }, turned: undefined };
}

interface Counted {
  readonly flaps: Flaps;
  readonly turned: 'flapping' | 'stable' | undefined;
}

interface Found extends Because {
  readonly sight: Sight;
  readonly since: Now;
}

/** The verdict after a look: while it stays as it is, it is so since the first look of that, for the reason of the last one. */
function foundBy(
  before: Found | undefined,
  counted: ProbeWatch['recent'],
  seen: Seen,
  counting: Counting,
): Found | undefined {
  if (before?.sight === sights[seen.outcome])
    return { sight: before.sight, since: before.since, ...becauseOf(seen) };
  return sightOf(counted, counting) ?? before;
}

/** The verdict that the last looks allow; undefined: as it was, since none is complete. */
function sightOf(recent: ProbeWatch['recent'], { failed, of, good }: Counting): Found | undefined {
  const newest = recent.at(-1);
  if (!newest) return undefined;
  const run = recent.slice(recent.findLastIndex(({ outcome }) => outcome !== newest.outcome) + 1);
  const bad = recent.slice(-of).filter(({ outcome }) => outcome === 'bad');
  const needed = { good, bad: 1, unknown: failed }[newest.outcome];
  const [first] = newest.outcome === 'bad' ? bad : run;
  if (!first || run.length < needed || (newest.outcome === 'bad' && bad.length < failed)) return undefined;
  return { sight: sights[newest.outcome], since: first.began, ...becauseOf(newest) };
}

const sights = { good: 'answers', bad: 'fails', unknown: 'unseen' } as const;

function becauseOf({ reason, detail }: Because): Because {
  return { ...(reason && { reason }), ...(detail !== undefined && { detail }) };
}

function isDoubtful({ found }: ProbeWatch, { outcome }: Seen): boolean {
  return found === undefined || found.sight !== sights[outcome];
}
