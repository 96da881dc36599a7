import { type Draft, withEvent } from './draft.ts';
import type { Moment, Observation, Trouble } from './observation.ts';
import { rules } from './rules.ts';
import type { UpsState } from './state.ts';
import { type Timing, usualTiming } from './timing.ts';
import { freshWatch, look, type Watch, withoutVariables } from './watch.ts';

/** What one look leads to. */
export interface Decision extends Draft {
  /** Look again soon: something was seen once, and is believed when it is seen again. */
  readonly confirm: boolean;
}

/** Not on one failed poll: a driver or an upsd that restarts is back within this. */
const troubleHoldMs = 3000;

/**
 * What a look at a UPS means: the events to report, and the state and watch after them. Pure; `now` comes in as a value. If the
 * events cannot be stored, drop the decision and decide again at the next look: nothing is lost but time.
 */
export function decide(
  observation: Observation,
  state: UpsState,
  watch: Watch,
  now: Moment,
  timing: Timing = usualTiming,
): Decision {
  if (observation.kind === 'failure') {
    const { asked, contact, askedMs } = observation;
    const left = asked === 'variables' ? withoutVariables(watch) : watch;
    return decideTrouble(contact, askedMs, state, left, now);
  }
  if (observation.kind === 'status' && observation.tokens.has('WAIT')) {
    return decideTrouble('waiting', now.ms, state, watch, now);
  }
  const seen = look(watch, observation, now);
  if (seen.answers < 2) return { events: [], state, watch: seen, confirm: true };
  const begun: Draft = { events: [], state, watch: seen };
  const decided = rules.reduce((draft, rule) => rule(draft, now, timing), begun);
  const { sight } = decided.watch;
  return { ...decided, confirm: sight?.confirmed === false && sight.mains !== decided.state.mains };
}

/** The contact is reported as lost, or stale, when it has been away for 3 s and for more than one look. */
function decideTrouble(
  contact: Trouble,
  askedMs: number,
  state: UpsState,
  watch: Watch,
  now: Moment,
): Decision {
  const before = watch.trouble;
  const isKnown = state.contact !== 'ok' && state.contact !== 'unknown';
  const goesOn = before !== undefined && (before.contact === contact || !isKnown);
  const trouble = {
    contact,
    sinceMs: goesOn ? before.sinceMs : askedMs,
    polls: goesOn ? before.polls + 1 : 1,
  };
  const held = trouble.polls > 1 && now.ms - trouble.sinceMs >= troubleHoldMs;
  if (!held || state.contact === contact) {
    return { events: [], state, watch: { ...watch, answers: 0, trouble }, confirm: false };
  }
  const type = contact === 'stale' || contact === 'waiting' ? 'ups.stale' : 'ups.lost';
  const data = { ups: state.id, contact, on_battery: state.mains === 'on-battery' };
  const forgotten = { ...freshWatch(watch.cutMs), trouble };
  return { ...withEvent({ events: [], state, watch: forgotten }, { type, data }), confirm: false };
}
