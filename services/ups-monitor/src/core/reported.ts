import type { StoredEvent, Ups } from '@huismeester/contracts';
import type { UpsEvent } from './events.ts';
import { known } from './known.ts';

/**
 * What the events of a UPS reported up to now, with when and by which of them: a reader that begins with the snapshot goes on as
 * if it had folded them itself.
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
    case 'ups.on-battery':
    case 'ups.on-mains': {
      // What was read on mains is not true of a battery in use.
      const { lowSince: _, ...kept } = event.type === 'ups.on-battery' ? unread(before) : before;
      const turned: Reported = { ...kept, low: false, forced: false, evidence: [evidence], seenAt: time };
      return withReading(turned, event.data, time);
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
