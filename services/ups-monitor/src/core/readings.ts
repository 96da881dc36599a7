import { type Draft, withEvent } from './draft.ts';
import { known } from './known.ts';
import type { Moment } from './observation.ts';

/** Policy decides on logged readings: on battery it never waits longer for one. */
const onBatteryEveryMs = 15_000;
const onMainsEveryMs = 10_000;
/** Points of charge that are worth a reading on mains. */
const chargeStep = 5;

/** Reports what the battery holds, when that is due. */
export function readingRule(draft: Draft, low: boolean, now: Moment): Draft {
  const { state, watch } = draft;
  const onBattery = state.mains === 'on-battery';
  const due = onBattery
    ? dueOnBattery(draft, low, now)
    : state.mains === 'on-mains' && dueOnMains(draft, now);
  if (!due) return draft;
  const { charge_pct, runtime_s, load_pct } = watch.variables ?? {};
  const data = {
    ups: state.id,
    on_battery: onBattery,
    low,
    ...known({ charge_pct, runtime_s, load_pct }),
  };
  return withEvent(
    { ...draft, watch: { ...watch, readingMs: now.ms } },
    { type: 'ups.battery-reading', data },
  );
}

function dueOnBattery({ state, watch }: Draft, low: boolean, now: Moment): boolean {
  if (watch.readingMs === undefined || now.ms - watch.readingMs >= onBatteryEveryMs) return true;
  const { charge_pct, runtime_s, load_pct } = watch.variables ?? {};
  return (
    low !== state.low ||
    charge_pct !== state.charge_pct ||
    runtime_s !== state.runtime_s ||
    load_pct !== state.load_pct
  );
}

/** After the mains came, the next variables; then while it charges. Reaching 100 % counts, wavering around it does not. */
function dueOnMains({ state, watch }: Draft, now: Moment): boolean {
  const charge = watch.variables?.charge_pct;
  if (charge === undefined) return false;
  if (watch.readingMs === undefined) return watch.variablesMs === now.ms;
  if (now.ms - watch.readingMs < onMainsEveryMs) return false;
  const before = state.charge_pct;
  if (before === undefined) return true;
  return Math.abs(charge - before) >= chargeStep || (before < 100 && charge >= 100);
}
