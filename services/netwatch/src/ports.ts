import type { Now } from './core/moment.ts';
import type { Signal } from './core/world.ts';
import type { Memory } from './memory.ts';

/** What pollers hand on to the one writer of verdicts. */
export interface Reports {
  post(signals: readonly Signal[], memories?: ReadonlyMap<string, Memory>): void;
  /** Something was looked at: a verdict may wait for that. */
  looked(): void;
}

/** Something that is looked at again and again: a probe, a switch with its ports, or a hypervisor through vm-lifecycle's log. */
export interface Watched {
  /** Its subject. */
  readonly id: string;
  start(): void;
  close(): Promise<void>;
  /** Looks now, or once more after the look in progress. */
  now(): void;
  /** Begins to count from zero: what was seen until now says nothing any more. */
  fromZero(things: ReadonlySet<string>): void;
  /** Whether a look at this thing that began after that (monotonic ms) was good. */
  isClear(thing: string, ms: number): boolean;
  /** Whether it was looked at since the start. */
  readonly looked: boolean;
}

/** What looks at other machines say of our own place in the network. */
export interface Around {
  /** Takes in a look of a probe or switch at other machines. */
  asked(
    thing: string,
    options: { readonly gateway: boolean; readonly answered: boolean; readonly began: Now },
  ): void;
  /** Whether no other machine answers. */
  readonly lost: boolean;
}
