import { isBefore, type Moment, type Now } from './moment.ts';
import type { Outside } from './thing.ts';
import type { Signal } from './world.ts';

/**
 * How long what another service says may rest on what it saw before we could see anything, ms, besides its own interval: a poll of a
 * silent hypervisor that is under way takes 3 tries of 5 s.
 */
export const staleMs = 16_000;

/** A thing that another service looks at, and whose failures are incidents here. */
export interface LogWatch {
  readonly thing: string;
  /** What its log says; absent: nothing yet, or nothing any more. */
  readonly said?: Outside;
  /** Since when what it says counts here: from before that nothing is known. */
  readonly from: Now;
}

/**
 * What the log says, as the sight of a look: for verdicts, incidents and availability it is then a thing as any other.
 *
 * @returns undefined while the log says nothing
 */
export function sightOf({ thing, said, from }: LogWatch, now: Now): Signal | undefined {
  if (!said) return undefined;
  const began = momentOf(said.since, now);
  const since = isBefore(began, from) ? from : began;
  return { kind: 'sight', thing, sight: said.unseen ? 'unseen' : said.failed ? 'fails' : 'answers', since };
}

/** An event has civil time only; it is never in the future, whatever its writer's clock says. */
function momentOf({ time }: Moment, now: Now): Now {
  const agoMs = Math.max(0, now.time - time);
  return { time: now.time - agoMs, ms: now.ms - agoMs };
}
