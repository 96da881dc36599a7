import { type Feed, runtimeLeft, unknownFeed } from '../../facts/ups.ts';
import type { PolicySettings } from '../settings.ts';
import type { OutageNow } from './outage.ts';
import { rank } from './plan.ts';
import type { StageVerdict } from './stage.ts';

/** The power cut that a node is in: that of one of its feeds. */
export interface EffectiveOutage {
  readonly feed: Feed;
  readonly verdict: StageVerdict;
}

/**
 * The effective outage of a node, by `nodeKey`: the mildest stage of those that power it, of several such that of the feed
 * that lasts longest, since a node with one good feed is in no power cut. A node that settings power by nothing is never
 * in one.
 */
export function effectiveOutages(
  outages: readonly OutageNow[],
  settings: PolicySettings,
  now: number,
): (key: string) => EffectiveOutage {
  const left = ({ feed }: EffectiveOutage): number => runtimeLeft(feed, now) ?? 0;
  const byUps = new Map<string, EffectiveOutage>(outages.map((outage) => [outage.feed.ups, outage]));
  const calm = (ups: string): EffectiveOutage => ({
    feed: unknownFeed(ups),
    verdict: { stage: 'mains', reasons: [] },
  });
  const known = new Map<string, EffectiveOutage>();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const feeds = settings.nodes.get(key)?.poweredBy ?? [];
    const each = feeds.map((ups) => byUps.get(ups) ?? calm(ups));
    const mildest =
      each.sort((a, b) => rank(a.verdict.stage) - rank(b.verdict.stage) || left(b) - left(a))[0] ??
      calm('none');
    known.set(key, mildest);
    return mildest;
  };
}
