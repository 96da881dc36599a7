import type { StatePayload } from '@huismeester/contracts';
import type { OutageNow } from './decide.ts';
import type { Model } from './model.ts';
import { rank, type Stage, stages } from './words.ts';

/** The whole space in one flat payload, for lights and displays: the worst stage of any UPS counts. */
export function summary(
  model: Model,
  outages: readonly OutageNow[],
  now: number,
): StatePayload<'policy', 'space'> {
  const worst = [...outages].sort((a, b) => rank(b.verdict.stage) - rank(a.verdict.stage))[0];
  const stage: Stage = worst?.verdict.stage ?? 'mains';
  const feeds = [...model.feeds.values()].filter(({ mains }) => mains !== 'unknown');
  const onBattery = feeds.filter(({ mains }) => mains === 'on-battery');
  const power = onBattery.length > 0 ? 'on-battery' : 'on-mains';
  const since = (onBattery.length > 0 ? onBattery : feeds).map((feed) => feed.since);
  const next = worst?.verdict.next?.at;
  return {
    ...(feeds.length > 0 && { power, on_battery: onBattery.length > 0 ? 1 : 0 }),
    // Of several UPSes on battery the first one counts; of several on mains the last one that came back.
    ...(since.length > 0 && {
      since_s: elapsed(now - (onBattery.length > 0 ? Math.min(...since) : Math.max(...since))),
    }),
    stage,
    stage_n: stages.indexOf(stage),
    ...(next !== undefined && { next_stage_s: elapsed(next - now) }),
    core_down: [...model.guests.values()].filter((guest) => guest.class === 'core' && !guest.running).length,
    open_violations: model.violations.size,
    holds: model.holds.size,
    ts: now,
  };
}

function elapsed(ms: number): number {
  return Math.max(0, Math.round(ms / 1000));
}
