import type { Drill } from '@huismeester/contracts';
import type { RouteDeps } from '../deps.ts';
import { headsOf } from '../live/heads.ts';
import type { DrillOf } from '../rules/power/drill/batteries.ts';
import { drill } from '../rules/power/drill/drill.ts';
import { load } from './store.ts';

/** So long one answer is good for all, ms: pages ask at each news, which is at most one a second. */
const mostMs = 1_000;

/**
 * Drills, each thought through once for all who ask for the same while no log has moved: one takes tens of milliseconds, and in a power cut every page that
 * is open asks.
 */
export function createDrills(
  deps: Pick<RouteDeps, 'database' | 'log' | 'clock' | 'settings' | 'consumers' | 'loop'>,
): (asked: DrillOf) => Promise<Drill> {
  const { database, log, clock, settings } = deps;
  let kept: { readonly key: string; readonly at: number; readonly drill: Promise<Drill> } | undefined;
  const rehearse = async (asked: DrillOf): Promise<Drill> => {
    const { facts, modes } = await load(database.orm, log.epoch);
    return drill(facts, { settings, modes }, asked, clock.now().getTime());
  };
  return (asked) => {
    const key = JSON.stringify([asked, headsOf(deps, '')]);
    const at = clock.monotonicMs();
    if (kept?.key === key && at - kept.at < mostMs) return kept.drill;
    const found = rehearse(asked);
    kept = { key, at, drill: found };
    // Whoever asked is told of the failure; whoever asks next has another try.
    found.catch(() => {
      if (kept?.drill === found) kept = undefined;
    });
    return found;
  };
}
