import type { LookReason, ThingState } from '@huismeester/contracts';
import type { Moment, Now } from './moment.ts';

/**
 * A sight is what the looks at one thing come to, after debouncing: an observation, which knows nothing of other things. The verdict (`state`)
 * is made of it and of what else has failed. `unseen`: we could not look.
 */
export type Sight = 'answers' | 'fails' | 'unseen';

/** Why a sight is what it is. */
export interface Because {
  readonly reason?: LookReason;
  readonly detail?: string;
}

/** A thing that netwatch looks at: a probe, a switch, a port, and through vm-lifecycle's log a hypervisor. Its verdict is stored, its looks are not. */
export interface Thing extends Because {
  readonly id: string;
  readonly state: ThingState;
  /** The start of the state, as first seen; absent: never looked at. */
  readonly since?: Moment;
  /** What explains that it is down or unknown. */
  readonly root?: string;
  /** What an event said last; a state that is explained by something else says nothing. */
  readonly said?: 'up' | 'down' | 'refused';
  /** When that began that was said last. */
  readonly saidSince?: Moment;
  /** The event that said it. */
  readonly saidBy?: Evidence;
  readonly flapping: boolean;
  /** It went up and down while something explained that: it counts as flapping from its next failure of its own on. */
  readonly heldFlaps?: Flapping;
  /** The open incident that it belongs to. */
  readonly incident?: string;
  /** Since when it is known at all: no availability is counted before. */
  readonly knownSince?: Moment;
  readonly look?: Looked;
}

/** How often it changed between up and down, in which time. */
export interface Flapping {
  readonly changes: number;
  readonly within_s: number;
}

/** What one process has seen of a thing since it began to look; after a restart, and when our place in the network was lost, all of it is seen anew. */
export interface Looked {
  readonly sight: Sight;
  /** When the first look began that the sight rests on. */
  readonly since: Now;
  /** Whether the state rests on this sight already. */
  readonly judged: boolean;
  /** Since when its verdict waits for parents that are in doubt, monotonic ms. */
  readonly waitingMs?: number;
  /** What explained its failure is back, and it is looked at from zero: this sight is the one from before. */
  readonly recheck?: true;
}

/** A thing of which nothing is known. */
export function newThing(id: string): Thing {
  return { id, state: 'unknown', flapping: false };
}

/** A thing of another service's log, which explains what fails here. Hypervisors are things here, too: see `log-watch.ts`. */
export interface Outside {
  readonly failed: boolean;
  /** Whoever looks at it is refused: nobody knows whether it works. */
  readonly unseen?: boolean;
  /** When that began. */
  readonly since: Moment;
  /** The event that said so. */
  readonly evidence?: Evidence;
}

export interface Evidence {
  readonly id: string;
  readonly correlationid: string;
}

/** As it is stored: looks and monotonic times end with the process. */
export function storedThing({ look: _, ...verdict }: Thing): Thing {
  return withoutMonotonic(verdict);
}

/** A value without the monotonic part of each moment in it. */
export function withoutMonotonic<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'ms' ? undefined : each))) as T;
}
