import type { Contact, Ups } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { UpsEvent } from './events.ts';
import { known } from './known.ts';

/** One UPS as its events have it, and nothing else: what is seen but not yet reported is in the `Watch`. */
export interface UpsState {
  readonly id: string;
  readonly contact: Static<typeof Contact>;
  readonly mains: Ups['mains'];
  /** Since when the mains are as they are, as first seen. */
  readonly since?: string;
  /** LB together with OB, by the last reading. */
  readonly low: boolean;
  /** That the battery is low was reported in this power cut: once is enough, LB may flicker. */
  readonly saidLow: boolean;
  /** A forced shutdown was seen being set, and the mains have not come back since. */
  readonly forced: boolean;
  /** FSD stands in the status, and nothing follows from it. */
  readonly stuckForced: boolean;
  readonly replaceBattery: boolean;
  readonly testing: boolean;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly charge_pct?: number;
  readonly runtime_s?: number;
  readonly load_pct?: number;
}

/** A UPS of which nothing was ever reported. */
export function initialState(id: string): UpsState {
  return {
    id,
    contact: 'unknown',
    mains: 'unknown',
    low: false,
    saidLow: false,
    forced: false,
    stuckForced: false,
    replaceBattery: false,
    testing: false,
  };
}

/** The state after an event. */
export function evolve(state: UpsState, event: UpsEvent): UpsState {
  switch (event.type) {
    case 'ups.found': {
      const { manufacturer, model } = event.data;
      return { ...state, contact: 'ok', ...known({ manufacturer, model }) };
    }
    case 'ups.lost':
    case 'ups.stale':
      return { ...state, contact: event.data.contact };
    case 'ups.on-battery':
    case 'ups.on-mains': {
      const turned = {
        ...withBattery(state, event.data),
        since: event.data.since,
        low: false,
        saidLow: false,
      };
      return event.type === 'ups.on-battery'
        ? { ...turned, mains: 'on-battery' }
        : { ...turned, mains: 'on-mains', forced: false };
    }
    case 'ups.battery-reading': {
      const { load_pct: _, ...others } = state;
      return {
        ...withBattery(others, event.data),
        ...known({ load_pct: event.data.load_pct }),
        low: event.data.low,
      };
    }
    case 'ups.battery-low':
      return { ...withBattery(state, event.data), saidLow: true };
    case 'ups.forced-shutdown':
      return { ...state, forced: true };
    case 'ups.forced-shutdown-stuck':
      return { ...state, stuckForced: true };
    case 'ups.forced-shutdown-cleared':
      return { ...state, stuckForced: false };
    case 'ups.battery-replaced':
      return { ...state, replaceBattery: false };
    case 'ups.replace-battery':
      return { ...state, replaceBattery: true };
    case 'ups.test-started':
      return { ...state, testing: true };
    case 'ups.test-ended':
      return { ...state, testing: false };
  }
}

interface Battery {
  readonly charge_pct?: number;
  readonly runtime_s?: number;
}

/** What an event leaves out is not known any more; an older value must not stand beside a newer one. */
function withBattery(state: UpsState, battery: Battery): UpsState {
  const { charge_pct: _, runtime_s: __, ...others } = state;
  return { ...others, ...known({ charge_pct: battery.charge_pct, runtime_s: battery.runtime_s }) };
}
