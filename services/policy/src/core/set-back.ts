import type { Feed } from './feed.ts';
import type { Guest, Standing } from './guest.ts';
import type { Model } from './model.ts';
import type { NodeStanding } from './nodes.ts';
import type { Outage } from './stage.ts';

/** The clocks of the services may stand this far apart, ms. */
const skewMs = 10_000;

/**
 * The model as it is to be read when the clock was set back: what lies ahead of `now` is from before that, and nobody can tell
 * how long ago it was. It counts as the moment when this process began or the clock was set, ms since 1970, so that no
 * hold and no pause lasts for as long as the clock was set back.
 */
export function withoutFuture(model: Model, startedAt: number, now: number): Model {
  const past = (at: number): number => (at > now + skewMs ? startedAt : at);
  return {
    ...model,
    feeds: each(model.feeds, (feed) => feedPast(feed, past)),
    guests: each(model.guests, (guest) => guestPast(guest, past)),
    outages: each(model.outages, (outage) => outagePast(outage, past)),
    standings: each(model.standings, (standing) => standingPast(standing, past)),
    nodeStandings: each(model.nodeStandings, (standing) => nodePast(standing, past)),
  };
}

type Past = (at: number) => number;

function each<T>(known: ReadonlyMap<string, T>, change: (one: T) => T): ReadonlyMap<string, T> {
  return new Map([...known].map(([key, one]) => [key, change(one)]));
}

/** The optional times of a thing, those that it has. */
function optional<T extends object, K extends keyof T>(thing: T, keys: readonly K[], past: Past): Partial<T> {
  const found = keys.flatMap((key) => (typeof thing[key] === 'number' ? [[key, past(thing[key])]] : []));
  return Object.fromEntries(found) as Partial<T>;
}

function feedPast(feed: Feed, past: Past): Feed {
  const contact = { ...feed.contact, since: past(feed.contact.since) };
  const times = optional(feed, ['readAt', 'seenAt', 'lowSince'], past);
  return { ...feed, ...times, contact, since: past(feed.since) };
}

function guestPast(guest: Guest, past: Past): Guest {
  return { ...guest, ...optional(guest, ['foundAt', 'stoppedAt', 'askedAt'], past) };
}

function outagePast(outage: Outage, past: Past): Outage {
  return { ...outage, since: past(outage.since), spellSince: past(outage.spellSince) };
}

function standingPast(standing: Standing, past: Past): Standing {
  const { shed } = standing;
  return {
    ...standing,
    decidedAt: past(standing.decidedAt),
    ...(shed && { shed: { ...shed, since: past(shed.since) } }),
  };
}

function nodePast(standing: NodeStanding, past: Past): NodeStanding {
  return { ...standing, decidedAt: past(standing.decidedAt) };
}
