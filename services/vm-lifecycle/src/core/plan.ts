import type { Desired } from './desired.ts';
import type { Act, GuestNow, GuestTask } from './guest.ts';
import type { Failure, Request } from './request.ts';
import type { GuestTarget } from './target.ts';

export type TaskState =
  | { readonly state: 'running' }
  | { readonly state: 'ended'; readonly ok: boolean; readonly exit: string }
  /** The node knows no such task (any more). */
  | { readonly state: 'gone' };

/** What was seen just now; `blind` is why the guest cannot be looked at. */
export type Look =
  | { readonly blind: string }
  | {
      readonly blind?: never;
      readonly guest: GuestNow;
      readonly tasks: readonly GuestTask[];
      readonly quorate: boolean;
      /** The guest that stands there is another than the one that was known; looked for before each request. */
      readonly another?: boolean;
      /** How the task of an accepted request stands. */
      readonly task?: TaskState;
    };
export type Sight = Exclude<Look, { blind: string }>;

export interface Situation {
  readonly now: Date;
  readonly look: Look;
  readonly desired: Desired<GuestTarget> | undefined;
  readonly request: Request | undefined;
  /** The user of our token's tasks. */
  readonly token: string;
  /** UPIDs of our earlier requests for this guest: never adopted twice. */
  readonly upids: readonly string[];
  /** How long an accepted request of an HA-managed guest may take, in milliseconds. */
  readonly haDeadlineMs: number;
  /** What a guest gets to shut down, in milliseconds. */
  readonly shutdownTimeoutMs: number;
  /** Whether a guest of its class that does not shut down in that time may be stopped. */
  readonly forceStop: boolean;
}

/** To look again, in milliseconds. */
export interface Wait {
  readonly do: 'wait';
  readonly why: string;
  readonly again: number;
}

/** What to do next about a guest or a node. */
export type Step =
  | { readonly do: 'nothing'; readonly why: string }
  | Wait
  | { readonly do: 'done'; readonly why: string }
  | ({ readonly do: 'fail' } & Failure);

/** What to do next about a guest. */
export type Plan =
  | Step
  | ({ readonly do: 'shutdown' } & Attempt)
  | ({ readonly do: 'start' } & Attempt)
  | ({ readonly do: 'stop' } & Attempt)
  | { readonly do: 'adopt'; readonly upid: string }
  /** It was carried out: the guest went off, and was started since. */
  | { readonly do: 'undone'; readonly why: string }
  /** Another guest stands under the vmid: what was decided was not for it. */
  | { readonly do: 'another'; readonly why: string }
  /** It cannot be asked as things are: recorded as a request that failed without being sent. */
  | ({ readonly do: 'refuse'; readonly act: Act; readonly attempt: number } & Failure);

/** A request that is to be made. */
export interface Attempt {
  readonly attempt: number;
  readonly tries: number;
  /** Why it is asked again. */
  readonly because?: string;
}
