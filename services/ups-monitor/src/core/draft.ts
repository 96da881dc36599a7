import type { UpsEvent } from './events.ts';
import type { Moment } from './observation.ts';
import { evolve, type UpsState } from './state.ts';
import type { Timing } from './timing.ts';
import type { Watch } from './watch.ts';

/** A decision in the making: what was said so far, and where that leaves us. */
export interface Draft {
  readonly events: readonly UpsEvent[];
  readonly state: UpsState;
  readonly watch: Watch;
}

export type Rule = (draft: Draft, now: Moment, timing: Timing) => Draft;

/** The draft with one more event said. */
export function say(draft: Draft, event: UpsEvent): Draft {
  return { ...draft, events: [...draft.events, event], state: evolve(draft.state, event) };
}
