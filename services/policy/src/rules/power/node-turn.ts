import { because, type Reason } from '@huismeester/contracts';
import { runtimeLeft } from '../../facts/ups.ts';
import { isSelfNode } from './budget.ts';
import type { NodeHere } from './node-here.ts';
import { isUnread, staleMs } from './stage.ts';

/** Why a node is to go now, or when to look again at the latest. */
export type Turn = { readonly reason: Reason } | { readonly lookAgainAt?: number };

/** Whether a node goes now: all is down that goes before it, or the battery leaves it no more time. */
export function turnOf(here: NodeHere): Turn {
  const { outage, goesWith } = here;
  const { ups, forced, low } = outage.feed;
  if ((forced || low) && isTurn(here)) return { reason: because(forced ? 'forced' : 'low', { ups }) };
  const late = mustGo(here);
  if (late && 'reason' in late) return late;
  if (!goesWith.guests && !goesWith.nodes) return { reason: because('guests-down', { ups }) };
  const times = [late?.at, forced || low ? lastTurn(here) : undefined, goesWith.guestsUntil].flatMap(
    (at) => at ?? [],
  );
  return times.length === 0 ? {} : { lookAgainAt: Math.min(...times) };
}

/** With a low battery a node that Huismeester needs gives the others this long to be asked, ms. */
const lastTurnMs = 20_000;

function isTurn(here: NodeHere): boolean {
  const { plan, index, context, goesWith } = here;
  if (!isSelfNode(plan, index, context.settings)) return true;
  return (!goesWith.guests && !goesWith.nodes) || context.now >= lastTurn(here);
}

function lastTurn({ outage: { feed }, context: { now } }: NodeHere): number {
  return (feed.lowSince ?? now) + lastTurnMs;
}

/** Why a node cannot wait for its guests any longer, or when that will be; undefined when nothing says. */
function mustGo({
  outage: { feed },
  context,
  plan,
}: NodeHere): { reason: Reason } | { at: number } | undefined {
  const { now, settings } = context;
  const { ups, chargePct, since, readAt } = feed;
  const itself = plan.ownShutdownMs + settings.plan.reserveMs;
  const left = runtimeLeft(feed, now);
  if (left !== undefined) {
    const said = { ups, left_s: left / 1000, limit_s: itself / 1000 };
    return left <= itself ? { reason: because('node-must-go', said) } : { at: now + (left - itself) };
  }
  const limit_pct = settings.plan.below.core.chargePct / 2;
  if (chargePct !== undefined && chargePct < limit_pct) {
    return { reason: because('node-by-charge', { ups, charge_pct: chargePct, limit_pct }) };
  }
  // A charge that is read no more says nothing any longer.
  if (!isUnread(feed, now)) return { at: (readAt ?? 0) + staleMs + 1 };
  const at = since + settings.plan.below.core.unreadMs + settings.plan.expectedShutdownMs + itself;
  if (now < at) return { at };
  return { reason: because('node-by-time', { ups, elapsed_s: (now - since) / 1000 }) };
}
