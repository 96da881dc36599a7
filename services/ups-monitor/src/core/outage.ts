import { type Draft, withEvent } from './draft.ts';
import { known } from './known.ts';
import type { Moment } from './observation.ts';
import type { Watch } from './watch.ts';

/** Reports that the power cut began, unless it goes on already. */
export function beginOutage(draft: Draft, since: Moment): Draft {
  const { state, watch } = draft;
  if (state.mains === 'on-battery') return draft;
  const { readingMs: _, ...kept } = watch;
  const data = { ups: state.id, since: since.time, ...battery(watch) };
  return withEvent({ ...draft, watch: { ...kept, cutMs: since.ms } }, { type: 'ups.on-battery', data });
}

/** Reports that the mains are there, and after a power cut how long that lasted. */
export function reportMains(draft: Draft, since: Moment): Draft {
  const { state, watch } = draft;
  const { readingMs: _, cutMs, ...kept } = watch;
  const lasted =
    state.mains === 'on-battery' && cutMs !== undefined
      ? { lasted_s: Math.max(0, Math.round((since.ms - cutMs) / 100) / 10) }
      : {};
  const data = { ups: state.id, since: since.time, ...lasted, ...battery(watch) };
  return withEvent({ ...draft, watch: kept }, { type: 'ups.on-mains', data });
}

/** Reports that the battery is low, once in a power cut. */
export function reportLow(draft: Draft): Draft {
  const { state, watch } = draft;
  if (state.saidLow) return draft;
  return withEvent(draft, { type: 'ups.battery-low', data: { ups: state.id, ...battery(watch) } });
}

function battery({ variables }: Watch) {
  return known({ charge_pct: variables?.charge_pct, runtime_s: variables?.runtime_s });
}
