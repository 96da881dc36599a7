/** A thing of a random space, as the settings and the other services have it. */
export interface Item {
  readonly id: string;
  /** All groups are needed, of each any one member. */
  readonly needs: readonly (readonly string[])[];
  /** A port is seen by looking at its switch; what is outside is in another service's log, which may be watched as if it were looked at. */
  readonly seenBy: 'look' | 'switch' | 'log' | 'watched-log';
  readonly core: boolean;
  readonly incidents: boolean;
  readonly silent: boolean;
  readonly here: boolean;
  readonly everyMs: number;
  readonly answersMs: number;
  /** When it fails by itself it refuses, which is an answer, too; otherwise it is silent. */
  readonly refuses: boolean;
  readonly counting: { readonly failed: number; readonly of: number; readonly good: number };
}

/** A part of the true time, ms from the beginning; `to` is not in it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What truly happens in a space. */
export interface History {
  readonly items: readonly Item[];
  /** Probes that are looked through only. */
  readonly passages: ReadonlySet<string>;
  readonly faults: readonly (Stretch & { readonly thing: string })[];
  /** No other machine can be reached. */
  readonly cuts: readonly Stretch[];
  /** The caretaker is off; in order. */
  readonly offs: readonly Stretch[];
  /** Nothing can be stored. */
  readonly stalls: readonly Stretch[];
  /** The civil clock is set; in order. */
  readonly jumps: readonly { readonly at: number; readonly byMs: number }[];
  readonly endMs: number;
}

export const second = 1000;
export const minute = 60 * second;
export const gateway = 'probe/gateway';

export function isIn(stretches: readonly Stretch[], t: number): boolean {
  return stretches.some(({ from, to }) => from <= t && t < to);
}

/** 2026-11-30 12:00 UTC, by a clock that nobody sets. */
const noon = Date.UTC(2026, 10, 30, 12);

/** What the civil clock shows at a true time, ms since 1970. */
export function civil({ jumps }: Pick<History, 'jumps'>, t: number): number {
  return jumps.reduce((sum, { at, byMs }) => (at <= t ? sum + byMs : sum), noon + t);
}

/** The latest true time, not after `until`, at which the civil clock showed this; the nearest if it never did. */
export function trueTime(history: Pick<History, 'jumps'>, time: number, until: number): number {
  const edges = [0, ...history.jumps.map(({ at }) => at).filter((at) => at <= until)];
  for (const [index, from] of [...edges.entries()].toReversed()) {
    const found = from + (time - civil(history, from));
    if (found >= from && found < (edges[index + 1] ?? Number.POSITIVE_INFINITY)) return found;
  }
  return Math.max(0, Math.min(until, time - noon));
}
