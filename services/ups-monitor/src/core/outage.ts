import { type Draft, say } from './draft.ts';
import { known } from './known.ts';
import type { Moment } from './observation.ts';
import type { Watch } from './watch.ts';

/** Says that the power cut began, unless it goes on already. */
export function sayOnBattery(draft: Draft, since: Moment): Draft {
  const { state, watch } = draft;
  if (state.mains === 'on-battery') return draft;
  const { readingMs: _, ...kept } = watch;
  const data = { ups: state.id, since: since.time, ...battery(watch) };
  return say({ ...draft, watch: { ...kept, cutMs: since.ms } }, { type: 'ups.on-battery', data });
}

/** Says that the mains are there, and after a power cut how long that lasted. */
export function sayOnMains(draft: Draft, since: Moment): Draft {
  const { state, watch } = draft;
  const { readingMs: _, cutMs, ...kept } = watch;
  const lasted =
    state.mains === 'on-battery' && cutMs !== undefined
      ? { lasted_s: Math.max(0, Math.round((since.ms - cutMs) / 100) / 10) }
      : {};
  const data = { ups: state.id, since: since.time, ...lasted, ...battery(watch) };
  return say({ ...draft, watch: kept }, { type: 'ups.on-mains', data });
}

/** Says that the battery is low, once in a power cut. */
export function sayLow(draft: Draft): Draft {
  const { state, watch } = draft;
  if (state.saidLow) return draft;
  return say(draft, { type: 'ups.battery-low', data: { ups: state.id, ...battery(watch) } });
}

function battery({ variables }: Watch) {
  return known({ charge_pct: variables?.charge_pct, runtime_s: variables?.runtime_s });
}
