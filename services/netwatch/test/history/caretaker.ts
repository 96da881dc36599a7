import { advance, type Step } from '../../src/core/advance.ts';
import { applied } from '../../src/core/applied.ts';
import { type Graph, graphOf } from '../../src/core/graph.ts';
import type { Moment, Now } from '../../src/core/moment.ts';
import type { ProbeWatch } from '../../src/core/probe-watch.ts';
import { storedThing, withoutMonotonic } from '../../src/core/thing.ts';
import { emptyWorld, type Signal, type Surroundings, type World } from '../../src/core/world.ts';
import { Hearing, keepLogs, type Log } from './hearing.ts';
import { Intervals } from './intervals.ts';
import { Looks } from './looks.ts';
import { Queue } from './queue.ts';
import { civil, isIn, second, trueTime } from './space.ts';
import { segmentAt, type Truth } from './truth.ts';

/** A step that was stored, with what led to it. */
export interface Taken {
  readonly signals: readonly Signal[];
  readonly step: Step;
  readonly before: World;
  readonly after: World;
}

const heartbeatMs = 10 * second;

/** netwatch's shell in simulated time: it looks, steps, stores, and can be killed at any time. */
export class Caretaker {
  readonly truth: Truth;
  readonly queue = new Queue();
  readonly intervals = new Intervals();
  world: World = emptyWorld;
  looks: Looks | undefined;
  #hearing: Hearing | undefined;
  startedAt = 0;
  readonly #watch: (taken: Taken) => void;
  readonly #graph: Graph;
  readonly #logs: readonly Log[];
  readonly #flaps = new Map<string, ProbeWatch['flaps']>();
  #pending: Signal[] = [];
  #isWaiting = false;
  #aliveAt = 0;
  #events = 0;

  constructor(truth: Truth, watch: (taken: Taken) => void) {
    this.truth = truth;
    this.#watch = watch;
    const { items, passages, offs, stalls, endMs } = truth.history;
    this.#graph = graphOf(new Map(items.map(({ id, needs }) => [id, needs])), passages);
    for (const { from, to } of offs) {
      this.queue.at(from, () => this.#die());
      this.queue.at(to, () => this.#start());
    }
    for (const { to } of stalls) this.queue.at(to, () => this.#step([]));
    this.#hearLater();
    this.#logs = keepLogs(truth, this.queue, {
      civil: () => civil(truth.history, this.queue.now),
      heard: ({ thing }) => this.#step(this.#hearing?.hear([thing.id]) ?? []),
    });
    for (let at = heartbeatMs; at < endMs; at += heartbeatMs) this.queue.at(at, () => this.#beat());
  }

  run(): this {
    this.#start();
    this.queue.run(this.truth.history.endMs);
    return this;
  }

  now(): Now {
    const { now } = this.queue;
    return { time: civil(this.truth.history, now), ms: now - this.startedAt };
  }

  /** The true time of a moment that this process has seen, or an earlier one. */
  trueTime({ time, ms }: Moment): number {
    return ms === undefined ? trueTime(this.truth.history, time, this.queue.now) : this.startedAt + ms;
  }

  #start(): void {
    this.startedAt = this.queue.now;
    this.#aliveAt = this.queue.now;
    this.#pending = [];
    this.#isWaiting = false;
    this.looks = new Looks({
      truth: this.truth,
      queue: this.queue,
      now: () => this.now(),
      flaps: this.#flaps,
      isVantageLost: this.world.vantage !== undefined,
      found: (signals) => this.#step(signals),
    });
    this.#hearing = new Hearing(this.#logs, {
      queue: this.queue,
      now: () => this.now(),
      isVantageLost: () => this.world.vantage !== undefined,
      stateOf: (id) => this.world.things.get(id)?.state,
      heard: (signals) => this.#step(signals),
    });
    const { broken } = segmentAt(this.truth, this.queue.now);
    this.#step([...this.#heard(broken), ...this.#hearing.hear()]);
  }

  #die(): void {
    this.looks?.end();
    this.looks = undefined;
    this.#hearing?.end();
    this.#hearing = undefined;
    this.intervals.close(this.#aliveAt);
    const { things, incidents, outside, vantage, nextIncident } = this.world;
    this.world = {
      things: new Map([...things].map(([id, thing]) => [id, storedThing(thing)])),
      outside: new Map(withoutMonotonic([...outside])),
      incidents: new Map(withoutMonotonic([...incidents])),
      nextIncident,
      ...(vantage && { vantage: withoutMonotonic(vantage) }),
    };
  }

  #beat(): void {
    if (!this.looks) return;
    this.#aliveAt = this.queue.now;
    const signals = this.looks.pass();
    if (signals.length > 0) this.#step(signals);
  }

  /** What the other services' logs say comes a moment after it happened. */
  #hearLater(): void {
    for (const [index, { from, broken }] of this.truth.segments.entries()) {
      const delay = 200 + ((index * 977) % 2_000);
      this.queue.at(from + delay, () => this.looks && this.#step(this.#heard(broken)));
    }
  }

  /** Of what is off because of something else they say nothing: a VM is said to run while its node is off. */
  #heard(broken: ReadonlySet<string>): Signal[] {
    const since = { time: this.now().time };
    return this.truth.history.items
      .filter(({ id, seenBy }) => seenBy === 'log' && this.#isNews(id, broken.has(id)))
      .map(({ id }) => {
        const evidence = isPower(id) ? { evidence: { id: cutOf(id), correlationid: cutOf(id) } } : {};
        return { kind: 'outside', thing: id, outside: { failed: broken.has(id), since, ...evidence } };
      });
  }

  #isNews(id: string, failed: boolean): boolean {
    const waiting = this.#pending.findLast((each) => each.kind === 'outside' && each.thing === id);
    const known = waiting?.kind === 'outside' ? waiting.outside : this.world.outside.get(id);
    return (known?.failed ?? false) !== failed;
  }

  #step(signals: readonly Signal[]): void {
    const { looks } = this;
    if (!looks) return;
    this.#pending.push(...signals);
    // It cannot be stored: the step is dropped, and made again with what came meanwhile.
    if (isIn(this.truth.history.stalls, this.queue.now)) return;
    looks.store();
    if (this.#pending.length === 0 && !this.#isWaiting) return;
    const taken = { signals: this.#pending, before: this.world };
    const now = this.now();
    const step = advance(this.world, taken.signals, this.#around(looks, now));
    this.world = applied(this.world, step, now);
    this.#pending = [];
    for (const { thing, at, state } of step.spans) this.intervals.record(thing, this.trueTime(at), state);
    // All that is looked at over the network: what was not called anything yet is in no world, so no step names it.
    if (taken.signals.some(({ kind }) => kind === 'vantage-regained')) {
      looks.allFromZero();
      this.#hearing?.allFromZero();
    }
    for (const id of step.fresh) {
      looks.fromZero(id);
      this.#hearing?.fromZero(id);
    }
    for (const id of step.lookAt) looks.lookAt(id);
    this.#isWaiting = step.dueMs !== undefined;
    if (step.dueMs !== undefined) this.queue.at(this.queue.now + step.dueMs, () => this.#step([]));
    this.#watch({ ...taken, step, after: this.world });
  }

  #around(looks: Looks, now: Now): Surroundings {
    return {
      graph: this.#graph,
      now,
      about: (id) => this.truth.items.get(id) ?? nothing,
      isClear: (id, ms) => this.#hearing?.isClear(id, ms) ?? looks.isClear(id, ms),
      outages: new Set(this.truth.history.items.map(({ id }) => cutOf(id))),
      newId: () => {
        this.#events += 1;
        return `event-${this.#events}`;
      },
    };
  }
}

/** Of what begins a power cut its log has the chain. */
export function isPower(id: string): boolean {
  return /^(mains|ups)\//.test(id);
}

function cutOf(id: string): string {
  return `cut of ${id}`;
}

const nothing = { core: false, incidents: false, silent: false, here: false };
