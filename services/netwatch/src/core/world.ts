import type { EventData, EventType } from '@huismeester/contracts';
import type { Graph } from './graph.ts';
import type { Incident } from './incident.ts';
import type { Moment, Now } from './moment.ts';
import type { Because, Evidence, Flapping, Outside, Sight, Thing } from './thing.ts';

/** All verdicts and incidents of netwatch. */
export interface World {
  /** By id. */
  readonly things: ReadonlyMap<string, Thing>;
  /** What other services' logs say, by the same kind of id. */
  readonly outside: ReadonlyMap<string, Outside>;
  /** Those that are open, and those that closed in the last 10 min. */
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly nextIncident: number;
  /** Present while no other machine answers us. */
  readonly vantage?: Vantage;
}

export interface Vantage {
  readonly since: Moment;
  readonly said: Evidence;
}

export const emptyWorld: World = {
  things: new Map(),
  outside: new Map(),
  incidents: new Map(),
  nextIncident: 1,
};

/** What happened since the last step, as the looks and the other logs have it. */
export type Signal =
  | ({
      readonly kind: 'sight';
      readonly thing: string;
      readonly sight: Sight;
      readonly since: Now;
    } & Because)
  | { readonly kind: 'outside'; readonly thing: string; readonly outside: Outside | undefined }
  | ({ readonly kind: 'flapping'; readonly thing: string } & Flapping)
  | { readonly kind: 'stable'; readonly thing: string }
  | { readonly kind: 'gone'; readonly thing: string }
  /** From then until now nothing was looked at, or it could not be written down that it was. */
  | { readonly kind: 'paused'; readonly since: Moment }
  | { readonly kind: 'vantage-lost'; readonly since: Now; readonly asked: number }
  | { readonly kind: 'vantage-regained'; readonly at: Moment }
  | { readonly kind: 'said'; readonly id: string; readonly event: Said };

/** An event that concerns one thing alone; its id is given with it, so that it is never said twice. */
export type Said<T extends EventType = EventType> = {
  readonly [K in T]: { readonly type: K; readonly subject: string; readonly data: EventData<K> };
}[T];

/** What is known of a thing besides its looks. */
export interface About {
  /** Core for availability. */
  readonly core: boolean;
  /** Its failures are incidents, and its availability is counted. */
  readonly incidents: boolean;
  /** Nothing is said of it. */
  readonly silent: boolean;
  /** It is at this machine: that it answers or fails has nothing to do with the network. */
  readonly here: boolean;
}

/** What a step needs to know besides the world. */
export interface Surroundings {
  readonly graph: Graph;
  readonly now: Now;
  readonly about: (thing: string) => About;
  /**
   * Whether a look at a thing that began after this (monotonic ms) was good; of the vantage: whether any other machine answered; of a
   * thing of another log: whether that would have said by now that it failed.
   */
  readonly isClear: (thing: string, ms: number) => boolean;
  /** Correlation ids of power cuts: of each UPS the newest one, also when it is over, since what it stopped comes back later. */
  readonly outages: ReadonlySet<string>;
  /** A new event id. */
  readonly newId: () => string;
}

/** A change of a thing's state in its history: from this moment on it is so, whatever was recorded for after it. */
export interface Span {
  readonly thing: string;
  readonly at: Moment;
  readonly state: Thing['state'];
}
