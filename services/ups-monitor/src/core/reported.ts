import type { StoredEvent, Ups } from '@huismeester/contracts';
import type { UpsEvent } from './events.ts';
import { known } from './known.ts';

/**
 * What the events of a UPS say up to now, with when they said it and which they were: a reader that begins with the snapshot
 * goes on as if it had folded them itself.
 */
export type Reported = NonNullable<Ups['reported']>;

/** An event as the log has it. */
export type LoggedUpsEvent = UpsEvent & Pick<StoredEvent, 'id' | 'correlationid' | 'time'>;

/** A UPS of which nothing was reported yet. */
export const nothingReported: Reported = { low: false, forced: false, evidence: [] };

/** What is reported after one more event. */
export function report(before: Reported, event: LoggedUpsEvent): Reported {
  const { id, correlationid, time } = event;
  const evidence = { id, correlationid };
  switch (event.type) {
    case 'ups.found':
      return { ...before, contactSince: time, seenAt: time };
    case 'ups.lost':
    case 'ups.stale':
      return { ...before, contactSince: time };
    case 'ups.on-battery': {
      const { lowSince: _, ...kept } = before;
      const begun: Reported = { ...kept, low: false, forced: false, evidence: [evidence], seenAt: time };
      // What was read on mains says nothing of a battery in use.
      return withReading(unread(begun), event.data, time);
    }
    case 'ups.on-mains': {
      const { lowSince: _, ...kept } = before;
      const ended: Reported = { ...kept, low: false, forced: false, evidence: [evidence], seenAt: time };
      return withReading(ended, event.data, time);
    }
    case 'ups.battery-reading':
    case 'ups.battery-low': {
      const { lowSince, ...kept } = before;
      const low = event.type === 'ups.battery-low' || event.data.low;
      const since = low || before.forced ? { lowSince: lowSince ?? time } : {};
      const seen: Reported = { ...kept, ...since, low, evidence: withNewest(before, evidence), seenAt: time };
      return withReading(seen, event.data, time);
    }
    case 'ups.forced-shutdown':
      return {
        ...before,
        forced: true,
        lowSince: before.lowSince ?? time,
        evidence: withNewest(before, evidence),
        seenAt: time,
      };
    case 'ups.forced-shutdown-stuck':
      return { ...before, stuck: event.data.at_contact ? 'at-contact' : 'beside-mains', seenAt: time };
    case 'ups.forced-shutdown-cleared': {
      const { stuck: _, ...kept } = before;
      return { ...kept, seenAt: time };
    }
    default:
      return before;
  }
}

type Evidence = Reported['evidence'][number];

/** The first event of the spell and the newest: what lies between adds nothing to a reason. */
function withNewest({ evidence }: Reported, newest: Evidence): Evidence[] {
  return [...evidence.slice(0, 1), newest];
}

function unread({ charge_pct: _, runtime_s: __, readAt: ___, ...rest }: Reported): Reported {
  return rest;
}

/** A reading replaces the one before it as a whole; an event without numbers leaves it. */
function withReading(reported: Reported, { charge_pct, runtime_s }: Reading, time: string): Reported {
  if (charge_pct === undefined && runtime_s === undefined) return reported;
  return { ...unread(reported), ...known({ charge_pct, runtime_s }), readAt: time };
}

type Reading = Pick<Reported, 'charge_pct' | 'runtime_s'>;
