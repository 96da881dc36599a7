import { withoutFuture } from '../../facts/clock-rollback.ts';
import { withDoubts } from '../../facts/doubt.ts';
import { holdsByTarget } from '../../facts/hold.ts';
import type { Facts } from '../../facts/index.ts';
import type { PolicySettings } from '../settings.ts';
import { indexOf } from './budget.ts';
import type { OutageNow } from './outage.ts';
import { outagesNow } from './rule.ts';
import type { Memory } from './state.ts';

/** How each UPS's power cut stands at `now`, as the rule itself sees it; times in ms since 1970. */
export function powerView(
  known: Facts,
  memory: ReadonlyMap<string, unknown> | undefined,
  { settings, startedAt, now }: { settings: PolicySettings; startedAt: number; now: number },
): OutageNow[] {
  const facts = withoutFuture(known, startedAt, now);
  const seen = { ...facts, ups: withDoubts(facts.ups, startedAt) };
  // The rows were written by this rule alone.
  const rows = withoutFuture((memory ?? new Map()) as Memory, startedAt, now);
  return outagesNow(seen, rows, { settings, now }, indexOf(seen, holdsByTarget(seen.hold, now)));
}
