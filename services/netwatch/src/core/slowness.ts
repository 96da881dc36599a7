import type { EventData } from '@huismeester/contracts';
import { type Length, lengthOf, type Moment, type Now } from './moment.ts';

export type Defect = EventData<'probe.degraded'>['defect'];

/** A good look, as far as its quality is concerned. */
export interface Quality {
  /** Ms; absent where the kind of probe has none. */
  readonly latencyMs?: number;
  readonly defect?: Exclude<Defect, 'slow'>;
  readonly began: Now;
}

/** What one process has seen of how well a service answers. `degraded` is stored. */
export interface Slowness {
  /** The last 5 good looks, oldest first. */
  readonly recent: readonly Quality[];
  /** Since when each look in a row was good and had the same defect. */
  readonly defectSince?: Now;
  readonly degraded?: { readonly defect: Defect; readonly since: Moment };
}

export interface SlownessStep {
  readonly slowness: Slowness;
  readonly begun?: { readonly defect: Defect; readonly since: Moment; readonly median_ms?: number };
  readonly ended?: Length;
}

const looks = 5;
/** A defect is believed after so many looks in a row, and that few targets answer after so long. */
const defectLooks = 3;
const fewTargetsMs = 300_000;

/** What one more good look says of how well a service answers; slower than `slowAboveMs` in the median of 5 looks is degraded. */
export function judgeQuality(before: Slowness, seen: Quality, slowAboveMs: number): SlownessStep {
  const recent = [...before.recent, seen].slice(-looks);
  const goesOn = before.recent.at(-1)?.defect === seen.defect;
  const defectSince =
    seen.defect === undefined ? undefined : goesOn ? (before.defectSince ?? seen.began) : seen.began;
  const slowness: Slowness = {
    recent,
    ...(defectSince && { defectSince }),
    ...(before.degraded && { degraded: before.degraded }),
  };
  const { degraded } = before;
  if (degraded) {
    if (!isWell(recent, slowAboveMs)) return { slowness };
    const { degraded: _, ...well } = slowness;
    return { slowness: well, ended: lengthOf(degraded.since, recent[0]?.began ?? seen.began) };
  }
  const begun = defectOf(slowness, seen) ?? slownessOf(recent, slowAboveMs);
  if (!begun) return { slowness };
  return { slowness: { ...slowness, degraded: { defect: begun.defect, since: begun.since } }, begun };
}

/** After a look that was not good: a defect counts from the next look on. */
export function interrupted({ defectSince: _, ...slowness }: Slowness): Slowness {
  return slowness;
}

/** The median of the latencies of these looks, ms. */
export function medianOf(recent: readonly Quality[]): number | undefined {
  const sorted = recent
    .flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs]))
    .toSorted((a, b) => a - b);
  return sorted.length === 0 ? undefined : sorted[Math.floor((sorted.length - 1) / 2)];
}

/** Five looks in a row under half of the limit, and without a defect: what ends and begins again all the time is worse than late. */
function isWell(recent: readonly Quality[], slowAboveMs: number): boolean {
  return (
    recent.length === looks &&
    recent.every(({ latencyMs = 0, defect }) => defect === undefined && latencyMs < slowAboveMs / 2)
  );
}

function slownessOf(recent: readonly Quality[], slowAboveMs: number): SlownessStep['begun'] {
  const median_ms = medianOf(recent);
  const [first] = recent;
  if (recent.length < looks || median_ms === undefined || !first || median_ms <= slowAboveMs)
    return undefined;
  return { defect: 'slow', since: first.began, median_ms };
}

function defectOf({ recent, defectSince }: Slowness, { defect, began }: Quality): SlownessStep['begun'] {
  if (defect === undefined || !defectSince) return undefined;
  const run = recent.filter((each) => each.began.ms >= defectSince.ms).length;
  const isLong = defect === 'few-targets' ? began.ms - defectSince.ms >= fewTargetsMs : run >= defectLooks;
  return isLong ? { defect, since: defectSince } : undefined;
}
