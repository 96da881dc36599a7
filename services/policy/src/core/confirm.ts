import type { Feed } from './feed.ts';
import type { Model } from './model.ts';
import { runtimeLeft } from './stage.ts';

/** How long a process that begins waits for word of its UPSes: ups-monitor takes a look, or 3 s to call one lost. */
export const patienceMs = 10_000;

/**
 * What was heard so shortly before the start is word enough: on battery ups-monitor repeats itself every 15 s, so that a process
 * that runs goes by nothing newer. One that begins beside a ups-monitor that ran on would wait for that in vain.
 */
const freshMs = 15_000;

/** As with decisions: what is older is not gone by without being told anew. */
const oldMs = 10 * 60_000;

/** Whether something hangs on a UPS of which nothing was heard since the process began, ms since 1970, or shortly before. */
export function awaitsWord({ feeds, outages }: Model, startedAt: number): boolean {
  return [...feeds.values()].some(
    (feed) =>
      (feed.mains === 'on-battery' || outages.has(feed.ups)) &&
      Math.max(lastSeen(feed), feed.contact.since) < startedAt - freshMs,
  );
}

/**
 * The model with doubts about each UPS that was on battery before the process began and is not seen since: mains may have
 * come back meanwhile. Surely they have, where the battery would have been empty by then and yet we run.
 */
export function withDoubts(model: Model, startedAt: number): Model {
  const doubted = [...model.feeds.values()].filter((feed) => isDoubtful(feed, startedAt));
  if (doubted.length === 0) return model;
  const feeds = new Map(model.feeds);
  for (const feed of doubted) feeds.set(feed.ups, { ...feed, doubted: true });
  return { ...model, feeds };
}

function isDoubtful(feed: Feed, startedAt: number): boolean {
  const seenAt = lastSeen(feed);
  if (feed.mains !== 'on-battery' || seenAt >= startedAt) return false;
  return seenAt < startedAt - oldMs || runtimeLeft(feed, startedAt) === 0;
}

function lastSeen({ seenAt, readAt, since }: Feed): number {
  return seenAt ?? readAt ?? since;
}
