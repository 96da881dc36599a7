import type { Facts } from './index.ts';
import { type Feed, runtimeLeft } from './ups.ts';

/** How long a process that begins waits to hear of its UPSes: ups-monitor takes a look, or 3 s to call one lost, ms. */
export const confirmationMs = 10_000;

/**
 * What was heard so shortly before the start is confirmed: on battery ups-monitor repeats itself every 15 s, so that a process
 * that runs decides on nothing newer. One that begins beside a ups-monitor that ran on would wait for that in vain.
 */
const freshMs = 15_000;

/**
 * How long a process whose civil clock was set waits to hear of its UPSes anew, ms: until ups-monitor has repeated itself. By
 * the time of what was heard before nobody can say how long ago that was: a clock that is set ahead would make a full
 * battery look empty.
 */
export const repeatedMs = freshMs + 1_000;

/** As with decisions: what is older must be confirmed before anything follows from it. */
const oldMs = 10 * 60_000;

/**
 * Whether a power cut hangs on a UPS of which nothing was heard since the process began (ms since 1970), or shortly before, or
 * else since its clock was set: part of the power rule's gate, for `confirmationMs` at most, or `repeatedMs`. `inOutage` has
 * the ids of the UPSes whose outage is not over.
 */
export function awaitsConfirmation(
  ups: Facts['ups'],
  inOutage: ReadonlySet<string>,
  startedAt: number,
  clockWasSet = false,
): boolean {
  const heardAfter = clockWasSet ? startedAt : startedAt - freshMs;
  return [...ups.values()].some(
    (feed) =>
      (feed.mains === 'on-battery' || inOutage.has(feed.ups)) &&
      Math.max(lastSeen(feed), feed.contact.since) < heardAfter,
  );
}

/**
 * The UPSes with doubts about each that was on battery before the process began and is not seen since: mains may have
 * come back meanwhile. Surely they have, where the battery would have been empty by then and yet we run.
 */
export function withDoubts(ups: Facts['ups'], startedAt: number): Facts['ups'] {
  const doubted = [...ups.values()].filter((feed) => isDoubtful(feed, startedAt));
  if (doubted.length === 0) return ups;
  const feeds = new Map(ups);
  for (const feed of doubted) feeds.set(feed.ups, { ...feed, doubted: true });
  return feeds;
}

function isDoubtful(feed: Feed, startedAt: number): boolean {
  const seenAt = lastSeen(feed);
  if (feed.mains !== 'on-battery' || seenAt >= startedAt) return false;
  return seenAt < startedAt - oldMs || runtimeLeft(feed, startedAt) === 0;
}

function lastSeen({ seenAt, readAt, since }: Feed): number {
  return seenAt ?? readAt ?? since;
}
