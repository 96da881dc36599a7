import type { HypervisorSettings } from '@huismeester/contracts';
import { type Desired, wanted } from './desired.ts';
import type { Attempt, Step } from './plan.ts';
import { isInFlight, madeFor, type NodeAct, type NodeRequest } from './request.ts';
import { failedForGood, nextAttempt, pauseLeftMs, pauseMs, sinceMs } from './retry.ts';
import type { NodeTarget } from './target.ts';

type NodeSettings = HypervisorSettings['nodes'][string];

export interface NodeSituation {
  readonly now: Date;
  readonly desired: Desired<NodeTarget> | undefined;
  readonly request: NodeRequest | undefined;
  /** Whether the node is part of its cluster at this moment; undefined when that cannot be seen. */
  readonly online: boolean | undefined;
  readonly settings: Pick<NodeSettings, 'nodeShutdown' | 'wake'>;
  /** How long a node may take to go down until it is asked again, in milliseconds. */
  readonly deadlineMs: number;
}

/** What to do next about a node. */
export type NodePlan =
  | Step
  /** To be written down, and then done. */
  | ({ readonly do: 'request'; readonly act: NodeAct } & Attempt)
  /** One more magic packet, of a wake that was written down. */
  | { readonly do: 'send' }
  /** The request is over, and what became of it is not known. */
  | { readonly do: 'close'; readonly why: string };

export const wakeEveryMs = 15_000;
const lookMs = 2_000;
const triesPerDecision = 3;

/**
 * The next step from what a node is to what policy wants of it. Quorum does not matter here. A node that was asked to go
 * down is watched before anything else is done about it, also when it is wanted back by then.
 */
export function planNode(situation: NodeSituation): NodePlan {
  const { request, desired, now, online } = situation;
  const wish = wanted(desired, now);
  const open = isInFlight(request) ? request : undefined;
  const asWished = 'want' in wish && madeFor(desired, open) !== undefined;
  if (open?.act === 'shutdown') return followShutdown(situation, open, asWished);
  if (open?.act === 'wake' && !asWished) {
    if (online === true) return { do: 'done', why: 'it is online' };
    if ('want' in wish && wish.want === 'running')
      return { do: 'close', why: 'a newer decision wants it back' };
    const error =
      'not' in wish && wish.not === 'expired'
        ? 'it did not come back in time'
        : 'it is no longer wanted back';
    return failedForGood(error, open.attempt);
  }
  if ('not' in wish) return { do: 'nothing', why: wish.not };
  const before = madeFor(desired, request);
  return wish.want === 'stopped' ? shutDown(situation, before) : wake(situation, before);
}

/** A request that failed: tried again only as long as its decision holds, and three times in all. */
export function failedAttempt(attempt: number, error: string): NodePlan & { do: 'fail' } {
  const retry = attempt < triesPerDecision;
  return { do: 'fail', error, retry, tries: attempt, again: pauseMs(attempt) };
}

function followShutdown(
  { now, online, deadlineMs }: NodeSituation,
  open: NodeRequest,
  asWished: boolean,
): NodePlan {
  if (online === false) return { do: 'done', why: 'it is offline' };
  const since = sinceMs(open.intendedAt, now);
  const hasTime = since < deadlineMs;
  if (online === true && !hasTime) {
    const error = Number.isFinite(since)
      ? `it is still up ${Math.round(since / 1000)} s after it was asked to shut down`
      : 'it is still up, and the clock went back after it was asked to shut down';
    return asWished
      ? { ...failedAttempt(open.attempt, error), again: 0 }
      : failedForGood(error, open.attempt);
  }
  if (hasTime || asWished) {
    const why = online === undefined ? 'it cannot be seen whether it went down' : 'it is going down';
    return { do: 'wait', why, again: lookMs };
  }
  return { do: 'close', why: 'it cannot be seen whether it went down, and that is no longer wanted' };
}

function shutDown({ settings, online, now }: NodeSituation, before: NodeRequest | undefined): NodePlan {
  if (settings.nodeShutdown !== 'huismeester') return { do: 'nothing', why: 'settings leave it to upsmon' };
  if (online === undefined) return { do: 'wait', why: 'it cannot be seen', again: lookMs };
  if (!online) return { do: 'done', why: 'it is offline' };
  return again('shutdown', before, now);
}

function wake({ settings, online, now }: NodeSituation, before: NodeRequest | undefined): NodePlan {
  if (online === true) return { do: 'done', why: 'it is online' };
  if (settings.wake === 'ups-cycle')
    return { do: 'nothing', why: 'it comes back with the outlets of its UPS' };
  if (settings.wake !== 'wol') return { do: 'nothing', why: 'a person switches it on' };
  if (before?.act !== 'wake' || before.phase === 'failed' || before.phase === 'done')
    return again('wake', before, now);
  const pause = pauseLeftMs(before.notBefore, now);
  return pause > 0 ? { do: 'wait', why: 'a magic packet was sent', again: pause } : { do: 'send' };
}

function again(act: NodeAct, before: NodeRequest | undefined, now: Date): NodePlan {
  const next = nextAttempt(before, now);
  return 'do' in next ? next : { do: 'request', act, ...next };
}
