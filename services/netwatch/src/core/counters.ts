import type { Now } from './moment.ts';

/** The counters of a port as a look read them; octets of 64 bits where the agent has them. */
export interface Counters {
  readonly inOctets?: bigint;
  readonly outOctets?: bigint;
  /** Whether the octets are ifHCInOctets and ifHCOutOctets. */
  readonly wide: boolean;
  readonly errors?: number;
  readonly packets?: number;
  /** ifCounterDiscontinuityTime, hundredths of a second of sysUpTime. */
  readonly discontinuity?: number;
  /** sysUpTime of the same look. */
  readonly ticks?: number;
  readonly at: Now;
}

export interface Rates {
  readonly in_bps?: number;
  readonly out_bps?: number;
}

const modulo32 = 2n ** 32n;

/**
 * The rates between two looks, by our own clock: an agent's uptime may stand still. After a reset there is none until the next look.
 *
 * @param speed_bps of the port, to tell a wrapped counter of 32 bits from one that was reset; undefined: not known
 */
export function ratesBetween(before: Counters, now: Counters, speed_bps: number | undefined): Rates {
  const seconds = (now.at.ms - before.at.ms) / 1000;
  if (seconds <= 0 || isDiscontinuous(before, now)) return {};
  const rate = (from: bigint | undefined, to: bigint | undefined) => {
    if (from === undefined || to === undefined) return undefined;
    const grown = to >= from ? to - from : now.wide ? undefined : to + modulo32 - from;
    if (grown === undefined) return undefined;
    const bps = (Number(grown) * 8) / seconds;
    const isWrap = to < from;
    return isWrap && (speed_bps === undefined || bps > 1.05 * speed_bps) ? undefined : bps;
  };
  const in_bps = rate(before.inOctets, now.inOctets);
  const out_bps = rate(before.outOctets, now.outOctets);
  return { ...(in_bps !== undefined && { in_bps }), ...(out_bps !== undefined && { out_bps }) };
}

/** The agent says itself that counters began anew, or does so by an uptime that went back. */
function isDiscontinuous(before: Counters, now: Counters): boolean {
  if (before.wide !== now.wide || before.discontinuity !== now.discontinuity) return true;
  return before.ticks !== undefined && now.ticks !== undefined && now.ticks < before.ticks;
}

const windowMs = 300_000;
const dayMs = 86_400_000;
const fewest = 100;
const share = 1_000;

/** Errors and packets of the last 5 min, one a minute: with thousands of ports more would fill the memory. */
export type ErrorSamples = readonly {
  readonly ms: number;
  readonly errors: number;
  readonly packets: number;
}[];

/** How many errors there were in the last 5 min, when that is more than 1 in 1,000 packets and 100 in all. */
export function countErrors(
  samples: ErrorSamples,
  { errors, packets, at }: Counters,
): {
  readonly samples: ErrorSamples;
  readonly rising?: { readonly errors: number; readonly packets: number };
} {
  if (errors === undefined || packets === undefined) return { samples: [] };
  const previous = samples.at(-1);
  // A counter that went back was reset, or wrapped: what it counted before cannot be compared.
  const kept = previous && (errors < previous.errors || packets < previous.packets) ? [] : samples;
  const recent = kept.filter(({ ms }) => at.ms - ms <= windowMs);
  const newest = recent.at(-1);
  if (!newest || at.ms - newest.ms >= 60_000) recent.push({ ms: at.ms, errors, packets });
  const [first] = recent;
  const grown = {
    errors: errors - (first?.errors ?? errors),
    packets: packets - (first?.packets ?? packets),
  };
  const isRising = grown.errors > fewest && grown.errors * share > grown.packets + grown.errors;
  return { samples: recent, ...(isRising && { rising: grown }) };
}

/** Whether it may be said again: once a day. */
export function isDue(saidAt: number | undefined, time: number): boolean {
  return saidAt === undefined || time - saidAt >= dayMs || time < saidAt;
}
