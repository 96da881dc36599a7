import type { EventOf, Ups } from '@huismeester/contracts';

/** What is known of one UPS, from ups-monitor's events alone; times in ms since 1970. */
export interface Feed {
  readonly ups: string;
  readonly mains: 'unknown' | 'on-mains' | 'on-battery';
  /** Since when mains has been as it is. */
  readonly since: number;
  readonly chargePct?: number;
  readonly runtimeMs?: number;
  /** When charge and runtime were read. */
  readonly readAt?: number;
  /** When it was last heard of. */
  readonly seenAt?: number;
  /** Whether the UPS is seen at all, and since when; what cannot be seen is not trusted to be well. */
  readonly contact: { readonly ok: boolean; readonly since: number };
  readonly low: boolean;
  readonly forced: boolean;
  /** Since when it is low, or forced. */
  readonly lowSince?: number;
  /** FSD stands in the status and nothing follows from it; since first contact, or beside mains. */
  readonly stuck?: 'at-contact' | 'beside-mains';
  /** What was last reported of it is from before the process began, and too old to decide on. */
  readonly doubted?: boolean;
  /** The facts of the present spell that a decision rests on, oldest first. */
  readonly evidence: readonly Evidence[];
}

/** An event that a decision can point to. */
export interface Evidence {
  readonly id: string;
  readonly correlationid: string;
}

export type FeedEvent = EventOf<
  | 'ups.found'
  | 'ups.lost'
  | 'ups.stale'
  | 'ups.on-battery'
  | 'ups.on-mains'
  | 'ups.battery-reading'
  | 'ups.battery-low'
  | 'ups.forced-shutdown'
  | 'ups.forced-shutdown-stuck'
  | 'ups.forced-shutdown-cleared'
>;

/** A UPS of which nothing is known yet. */
export function unknownFeed(ups: string): Feed {
  const contact = { ok: false, since: 0 };
  return { ups, mains: 'unknown', since: 0, contact, low: false, forced: false, evidence: [] };
}

/** The UPS while its source cannot be read, or it is parked: trusted again only a while after it is seen again. */
export function unseen(feed: Feed, since: number): Feed {
  return feed.contact.ok ? { ...feed, contact: { ok: false, since } } : feed;
}

/** Folds one of ups-monitor's events into what is known of the UPS. */
export function evolveFeed(feed: Feed, event: FeedEvent): Feed {
  const { lowSince, ...evolved } = evolve(feed, event);
  const now = Date.parse(event.time);
  const low = evolved.low || evolved.forced ? { lowSince: lowSince ?? now } : {};
  if (event.type === 'ups.lost' || event.type === 'ups.stale') return { ...evolved, ...low };
  const { doubted: _, ...seen } = evolved;
  return { ...seen, ...low, seenAt: now };
}

function evolve(feed: Feed, event: FeedEvent): Feed {
  const at = Date.parse(event.time);
  const fact: Evidence = { id: event.id, correlationid: event.correlationid };
  switch (event.type) {
    case 'ups.found':
    case 'ups.lost':
    case 'ups.stale':
      return { ...feed, contact: { ok: event.type === 'ups.found', since: at } };
    case 'ups.on-battery':
      return {
        // What was read on mains says nothing of a battery in use: an old runtime would count down to nothing.
        ...withReading(unread(feed), event.data, at),
        mains: 'on-battery',
        since: Date.parse(event.data.since),
        low: false,
        forced: feed.mains === 'on-battery' && feed.forced,
        evidence: [fact],
      };
    case 'ups.on-mains':
      return {
        ...withReading(feed, event.data, at),
        mains: 'on-mains',
        since: Date.parse(event.data.since),
        low: false,
        forced: false,
        evidence: [fact],
      };
    case 'ups.battery-reading': {
      const read = withReading(feed, event.data, at);
      return { ...read, low: event.data.low, evidence: withNewest(feed.evidence, fact) };
    }
    case 'ups.battery-low':
      return { ...withReading(feed, event.data, at), low: true, evidence: withNewest(feed.evidence, fact) };
    case 'ups.forced-shutdown':
      // FSD counts as OB LB whatever else the status says: the UPS is about to cut the power (field fact of upsd).
      return {
        ...feed,
        mains: 'on-battery',
        since: feed.mains === 'on-battery' ? feed.since : at,
        forced: true,
        evidence: withNewest(feed.mains === 'on-battery' ? feed.evidence : [], fact),
      };
    case 'ups.forced-shutdown-stuck':
      return { ...feed, stuck: event.data.at_contact ? 'at-contact' : 'beside-mains' };
    case 'ups.forced-shutdown-cleared':
      return unstuck(feed);
  }
}

/** The first fact began the spell and the newest one tips the scale; what lies between adds nothing to a reason. */
function withNewest(evidence: readonly Evidence[], fact: Evidence): readonly Evidence[] {
  return [...evidence.slice(0, 1), fact];
}

function unstuck({ stuck: _, ...rest }: Feed): Feed {
  return rest;
}

function unread({ chargePct: _charge, runtimeMs: _runtime, readAt: _at, ...rest }: Feed): Feed {
  return rest;
}

/** A reading replaces the one before it as a whole: an old runtime must not outlive a newer charge. */
function withReading(feed: Feed, data: { charge_pct?: number; runtime_s?: number }, at: number): Feed {
  if (data.charge_pct === undefined && data.runtime_s === undefined) return feed;
  return {
    ...unread(feed),
    ...(data.charge_pct !== undefined && { chargePct: data.charge_pct }),
    ...(data.runtime_s !== undefined && { runtimeMs: data.runtime_s * 1000 }),
    readAt: at,
  };
}

/** The UPS as ups-monitor's snapshot has it: the same as a fold of its events up to there. */
export function feedFrom(ups: Ups): Feed {
  const { reported } = ups;
  if (!reported) return feedFromOlder(ups);
  const { contactSince, seenAt, lowSince, readAt, charge_pct, runtime_s, stuck } = reported;
  return {
    ups: ups.id,
    mains: ups.mains,
    since: timeOf(ups.since),
    contact: { ok: ups.contact === 'ok', since: timeOf(contactSince) },
    low: reported.low,
    forced: reported.forced,
    evidence: reported.evidence,
    ...(seenAt !== undefined && { seenAt: timeOf(seenAt) }),
    ...(lowSince !== undefined && { lowSince: timeOf(lowSince) }),
    ...(readAt !== undefined && { readAt: timeOf(readAt) }),
    ...(charge_pct !== undefined && { chargePct: charge_pct }),
    ...(runtime_s !== undefined && { runtimeMs: runtime_s * 1000 }),
    ...(stuck !== undefined && { stuck }),
  };
}

/**
 * From a ups-monitor of before `reported`: without evidence, and without a runtime until the next reading, since it does not
 * say when that was read.
 */
function feedFromOlder(ups: Ups): Feed {
  const { charge_pct } = ups;
  const since = timeOf(ups.since);
  return {
    ups: ups.id,
    mains: ups.mains,
    since,
    // Since when it is seen is not known; it was seen when mains became what it is.
    contact: { ok: ups.contact === 'ok', since },
    low: ups.low,
    forced: ups.forced,
    evidence: [],
    ...(charge_pct !== undefined && { chargePct: charge_pct }),
    ...(ups.stuckForced && { stuck: 'beside-mains' as const }),
  };
}

/** The runtime as it must be by now: the last one read, less the time since, ms. Undefined where the UPS reports none. */
export function runtimeLeft(feed: Feed, now: number): number | undefined {
  if (feed.runtimeMs === undefined || feed.readAt === undefined) return undefined;
  return Math.max(0, feed.runtimeMs - Math.max(0, now - feed.readAt));
}

/** Milliseconds since 1970; 0 for what never was. */
function timeOf(timestamp: string | undefined): number {
  return timestamp === undefined ? 0 : Date.parse(timestamp);
}
