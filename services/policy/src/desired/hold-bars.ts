import { because } from '@huismeester/contracts';
import { type Hold, holdOfGuest, holdsByTarget } from '../facts/hold.ts';
import type { Facts } from '../facts/index.ts';
import type { Bar } from '../rules/define.ts';
import { nodeIdOf } from './presence.ts';
import { isPowerTarget, type PowerTarget, targetOfVm } from './target.ts';

/** The name under which holds stand among the rules. */
export const holdRule = 'hold';

/**
 * The bars of the holds that are not over at `now` (ms since 1970): nothing is done to what somebody works on (SPACE-3).
 * A hold on a node holds its guests too. They have no mode and always count.
 */
export function holdBars({ hold: holds, vm, node }: Facts, now: number): Bar[] {
  const byTarget = holdsByTarget(holds, now);
  if (byTarget.size === 0) return [];
  const held = new Map<PowerTarget, Hold>();
  for (const [target, hold] of byTarget) if (isPowerTarget(target)) held.set(target, hold);
  for (const guest of vm.values()) {
    const own = holdOfGuest(byTarget, guest, nodeIdOf(guest, node));
    if (own) held.set(targetOfVm(guest.vm), own);
  }
  return [...held].map(([target, { until, because: text }]) => ({
    kind: 'bar',
    target,
    tier: 'hold',
    clause: 'SPACE-3',
    reasons: [because('hold', { until: new Date(until).toISOString(), text })],
    evidence: [],
    recorded: true,
  }));
}
