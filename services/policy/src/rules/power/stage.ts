import { because, type Reason } from '@huismeester/contracts';
import { type Feed, runtimeLeft } from '../../facts/ups.ts';
import type { Needed } from './budget.ts';
import { type PowerPlan, rank, type Stage } from './plan.ts';
import type { Outage } from './state.ts';

/** The stage of a power cut, why, and what comes next if nothing changes. */
export interface StageVerdict {
  readonly stage: Stage;
  readonly reasons: readonly Reason[];
  readonly next?: { readonly stage: Stage; readonly at: number };
}

/** The clocks of ups-monitor and policy may stand this far apart. */
const clockSkewMs = 10_000;

/** A stale reading: it does not tell how full the battery is now, since ups-monitor reports one every 15 s. */
export const staleMs = 60_000;

/**
 * The stage of one UPS's power cut. Within a spell on battery a stage is never taken back: a runtime that flickers
 * must not stop and start guests. `mains` means over.
 */
export function stageOf(
  feed: Feed,
  outage: Outage | undefined,
  plan: PowerPlan,
  needed: Needed,
  now: number,
): StageVerdict {
  if (feed.doubted) return { stage: 'recovering', reasons: [because('unconfirmed', { ups: feed.ups })] };
  if (feed.mains === 'on-battery') {
    const reached = onBattery(feed, plan, needed, now);
    const before = outage !== undefined && outage.spellAt === feed.since ? outage : undefined;
    if (before && rank(before.stage) > rank(reached.stage))
      return { ...reached, stage: before.stage, reasons: before.reasons };
    return reached;
  }
  if (!outage || feed.mains === 'unknown')
    return { stage: outage?.stage ?? 'mains', reasons: outage?.reasons ?? [because('no-outage')] };
  return recovering(feed, outage, plan, now);
}

function onBattery(feed: Feed, plan: PowerPlan, needed: Needed, now: number): StageVerdict {
  const { ups } = feed;
  if (feed.forced) return { stage: 'core', reasons: [because('forced', { ups })] };
  if (feed.low) return { stage: 'core', reasons: [because('low', { ups })] };
  const elapsed_s = seconds(now - feed.since);
  const holdEnds = feed.since + plan.onBatteryHoldMs;
  // After a clock rollback nothing is held for as long as the clock was set back.
  if (now < holdEnds && now >= feed.since - clockSkewMs) {
    const limit_s = seconds(plan.onBatteryHoldMs);
    return {
      stage: 'hold',
      reasons: [because('held', { ups, elapsed_s, limit_s })],
      next: { stage: dueAt(feed, plan, needed, holdEnds), at: holdEnds },
    };
  }
  for (const stage of ['core', 'space-wide', 'participant'] as const) {
    const why = dueNow(stage, feed, plan, needed, now);
    if (why) return { stage, reasons: [why], ...upcoming(feed, plan, needed, now, stage) };
  }
  return {
    stage: 'hold',
    reasons: [because('on-battery', { ups, elapsed_s })],
    ...upcoming(feed, plan, needed, now, 'hold'),
  };
}

/** What is left when the hold ends decides what the hold leads to. */
function dueAt(feed: Feed, plan: PowerPlan, needed: Needed, at: number): Stage {
  const stages = ['core', 'space-wide', 'participant'] as const;
  return stages.find((stage) => dueNow(stage, feed, plan, needed, at)) ?? 'hold';
}

/** Why a stage is due; undefined while it is not. */
function dueNow(
  stage: 'participant' | 'space-wide' | 'core',
  feed: Feed,
  plan: PowerPlan,
  needed: Needed,
  now: number,
): Reason | undefined {
  const { ups, chargePct } = feed;
  const elapsed = now - feed.since;
  const left = runtimeLeft(feed, now);
  if (left !== undefined && left < needed[stage]) {
    return because('planned', { ups, left_s: seconds(left), limit_s: seconds(needed[stage]) });
  }
  if (stage === 'participant') {
    if (elapsed < plan.participantAfterMs) return undefined;
    return because('on-battery', { ups, elapsed_s: seconds(elapsed) });
  }
  const limit = plan.below[stage];
  if (left !== undefined && left < limit.runtimeMs) {
    return because('runtime', { ups, left_s: seconds(left), limit_s: seconds(limit.runtimeMs) });
  }
  if (chargePct !== undefined && chargePct < limit.chargePct) {
    return because('charge', { ups, charge_pct: chargePct, limit_pct: limit.chargePct });
  }
  if (isUnread(feed, now) && elapsed >= limit.unreadMs) {
    return because('unread', { ups, elapsed_s: seconds(elapsed) });
  }
  return undefined;
}

/** Whether nothing tells how full the battery is: a charge that is not read any more does not go down by itself. */
export function isUnread({ runtimeMs, chargePct, readAt }: Feed, now: number): boolean {
  if (runtimeMs !== undefined) return false;
  return chargePct === undefined || now - (readAt ?? 0) > staleMs;
}

/** The next stage that time alone brings: a runtime that runs down, or the time on battery. */
function upcoming(
  feed: Feed,
  plan: PowerPlan,
  needed: Needed,
  now: number,
  stage: Stage,
): { next?: { stage: Stage; at: number } } {
  const left = runtimeLeft(feed, now);
  const due = (['participant', 'space-wide', 'core'] as const).flatMap((later) => {
    if (rank(later) <= rank(stage)) return [];
    const times: number[] = [];
    if (later === 'participant') times.push(feed.since + plan.participantAfterMs);
    const limit = Math.max(later === 'participant' ? 0 : plan.below[later].runtimeMs, needed[later]);
    if (left !== undefined) {
      // The comparison is «below», so the stage is due a millisecond after the limit itself is reached; nothing is below 0.
      if (limit > 0) times.push(now + (left - limit) + 1);
    } else if (later !== 'participant') times.push(unreadAt(feed, plan.below[later].unreadMs));
    return times.map((at) => ({ stage: later, at: Math.max(at, now + 1) }));
  });
  const next = due.sort((a, b) => a.at - b.at || rank(b.stage) - rank(a.stage))[0];
  return next ? { next } : {};
}

/** When the time on battery begins to count: at once without any reading, or when the last one is too old. */
function unreadAt({ since, chargePct, readAt }: Feed, unreadMs: number): number {
  const staleAt = chargePct === undefined ? 0 : (readAt ?? 0) + staleMs + 1;
  return Math.max(since + unreadMs, staleAt);
}

function recovering(feed: Feed, outage: Outage, plan: PowerPlan, now: number): StageVerdict {
  const { ups } = feed;
  const lengthMs = Math.max(0, feed.since - outage.since);
  if (!feed.contact.ok) return { stage: 'recovering', reasons: [because('not-trusted', { ups })] };
  const seenSince = Math.max(feed.since, feed.contact.since);
  const stableAt = seenSince + plan.restoreHoldMs;
  const longEnoughAt = Math.max(stableAt, seenSince + lengthMs);
  const charged = feed.chargePct !== undefined && feed.chargePct > plan.restoreChargeAbovePct;
  const overAt = charged ? stableAt : longEnoughAt;
  if (now >= overAt) {
    const elapsed_s = seconds(now - feed.since);
    const trusted = charged
      ? because('trusted-charge', { ups, elapsed_s, charge_pct: feed.chargePct ?? 0 })
      : because('trusted-time', { ups, elapsed_s });
    return { stage: 'mains', reasons: [trusted] };
  }
  const waiting = charged
    ? because('waiting-stable', { ups, limit_s: seconds(plan.restoreHoldMs) })
    : because('waiting-charge', {
        ups,
        limit_pct: plan.restoreChargeAbovePct,
        limit_s: seconds(longEnoughAt - feed.since),
      });
  return { stage: 'recovering', reasons: [waiting], next: { stage: 'mains', at: overAt } };
}

function seconds(ms: number): number {
  return Math.max(0, Math.round(ms / 100) / 10);
}
