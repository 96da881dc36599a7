import { backoffMs } from '@huismeester/clock/backoff';
import type { Desired } from './desired.ts';
import { isHung } from './force.ts';
import { outcomeOf } from './guest.ts';
import type { Attempt, Wait } from './plan.ts';
import { type AnyRequest, type Failure, lockedOut, type Request } from './request.ts';

/** A guest that hangs had its time three times; other errors, such as a storage that is not up yet, pass by themselves. */
const tries = { ofHanging: 3, ofOthers: 8 } as const;

const longestPauseMs = 60_000;
/** What a clock may go back by itself, as it is kept right. */
const clockSteadyMs = 1_000;

/** Time to the next attempt, in milliseconds: 1 s doubled each time, 60 s at most. */
export function pauseMs(attempt: number): number {
  return backoffMs(attempt, { firstMs: 1_000, longestMs: longestPauseMs });
}

/** What is left of a pause, in milliseconds: none of one that ends too late, since the clock went back after it began. */
export function pauseLeftMs(until: Date | undefined, now: Date): number {
  const left = (until?.getTime() ?? 0) - now.getTime();
  return left > longestPauseMs ? 0 : Math.max(0, left);
}

/**
 * The next attempt to carry out a decision, or how long that waits because the one before failed; `before` is the newest request
 * of the same decision. An attempt that is `overdue` does not wait.
 */
export function nextAttempt(
  before: AnyRequest | undefined,
  now: Date,
  { overdue = false }: { readonly overdue?: boolean } = {},
): Attempt | Wait {
  const pause = overdue ? 0 : pauseLeftMs(before?.notBefore, now);
  if (pause > 0) return { do: 'wait', why: 'failed before', again: pause };
  const attempt = { attempt: (before?.attempt ?? 0) + 1, tries: before?.tries ?? 0 };
  return before?.error === undefined ? attempt : { ...attempt, because: before.error };
}

/** How long ago something was, in milliseconds: for ever, if that lies ahead, since the clock went back after it. */
export function sinceMs(then: Date, now: Date): number {
  const since = now.getTime() - then.getTime();
  return since < -clockSteadyMs ? Number.POSITIVE_INFINITY : since;
}

/** How long the writing of an intent may take: longer with each attempt, since the database may just be slow. */
const sendWithin = { firstMs: 5_000, longestMs: 30_000 } as const;

/**
 * Why an intent that took so long to be committed is stale and not sent: while the process was stopped (SIGSTOP, a
 * suspended machine), what it saw and what was decided became old. Undefined while it is in time.
 */
export function staleIntent(tookMs: number, attempt: number): string | undefined {
  const inTime = tookMs <= Math.min(sendWithin.longestMs, attempt * sendWithin.firstMs);
  return inTime ? undefined : 'it was not sent: this process or its database was stopped before it could be';
}

/** A failure that is not tried again, whatever is left of its tries: the decision is given up. */
export function failedForGood(error: string, tries: number): { readonly do: 'fail' } & Failure {
  return { do: 'fail', error, retry: false, tries, again: 0 };
}

export interface HowItFailed {
  /** Whether it may have reached the guest; by default, whether nobody else held the guest. */
  readonly counted?: boolean;
  /** It was looked for, and nothing was seen of it. */
  readonly untraced?: boolean;
  /** Whether a guest that does not shut down may be stopped. */
  readonly forceStop?: boolean;
}

/** A request that failed: whether it will be tried again, when, and how many tries that makes. */
export function failed(
  desired: Desired | undefined,
  request: Pick<Request, 'act' | 'decision' | 'attempt' | 'tries'>,
  error: string,
  { counted = !lockedOut.test(error), untraced = false, forceStop = false }: HowItFailed = {},
): Failure {
  const { act, decision, attempt } = request;
  const count = request.tries + (counted ? 1 : 0);
  const most = isHung({ act, error }) ? tries.ofHanging : tries.ofOthers;
  // A decision that became too old is no giving up: policy makes it anew.
  const still = desired?.decision === decision && desired.state === outcomeOf(act);
  // A guest is stopped once: again only if that surely was not done.
  const again = act === 'stop' ? (!counted || untraced) && count < tries.ofHanging : count < most;
  const retry = still && (again || (forceStop && isHung({ act, error })));
  return { error, retry, tries: count, again: pauseMs(attempt) };
}
