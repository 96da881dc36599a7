import type {
  HalfHour,
  IncidentResource,
  PortResource,
  ProbeResource,
  ThingState,
} from '@huismeester/contracts';
import type { Tone } from '../../parts/tone.ts';

/** How a thing is; what is not known is never bad, and never good. */
export const tones: Readonly<Record<ThingState, Tone>> = { up: 'good', down: 'bad', unknown: 'unknown' };

/** One that answers, but not as it should, is neither good nor bad. */
export function toneOfProbe({ state, degraded, flapping }: ProbeResource): Tone {
  return state === 'up' && (degraded !== undefined || flapping) ? 'warn' : tones[state];
}

export type PortState = 'up' | 'down' | 'off' | 'unknown';

/** A port that somebody turned off is no fault, and is called otherwise than one that has no link. */
export function stateOfPort({ state, admin_up }: Pick<PortResource, 'state' | 'admin_up'>): PortState {
  return admin_up === false && state !== 'unknown' ? 'off' : state;
}

/** A port without a link is a fault only where something is to be there: what it is for is written at it. */
export function toneOfPort(
  port: Pick<PortResource, 'state' | 'admin_up' | 'core' | 'role' | 'flapping'>,
): Tone {
  const state = stateOfPort(port);
  if (state === 'up') return port.flapping ? 'warn' : 'good';
  if (state === 'unknown') return 'unknown';
  if (state === 'off') return 'calm';
  if (port.core) return 'bad';
  return port.role === undefined ? 'calm' : 'warn';
}

export type HalfHourState = 'up' | 'partly' | 'down' | 'unknown';

/** As the command line has it: unknown where most of it is, and down if it was down at all. */
export function stateOfHalfHour({ up_ratio, down_ratio }: HalfHour): HalfHourState {
  if (up_ratio + down_ratio < 0.5) return 'unknown';
  if (down_ratio > 0) return up_ratio > 0 ? 'partly' : 'down';
  return 'up';
}

/** Never rounded up to 100: what was down for a minute was not up all day. Undefined where nothing is known. */
export function percentOf(ratio: number | undefined, locale: string): string | undefined {
  if (ratio === undefined) return undefined;
  const percent = Math.floor(ratio * 1e4) / 100;
  return `${percent.toLocaleString(locale, { maximumFractionDigits: 2 })} %`;
}

const units = ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s'] as const;

/** Bits a second in three digits: `12.5 Mb/s`. Undefined where it is not known. */
export function rateOf(bps: number | undefined, locale: string): string | undefined {
  if (bps === undefined) return undefined;
  const step = bps < 999.5 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bps * 1.0005) / 3));
  const value = (bps / 1000 ** step).toLocaleString(locale, { maximumSignificantDigits: 3 });
  return `${value} ${units[step]}`;
}

/** How an incident is shown: one of core that goes on is serious; one that is planned or over is calm. */
export function toneOfIncident({ state, core }: IncidentResource, isPlanned: boolean): Tone {
  if (state === 'closed' || isPlanned) return 'calm';
  return core ? 'bad' : 'warn';
}
