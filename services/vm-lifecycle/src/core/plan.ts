import type { DesiredState } from '@huismeester/contracts';
import type { Static } from 'typebox';
import type { Act, GuestNow, GuestTask } from './guest.ts';

/** The newest decision about a guest, and how far we are with it. */
export interface Desired
  extends Pick<Static<typeof DesiredState>, 'state' | 'generation' | 'mode' | 'validUntil'> {
  readonly vm: string;
  /** Id of the decision, and of the chain that led to it. */
  readonly decision: string;
  readonly correlation: string;
  /** It reached its state once: what anybody does to the guest afterwards is not ours to undo. */
  readonly reached: boolean;
  readonly givenUp: boolean;
}

/** Our newest request for a guest. `intended` is committed before it is sent, `accepted` has its UPID. */
export interface Request {
  readonly vm: string;
  readonly act: Act;
  readonly generation: number;
  readonly decision: string;
  readonly correlation: string;
  /** Counts within the generation, whatever became of each. */
  readonly attempt: number;
  /** How many attempts of the generation count against the limit: those that may have reached the guest. */
  readonly tries: number;
  readonly phase: 'intended' | 'accepted' | 'failed' | 'done';
  readonly node: string;
  readonly upid?: string;
  readonly error?: string;
  readonly intendedAt: Date;
  /** Failed: not to be tried again before this. */
  readonly notBefore?: Date;
}

/** Errors that say that another holds the guest: waited for, as often as it takes. */
export const lockedOut = /is locked|can't lock file|got lock request timeout/i;

/** Whether the end of a request was not seen yet. */
export function isInFlight(
  request: Request | undefined,
): request is Request & { phase: 'intended' | 'accepted' } {
  return request?.phase === 'intended' || request?.phase === 'accepted';
}

export type TaskState =
  | { readonly state: 'running' }
  | { readonly state: 'ended'; readonly ok: boolean; readonly exit: string }
  /** The node knows no such task (any more). */
  | { readonly state: 'gone' };

/** What was seen just now; `blind` says why the guest cannot be looked at. */
export type Look =
  | { readonly blind: string }
  | {
      readonly blind?: never;
      readonly guest: GuestNow;
      readonly tasks: readonly GuestTask[];
      readonly quorate: boolean;
      /** How the task of an accepted request stands. */
      readonly task?: TaskState;
    };
export type Sight = Exclude<Look, { blind: string }>;

export interface Situation {
  readonly now: Date;
  readonly look: Look;
  readonly desired: Desired | undefined;
  readonly request: Request | undefined;
  /** The user of our token's tasks. */
  readonly token: string;
  /** UPIDs of our earlier requests for this guest: never adopted twice. */
  readonly upids: readonly string[];
  /** How long an accepted request of an HA-managed guest may take, in milliseconds. */
  readonly patienceMs: number;
  /** What a guest gets to shut down, in milliseconds. */
  readonly shutdownTimeoutMs: number;
  /** Whether a guest of its class that does not shut down in that time may be stopped. */
  readonly forceStop: boolean;
}

/** What to do next; `again` is in milliseconds. */
export type Plan =
  | { readonly do: 'nothing'; readonly why: string }
  | { readonly do: 'wait'; readonly why: string; readonly again: number }
  | ({ readonly do: 'shutdown' } & Attempt)
  | ({ readonly do: 'start' } & Attempt)
  | ({ readonly do: 'stop' } & Attempt)
  | { readonly do: 'adopt'; readonly upid: string }
  | { readonly do: 'done'; readonly why: string }
  | ({ readonly do: 'fail' } & Failure)
  /** It cannot be asked as things are: recorded as a request that failed without being sent. */
  | ({ readonly do: 'refuse'; readonly act: Act; readonly attempt: number } & Failure);

export interface Attempt {
  readonly attempt: number;
  readonly tries: number;
  /** Why it is asked again. */
  readonly because?: string;
}

export interface Failure {
  readonly error: string;
  readonly retry: boolean;
  readonly tries: number;
  readonly again: number;
}
