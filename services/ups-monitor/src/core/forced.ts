import { type Draft, type Rule, withEvent } from './draft.ts';
import type { Moment } from './observation.ts';
import { beginOutage, reportLow } from './outage.ts';
import type { Timing } from './timing.ts';

/**
 * An FSD counts once, and only when it appears while we watch: then as OB LB, without a second look. One that was there
 * at first contact, or that stands beside OL, is stuck: that is reported, and nothing follows from it, also when it flickers.
 */
export const forcedRule: Rule = (draft, now, timing) => {
  const { state, watch } = draft;
  if (watch.fsd === undefined) return draft;
  const set = watch.tokens.size === 0 ? watch.fsd.set : watch.tokens.has('FSD');
  const changed = set !== watch.fsd.set;
  const seen = changed ? { ...draft, watch: { ...watch, fsd: { set, sinceMs: now.ms } } } : draft;
  if (state.stuckForced) return clearedRule(seen, now, timing);
  if (!set) return seen;
  if (state.forced) return standsBesideOl(seen, now, timing) ? reportStuck(seen, false) : seen;
  return changed ? reportForced(seen, now) : reportStuck(seen, true);
};

/** Whether a forced shutdown that we saw being set still counts as OB LB. */
export function forcedHolds({ state, watch }: Draft): boolean {
  return state.forced && !state.stuckForced && watch.fsd?.set === true;
}

const clearedRule: Rule = (draft, now, timing) => {
  const { fsd } = draft.watch;
  if (fsd === undefined || fsd.set || now.ms - fsd.sinceMs < timing.awayMs) return draft;
  return withEvent(draft, { type: 'ups.forced-shutdown-cleared', data: { ups: draft.state.id } });
};

function standsBesideOl({ watch: { sight, fsd } }: Draft, now: Moment, timing: Timing): boolean {
  if (fsd === undefined || sight?.mains !== 'on-mains' || !sight.confirmed) return false;
  return now.ms - Math.max(sight.first.ms, fsd.sinceMs) >= timing.stuckMs;
}

function reportForced(draft: Draft, now: Moment): Draft {
  const { sight } = draft.watch;
  const since = sight?.mains === 'on-battery' ? sight.first : now;
  const data = { ups: draft.state.id };
  return withEvent(reportLow(beginOutage(draft, since)), { type: 'ups.forced-shutdown', data });
}

function reportStuck(draft: Draft, at_contact: boolean): Draft {
  return withEvent(draft, { type: 'ups.forced-shutdown-stuck', data: { ups: draft.state.id, at_contact } });
}
