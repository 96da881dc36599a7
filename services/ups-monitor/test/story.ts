import { decide } from '../src/core/decide.ts';
import type { UpsEvent, UpsEventType } from '../src/core/events.ts';
import type { Observation, Trouble, Variables } from '../src/core/observation.ts';
import { initialState, type UpsState } from '../src/core/state.ts';
import { freshWatch, resumedWatch, type Watch } from '../src/core/watch.ts';

/** What is seen: a status, or something else; `unread`: the status was read, and then the variables were not. */
type Seen =
  | string
  | { readonly failure: Trouble }
  | { readonly variables: Variables }
  | { readonly unread: Trouble };

/** A look at the UPS, so many milliseconds after the start. */
export type Look = readonly [ms: number, seen: Seen];

export interface Story {
  /** When the process began that looks now: its own clock was 0 then. */
  readonly beganMs: number;
  readonly lastMs: number;
  readonly state: UpsState;
  readonly watch: Watch;
  /** The last look asked for another one soon. */
  readonly confirm: boolean;
  readonly said: readonly { readonly ms: number; readonly event: UpsEvent }[];
}

/** Nothing was seen yet. */
export const nothing: Story = {
  beganMs: 0,
  lastMs: 0,
  state: initialState('rack'),
  watch: freshWatch(),
  confirm: false,
  said: [],
};

/** The first milliseconds of a contact: seen, and seen again. */
export const onMains = play(nothing, [0, 'OL'], [100, 'OL']);
/** A power cut at 1000, confirmed at 1100. */
export const onBattery = play(onMains, [1000, 'OB DISCHRG'], [1100, 'OB DISCHRG']);

/** The civil time of a moment. */
export function timeOf(ms: number): string {
  return new Date(Date.UTC(2026, 10, 22, 12) + ms).toISOString();
}

/** What a process knows that begins at that moment: the state; all that was only seen is gone. */
export function restarted(story: Story, atMs = story.lastMs): Story {
  const watch = resumedWatch(story.state, { time: timeOf(atMs), ms: 0 });
  return { ...story, watch, confirm: false, beganMs: atMs, lastMs: atMs };
}

/** Plays looks after a story; `said` has only what they add. */
export function play(story: Story, ...looks: readonly Look[]): Story {
  let after: Story = { ...story, said: [] };
  for (const [ms, seen] of looks) {
    const moment = { time: timeOf(ms), ms: ms - after.beganMs };
    const { events, ...decided } = decide(observationOf(seen, moment.ms), after.state, after.watch, moment);
    const said = [...after.said, ...events.map((event) => ({ ms, event }))];
    after = { ...after, ...decided, said, lastMs: ms };
  }
  return after;
}

/** The same look again and again, from one moment up to another. */
export function every(stepMs: number, fromMs: number, toMs: number, seen: Seen): Look[] {
  const steps = Math.floor((toMs - fromMs) / stepMs) + 1;
  return Array.from({ length: steps }, (_, step) => [fromMs + step * stepMs, seen] as const);
}

/** The events with their moments: `1100 on-battery`. */
export function linesOf(story: Story): string[] {
  return story.said.map(({ ms, event }) => `${ms} ${event.type.slice('ups.'.length)}`);
}

/** The data of all events of one type. */
export function dataOf(story: Story, type: UpsEventType): unknown[] {
  return story.said.filter(({ event }) => event.type === type).map(({ event }) => event.data);
}

function observationOf(seen: Seen, ms: number): Observation {
  if (typeof seen === 'string') {
    return { kind: 'status', tokens: new Set(seen.split(' ').filter(Boolean)) };
  }
  if ('failure' in seen) return { kind: 'failure', asked: 'status', contact: seen.failure, askedMs: ms };
  if ('unread' in seen) return { kind: 'failure', asked: 'variables', contact: seen.unread, askedMs: ms };
  return { kind: 'variables', variables: seen.variables };
}
