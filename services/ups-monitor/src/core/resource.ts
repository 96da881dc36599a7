import type { StatePayload, Ups } from '@huismeester/contracts';
import { known } from './known.ts';
import type { Variables } from './observation.ts';
import type { UpsState } from './state.ts';
import type { Watch } from './watch.ts';

/** The UPS as REST and the snapshot have it: what was reported, and in place of the numbers of the last report the newest. */
export function resourceOf(state: UpsState, watch: Watch): Ups {
  const { saidLow: _, charge_pct, runtime_s, load_pct, ...reported } = state;
  const last: Variables = known({ charge_pct, runtime_s, load_pct });
  const { testResult: __, transfer: ___, ...numbers } = watch.variables ?? last;
  return { ...reported, ...numbers, status: [...watch.tokens] };
}

const contactNumbers = {
  unknown: 0,
  ok: 1,
  waiting: 2,
  stale: 3,
  'driver-gone': 4,
  unreachable: 5,
  refused: 6,
} as const;

/**
 * The retained state. Without contact the numbers are left out, since nobody knows them; the mains stay as last known, with
 * `contact` beside them.
 */
export function payloadOf(ups: Ups): Omit<StatePayload<'ups-monitor', 'ups'>, 'ts'> {
  const { contact, mains } = ups;
  const { charge_pct, runtime_s, load_pct, input_v, output_v, battery_v, power_w } = ups;
  return {
    contact,
    contact_n: contactNumbers[contact],
    ...(mains === 'unknown' ? {} : { mains, on_battery: mains === 'on-battery' ? 1 : 0 }),
    ...(contact === 'ok'
      ? {
          battery_low: ups.low ? 1 : 0,
          replace_battery: ups.replaceBattery ? 1 : 0,
          ...known({ charge_pct, runtime_s, load_pct, input_v, output_v, battery_v, power_w }),
        }
      : {}),
  };
}
