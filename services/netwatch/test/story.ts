import { advance, type Step } from '../src/core/advance.ts';
import { applied } from '../src/core/applied.ts';
import { graphOf, type Needs } from '../src/core/graph.ts';
import { isOpen } from '../src/core/incident.ts';
import type { Now } from '../src/core/moment.ts';
import { type Sight, storedThing, withoutMonotonic } from '../src/core/thing.ts';
import { type About, emptyWorld, type Signal, type World } from '../src/core/world.ts';

export interface StoryOptions {
  /** What each thing needs; a string is one need, a list any one of its members. */
  readonly needs?: Readonly<Record<string, readonly (string | readonly string[])[]>>;
  readonly about?: Readonly<Record<string, Partial<About>>>;
  /** Probes that are looked through only. */
  readonly passages?: readonly string[];
  readonly outages?: readonly string[];
}

export interface Story {
  world: World;
  /** The last step. */
  step: Step;
  /** All events so far, as `<type> <subject>` with their data. */
  readonly events: {
    readonly line: string;
    readonly data: Readonly<Record<string, unknown>>;
    readonly cause?: string;
  }[];
  /** Steps at a time, in s; signals are those of the moment. */
  at(s: number, ...signals: Signal[]): void;
  /** A sight at a time whose first look began earlier (s); 2 s before if left out. */
  sees(s: number, thing: string, sight: Sight, since?: number): void;
  outside(s: number, thing: string, failed: boolean, event?: string): void;
  /** From now on every look at these things is good. */
  clear(...things: string[]): void;
  /** What was said since the last time that this was asked. */
  said(): string[];
  state(thing: string): string;
  /** `<id>: <root> = <members>` of each open incident. */
  incidents(): string[];
  /** The process ends and starts again: what is stored is left. */
  restart(): void;
}

/** 2026-11-30 12:00 UTC. */
export const noon = Date.UTC(2026, 10, 30, 12);

/** Plays signals through the core, with a clock in seconds since noon. */
export function story({ needs = {}, about = {}, passages = [], outages = [] }: StoryOptions = {}): Story {
  const groups = Object.entries(needs).map(([id, each]): [string, Needs] => [
    id,
    each.map((need) => (typeof need === 'string' ? [need] : need)),
  ]);
  const graph = graphOf(new Map(groups), new Set(passages));
  const clear = new Set<string>();
  let count = 0;
  let told = 0;
  let startedAt = 0;
  const now = (s: number): Now => ({ time: noon + s * 1000, ms: (s - startedAt) * 1000 });
  const whatIs = (id: string): About => ({
    core: false,
    incidents: true,
    silent: false,
    here: false,
    ...about[id],
  });
  const self: Story = {
    world: emptyWorld,
    step: advance(emptyWorld, [], {
      graph,
      now: now(0),
      about: whatIs,
      isClear: () => true,
      outages: new Set(outages),
      newId: () => 'none',
    }),
    events: [],
    at(s, ...signals) {
      self.step = advance(self.world, signals, {
        graph,
        now: now(s),
        about: whatIs,
        isClear: (id) => !/^(probe|switch|port)\//.test(id) || clear.has(id),
        outages: new Set(outages),
        newId: () => {
          count += 1;
          return `event-${count}`;
        },
      });
      self.world = applied(self.world, self.step, now(s));
      for (const { type, subject, data, cause } of self.step.events) {
        const line = `${type} ${subject}`;
        self.events.push({ line, data: { ...data }, ...(cause && { cause: cause.correlationid }) });
      }
    },
    sees: (s, thing, sight, since = s - 2) =>
      self.at(s, {
        kind: 'sight',
        thing,
        sight,
        since: now(since),
        ...(sight === 'fails' && { reason: 'no-answer' }),
      }),
    outside(s, thing, failed, event) {
      const evidence = event === undefined ? {} : { evidence: { id: event, correlationid: event } };
      self.at(s, { kind: 'outside', thing, outside: { failed, since: now(s), ...evidence } });
    },
    clear: (...things) => {
      for (const thing of things) clear.add(thing);
    },
    said() {
      const fresh = self.events.slice(told).map(({ line }) => line);
      told = self.events.length;
      return fresh;
    },
    state: (thing) => {
      const { state = 'unknown', root } = self.world.things.get(thing) ?? {};
      return root === undefined ? state : `${state} because of ${root}`;
    },
    incidents: () =>
      [...self.world.incidents.values()].filter(isOpen).map(({ id, root, members }) => {
        const names = Object.entries(members).map(([each, { backAt }]) => (backAt ? `(${each})` : each));
        return `${id}: ${root} = ${names.join(' ')}`;
      }),
    restart() {
      const things = [...self.world.things].map(([id, thing]) => [id, storedThing(thing)] as const);
      const incidents = withoutMonotonic([...self.world.incidents]);
      self.world = { ...self.world, things: new Map(things), incidents: new Map(incidents) };
      startedAt += 100_000;
    },
  };
  return self;
}
