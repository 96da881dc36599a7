import type { UpsHistory, UpsSample } from '@huismeester/contracts';
import { known } from './known.ts';
import type { UpsState } from './state.ts';
import type { Watch } from './watch.ts';

/** A UPS at one moment, ms since 1970. */
export interface Sample extends Omit<UpsSample, 'at'> {
  readonly atMs: number;
}

/** From one sample of a UPS to the next, ms; a change of the mains, or of the contact, makes one besides. */
export const sampleEveryMs = 60_000;
/** So many changes within a step are kept: a cut that was soon over, twice. */
const changesInStep = 4;

/** A UPS as it is seen now: without contact nothing is known of it, and a number that could not be read is missing. */
export function sampleOf(
  { contact, mains }: Pick<UpsState, 'contact' | 'mains'>,
  { answers, variables = {} }: Pick<Watch, 'answers' | 'variables'>,
  atMs: number,
): Sample {
  // Before its first answer the contact is the one of an earlier process.
  if (contact !== 'ok' || answers === 0) return { atMs, mains: 'unknown' };
  const { charge_pct, runtime_s, load_pct, power_w, input_v } = variables;
  return { atMs, mains, ...known({ charge_pct, runtime_s, load_pct, power_w, input_v }) };
}

/**
 * The history of a UPS, of its samples in the order in which they were recorded: of a time that came twice, since the civil clock was set back, by what was recorded last. Of more than `most` samples as many are left
 * out as need be: each step keeps its first one and those at which the mains changed.
 */
export function historyOf(ups: string, recorded: readonly Sample[], most: number): UpsHistory {
  const samples = oneTime(recorded);
  let stepMs = sampleEveryMs;
  let left = samples;
  while (left.length > most) {
    left = perStep(samples, stepMs);
    if (left.length > most) stepMs *= 2;
  }
  const points = left.map(({ atMs, ...seen }) => ({ at: new Date(atMs).toISOString(), ...seen }));
  return { ups, step_s: stepMs / 1000, points };
}

function oneTime(recorded: readonly Sample[]): Sample[] {
  let nextMs = Number.POSITIVE_INFINITY;
  const kept = recorded.toReversed().filter(({ atMs }) => {
    const isBefore = atMs < nextMs;
    if (isBefore) nextMs = atMs;
    return isBefore;
  });
  return kept.reverse();
}

/** Steps lie at fixed times, so that the same samples stay when others follow. */
function perStep(samples: readonly Sample[], stepMs: number): Sample[] {
  let step = Number.NaN;
  let inStep = 0;
  let before: Sample['mains'] | undefined;
  return samples.filter(({ atMs, mains }) => {
    const isFirst = Math.floor(atMs / stepMs) !== step;
    if (isFirst) {
      step = Math.floor(atMs / stepMs);
      inStep = 0;
    }
    const isKept = isFirst || (mains !== before && inStep < changesInStep);
    if (isKept) {
      inStep += 1;
      before = mains;
    }
    return isKept;
  });
}
