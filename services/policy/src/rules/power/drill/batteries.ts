import type { Facts } from '../../../facts/index.ts';
import { type Feed, unknownFeed } from '../../../facts/ups.ts';

/** Which power cut is rehearsed: the UPSes whose mains fails, and what their batteries hold where that is given. */
export interface DrillOf {
  readonly ups: readonly string[];
  readonly chargePct?: number;
  readonly runtimeMs?: number;
}

/** What a battery holds when mains fails; unknown is left out. */
export interface Battery {
  readonly chargePct?: number;
  readonly runtimeMs?: number;
}

/** The batteries of the UPSes whose mains fails: as given, or as they were last read. */
export function batteriesOf(ups: Facts['ups'], asked: DrillOf): ReadonlyMap<string, Battery> {
  return new Map(asked.ups.map((id) => [id, batteryOf(ups.get(id), asked)]));
}

function batteryOf(feed: Feed | undefined, { chargePct, runtimeMs }: DrillOf): Battery {
  const charge = chargePct ?? feed?.chargePct;
  const runtime = runtimeMs ?? feed?.runtimeMs;
  return {
    ...(charge !== undefined && { chargePct: charge }),
    ...(runtime !== undefined && { runtimeMs: runtime }),
  };
}

/** The longest of the lengths; undefined when one of them is unknown, or there is none. */
export function lastOf(lengths: readonly (number | undefined)[]): number | undefined {
  const known = lengths.filter((each) => each !== undefined);
  return known.length < lengths.length || known.length === 0 ? undefined : Math.max(...known);
}

/** When the next reading of each battery comes, ms since 1970: each per cent that it loses is one, and so is its end. */
export function nextReadings(batteries: Iterable<Battery>, start: number, now: number): number[] {
  return [...batteries].flatMap(({ chargePct, runtimeMs }) => {
    if (chargePct === undefined || runtimeMs === undefined) return [];
    const step = runtimeMs / 100;
    const next = (Math.floor((now - start) / step + 1e-9) + 1) * step;
    const at = start + Math.min(next, runtimeMs);
    return at > now ? [at] : [];
  });
}

/** A UPS on battery since `start`, whose battery runs down evenly. Times are ms since 1970. */
export function onBattery(ups: string, { chargePct, runtimeMs }: Battery, start: number, now: number): Feed {
  const on: Feed = { ...seen(ups, now), mains: 'on-battery', since: start };
  if (runtimeMs === undefined) return on;
  const left = Math.max(0, runtimeMs - (now - start));
  const charge = chargePct === undefined ? {} : { chargePct: Math.floor((chargePct * left) / runtimeMs) };
  return { ...on, runtimeMs: left, ...charge };
}

/** The UPS once mains is back, with a battery that holds `chargePct`. */
export function onMains(ups: string, since: number, chargePct: number, now: number): Feed {
  return { ...seen(ups, now), mains: 'on-mains', since, chargePct };
}

function seen(ups: string, now: number): Feed {
  return { ...unknownFeed(ups), contact: { ok: true, since: 0 }, readAt: now, seenAt: now };
}

/** A UPS that is not part of the drill is on mains, whatever it is in truth. */
export function calm(feed: Feed): Feed {
  return { ...feed, mains: 'on-mains', low: false, forced: false };
}
