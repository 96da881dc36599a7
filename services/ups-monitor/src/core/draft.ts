import type { UpsEvent } from './events.ts';
import type { Moment } from './observation.ts';
import { evolve, type UpsState } from './state.ts';
import type { Timing } from './timing.ts';
import type { Watch } from './watch.ts';

/** A decision in the making: the events so far, and the state and watch after them. */
export interface Draft {
  readonly events: readonly UpsEvent[];
  readonly state: UpsState;
  readonly watch: Watch;
}

export type Rule = (draft: Draft, now: Moment, timing: Timing) => Draft;

/** The draft with one more event. */
export function withEvent(draft: Draft, event: UpsEvent): Draft {
  return { ...draft, events: [...draft.events, event], state: evolve(draft.state, event) };
}
