import { explained, failuresOf } from './explained.ts';
import { type History, minute, type Stretch, second } from './space.ts';
import type { Segment, Truth } from './truth.ts';

export type State = 'up' | 'down' | 'unknown';

/** Longer than it takes, with all its waits, from a change to the first look that its verdict rests on. */
export const slackMs = 75 * second;
/** Less than it takes to call anything down. */
const soonestMs = 8 * second;
/** An incident goes on when its root fails again within this. */
const sameMs = 10 * minute;
const heartbeatMs = 10 * second;

/** A state that a thing truly has all the time, as far as it can be known. */
export interface Expected extends Stretch {
  readonly state: State;
}

/** The state of a thing from its beginning to its end, by what truly happened. */
export function expectedStates({ segments, history, items }: Truth, id: string): Expected[] {
  const { offs, passages } = history;
  const all: Expected[] = [];
  const add = (state: State, { from, to }: Stretch) => {
    const last = all.at(-1);
    if (last?.state === state && last.to === from) all.splice(-1, 1, { ...last, to });
    else if (from < to) all.push({ state, from, to });
  };
  for (const segment of segments) {
    const state = stateIn(segment, id, { items, passages });
    let { from } = segment;
    for (const off of offs) {
      const begin = Math.max(from, off.from);
      const end = Math.min(segment.to, off.to);
      if (begin >= end) continue;
      add(state, { from, to: begin });
      add('unknown', { from: begin, to: end });
      from = end;
    }
    add(state, { from, to: segment.to });
  }
  return all;
}

function stateIn(
  { failed, cut, refusing }: Segment,
  id: string,
  { items, passages }: { readonly items: Truth['items']; readonly passages: History['passages'] },
): State {
  const item = items.get(id);
  if (cut && !item?.here) return 'unknown';
  // What a switch does not say of its ports is unknown.
  const parent = item?.seenBy === 'switch' ? item.needs[0]?.[0] : undefined;
  if (refusing.has(id) || (parent !== undefined && (failed.has(parent) || refusing.has(parent)))) {
    return 'unknown';
  }
  if (!failed.has(id)) return 'up';
  return explained(failuresOf(items, passages, failed), id)?.state ?? 'down';
}

/** Where what was recorded must be what is expected: not right after a change, nor after the last sign of life. */
export function certain({ offs }: History, { state, from, to }: Expected): Stretch | undefined {
  const isKilled = offs.some((off) => off.from === to);
  const begin = from + slackMs;
  // The last sign of life may be as old as this when it is killed.
  const killedSoon = offs.find((off) => to <= off.from && off.from < to + heartbeatMs);
  const end = killedSoon ? killedSoon.from - heartbeatMs : to;
  return begin < end && !(state === 'unknown' && isKilled) ? { from: begin, to: end } : undefined;
}

/** An incident that there must have been. */
export interface ExpectedIncident {
  readonly root: string;
  readonly members: readonly string[];
  readonly start: Stretch;
  readonly end: Stretch;
  /** Whether it was seen for certain. */
  readonly isCertain: boolean;
  /** When it was seen too briefly, next to a time when the caretaker was off, to be sure of its root. */
  readonly brief: readonly Stretch[];
}

/** The incidents of a tame history, in which one thing fails at a time. */
export function expectedIncidents(truth: Truth): ExpectedIncident[] {
  const { items, history, segments } = truth;
  const found: ExpectedIncident[] = [];
  for (const { from, to, failed, broken, cut } of segments) {
    const [root] = cut ? ['vantage/main'] : broken;
    const members = cut ? [] : [...failed].filter((id) => isEnrolled(items.get(id)));
    if (root === undefined || (members.length === 0 && !cut)) continue;
    const seen = watched(history, { from, to });
    const longest = seen.find((each) => each.to - each.from >= 2 * slackMs);
    // Another service may have found it before.
    const isInLog = [root, ...members].some((id) => items.get(id)?.seenBy === 'watched-log');
    const wasSeen = seen.some((each) => each.to - each.from >= (isInLog ? 0 : soonestMs));
    if (!wasSeen) continue;
    // Whatever is beyond our own place in the network is not seen while that is cut off.
    const blind = cut ? history : { offs: united([...history.offs, ...history.cuts]) };
    const back = watched(blind, { from: to, to: history.endMs }).find(
      (each) => each.to - each.from >= 2 * slackMs,
    );
    found.push({
      root,
      members: members.toSorted((a, b) => a.localeCompare(b)),
      start: { from, to: (longest?.from ?? to) + slackMs },
      end: { from: to, to: (back?.from ?? to) + slackMs },
      isCertain: longest !== undefined,
      brief: seen.filter((each) => each.to - each.from < 2 * slackMs),
    });
  }
  return found;
}

function isEnrolled(item: { readonly seenBy: string; readonly incidents: boolean } | undefined): boolean {
  return item?.incidents === true && item.seenBy !== 'log';
}

/** The parts of a time in which the caretaker was not off. */
function watched({ offs }: Pick<History, 'offs'>, { from, to }: Stretch): Stretch[] {
  const edges = [from, ...offs.flatMap((off) => [off.from, off.to]), to].map((each) =>
    Math.max(from, Math.min(to, each)),
  );
  return edges.flatMap((begin, index) => {
    const end = edges[index + 1];
    return index % 2 === 0 && end !== undefined && begin < end ? [{ from: begin, to: end }] : [];
  });
}

/** Stretches in their order, those that touch each other as one. */
function united(stretches: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && from <= last.to) found[found.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else found.push({ from, to });
  }
  return found;
}

/**
 * Incidents of one root that may be one, since it failed again so soon after its end, or the clock was set. Of one in which the clock was set
 * and the caretaker killed only the civil time is left of its beginning, and that is ambiguous.
 */
export function areApart({ jumps, offs }: History, ofOneRoot: readonly ExpectedIncident[]): boolean {
  const isSetIn = ({ start, end }: ExpectedIncident) =>
    jumps.some(({ at }) => start.from <= at && at <= end.to) && offs.length > 0;
  if (ofOneRoot.some(isSetIn)) return false;
  if (ofOneRoot.length < 2) return true;
  if (jumps.length > 0 && offs.length > 0) return false;
  return ofOneRoot.every(({ start }, index) => {
    const before = ofOneRoot[index - 1];
    return !before || start.from - before.end.to > sameMs + slackMs;
  });
}
