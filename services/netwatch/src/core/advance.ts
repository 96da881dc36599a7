import { endBoots } from './booting.ts';
import { type Changes, Draft } from './draft.ts';
import { beginFlapping, endFlapping } from './flapping.ts';
import { withDependents } from './graph.ts';
import { withdraw } from './incidents.ts';
import { judge, vantageId } from './judge.ts';
import { isBefore, iso, lengthOf, type Moment } from './moment.ts';
import { sayIncidents } from './say-incidents.ts';
import { newThing } from './thing.ts';
import { closeFor, openFor } from './vantage-incident.ts';
import type { Signal, Surroundings, World } from './world.ts';

/** What a step leads to. */
export interface Step extends Changes {
  /** To be looked at at once, since a verdict waits for it. */
  readonly lookAt: ReadonlySet<string>;
  /** To be looked at from zero: what was counted so far says nothing any more. */
  readonly fresh: ReadonlySet<string>;
  /** When the next step is due even if nothing happens, ms from now; undefined: not by itself. */
  readonly dueMs: number | undefined;
  /** Whether a verdict waits for looks: the next step may then be worth it after any of them. */
  readonly waits: boolean;
}

/**
 * What the signals since the last step mean: verdicts, incidents, events. Pure; if it cannot be stored, drop it, and step again with
 * the same signals and those that came meanwhile.
 */
export function advance(world: World, signals: readonly Signal[], around: Surroundings): Step {
  const draft = new Draft(world, around);
  const changed = new Set<string>();
  for (const signal of signals) take(draft, signal, changed);
  // Why something fails shows only when all sights are taken in.
  for (const signal of signals) if (signal.kind === 'flapping') beginFlapping(draft, signal);
  // A verdict that waits is looked at in each step: what it waits for may be clear by now.
  for (const { id, look } of world.things.values()) if (look?.waitingMs !== undefined) changed.add(id);
  for (const id of withDependents(around.graph, changed)) {
    if (draft.thing(id)) judge(draft, id);
  }
  // The state that is said with it is that of now.
  for (const signal of signals) if (signal.kind === 'stable') endFlapping(draft, signal.thing);
  endBoots(draft);
  sayIncidents(draft);
  return {
    things: draft.things,
    outside: draft.outsides,
    incidents: draft.incidents,
    nextIncident: draft.nextIncident,
    vantage: draft.vantage,
    events: draft.events,
    spans: draft.spans,
    lookAt: draft.lookAt,
    fresh: draft.fresh,
    dueMs: draft.dueMs,
    waits: draft.waits,
  };
}

function take(draft: Draft, signal: Signal, changed: Set<string>): void {
  switch (signal.kind) {
    case 'sight':
      takeSight(draft, signal, changed);
      return;
    case 'outside':
      draft.outsides.set(signal.thing, signal.outside);
      changed.add(signal.thing);
      return;
    case 'gone':
      leave(draft, signal.thing);
      return;
    case 'paused':
      resume(draft, signal.since);
      return;
    case 'vantage-lost':
      loseVantage(draft, signal, changed);
      return;
    case 'vantage-regained':
      regainVantage(draft, signal.at);
      return;
    case 'said':
      draft.events.push({ id: signal.id, ...signal.event });
  }
}

function takeSight(draft: Draft, signal: Extract<Signal, { kind: 'sight' }>, changed: Set<string>): void {
  const { thing: id, sight, since, reason, detail } = signal;
  const { look } = draft.thing(id) ?? newThing(id);
  // What a look found that began before our place in the network was lost, or while it is, says nothing; but what answered all the
  // same may be out of sight again.
  const isLost = look?.sight === 'answers' && sight === 'unseen';
  if (draft.vantage && sight !== 'answers' && !isLost && !draft.around.about(id).here) return;
  // A thing that only fails in another way is shown so; its verdict stands.
  const isSame = look?.sight === sight && look.since.ms === since.ms;
  draft.change(id, { reason, detail, look: isSame ? look : { sight, since, judged: false } });
  changed.add(id);
}

/** Settings name it no more: nothing is known of it from now on, and no incident waits for it. */
function leave(draft: Draft, id: string): void {
  const { now } = draft.around;
  withdraw(draft, id, now);
  const nothing = { root: undefined, flapping: false, heldFlaps: undefined, look: undefined };
  draft.change(id, { ...nothing, state: 'unknown', since: now });
}

/** Nobody knows how things were meanwhile, but for what was found since: they are looked at from zero, as after a start. */
function resume(draft: Draft, pausedAt: Moment): void {
  for (const id of draft.allThings()) {
    draft.fresh.add(id);
    const { state, since } = draft.thing(id) ?? newThing(id);
    const isSince = since !== undefined && !isBefore(pausedAt, since);
    if (!isSince || state === 'unknown' || !draft.around.about(id).incidents) continue;
    draft.spans.push({ thing: id, at: pausedAt, state: 'unknown' });
  }
}

/** No other machine answers: whatever is not at this machine is unknown, and nothing is down because of it. */
function loseVantage(
  draft: Draft,
  { since, asked }: Extract<Signal, { kind: 'vantage-lost' }>,
  changed: Set<string>,
): void {
  if (draft.vantage) return;
  const cause = draft.say('vantage.lost', vantageId, { since: iso(since), asked });
  draft.vantage = { since, said: cause };
  openFor(draft, vantageId, since, cause);
  for (const id of away(draft)) {
    const look = { sight: 'unseen', since, judged: false } as const;
    // Why it failed, or refused us, was found before.
    draft.change(id, { look, reason: undefined, detail: undefined });
    changed.add(id);
  }
}

function regainVantage(draft: Draft, at: Moment): void {
  const { vantage } = draft;
  if (!vantage) return;
  draft.vantage = undefined;
  draft.say('vantage.regained', vantageId, lengthOf(vantage.since, at), vantage.said);
  closeFor(draft, vantageId, at);
  for (const id of away(draft)) {
    draft.change(id, { look: undefined, root: undefined });
    draft.fresh.add(id);
  }
}

/** All that is looked at over the network. */
function away(draft: Draft): string[] {
  return [...draft.allThings()].filter((id) => !draft.around.about(id).here);
}
