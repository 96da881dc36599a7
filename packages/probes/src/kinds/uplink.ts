import type { ProbeOf } from '@huismeester/contracts';
import type { Look, ProbeMaker } from '../look.ts';
import { isGood, mostTelling } from '../merge.ts';
import { ping } from './ping.ts';
import { tcp } from './tcp.ts';

/**
 * Several targets of several operators at the same time: the way out works when one answers. Fewer than half of them is the defect
 * `few-targets`. A target that could not be looked at does not count; if none of the others answers either, the look is unknown. The
 * latency is the median of those that answered.
 */
export const uplink: ProbeMaker<ProbeOf<'uplink'>> = (settings, around) => {
  const { targets, ...common } = settings;
  const probes = targets.map(({ host, port }) =>
    port === undefined
      ? ping({ ...common, kind: 'ping', host }, around)
      : tcp({ ...common, kind: 'tcp', host, port }, around),
  );
  return async (signal) => together(await Promise.all(probes.map((probe) => probe(signal))));
};

/** What the looks at all targets of an uplink come to. */
export function together(all: readonly Look[]): Look {
  const looks = all.filter(({ outcome }) => outcome !== 'unknown');
  const good = looks.filter(isGood);
  const answered = all.some((look) => look.answered);
  if (good.length === 0) return { ...withoutGood(all), answered };
  const detail = `${good.length} of ${looks.length}`;
  const latencies = good.map(({ latencyMs }) => latencyMs ?? 0).toSorted((one, other) => one - other);
  const latencyMs = latencies[Math.floor((latencies.length - 1) / 2)] ?? 0;
  return good.length * 2 < looks.length
    ? { outcome: 'degraded', defect: 'few-targets', detail, latencyMs, answered }
    : { outcome: 'up', detail, latencyMs, answered };
}

/** Where no target is good: down when all have failed, and unknown as long as one could not be looked at. */
function withoutGood(all: readonly Look[]): Look {
  const unknown = all.filter(({ outcome }) => outcome === 'unknown');
  const [first, ...rest] = unknown.length > 0 ? unknown : all;
  if (!first) throw new RangeError('an uplink has targets');
  const worst = mostTelling([first, ...rest]);
  if (unknown.length === 0) return { ...worst, detail: `0 of ${all.length}` };
  const isInVain = unknown.length < all.length || unknown.some(({ inVain }) => inVain);
  return { ...worst, ...(isInVain && { inVain: true }) };
}
