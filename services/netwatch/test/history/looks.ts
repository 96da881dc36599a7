import { countChanges } from '../../src/core/flaps.ts';
import type { Now } from '../../src/core/moment.ts';
import {
  fromZero,
  look,
  newWatch,
  type ProbeWatch,
  type Seen,
  type WatchStep,
} from '../../src/core/probe-watch.ts';
import { lookAround, newVantageWatch, type VantageWatch } from '../../src/core/vantage.ts';
import type { Signal } from '../../src/core/world.ts';
import type { Queue } from './queue.ts';
import { gateway, type Item, second } from './space.ts';
import { type Answer, answerOf, type Truth } from './truth.ts';

type Flaps = ProbeWatch['flaps'];

export interface LooksOptions {
  readonly truth: Truth;
  readonly queue: Queue;
  readonly now: () => Now;
  /** The changes of the flap window, which are stored. */
  readonly flaps: Map<string, Flaps>;
  readonly isVantageLost: boolean;
  /** What looks have found, at the end of each look. */
  readonly found: (signals: readonly Signal[]) => void;
}

interface Place {
  readonly item: Item;
  watch: ProbeWatch;
  /** When a look began last that was good, monotonic ms. */
  goodMs: number;
  /** Good looks in a row. */
  good: number;
  /** Looks that began in an earlier round do not count. */
  round: number;
  isLooking: boolean;
  /** Of the planned looks only the newest is done. */
  plan: number;
  again: boolean;
}

const doubtMs = 5 * second;
/** Less than nothing answers before our own place in the network is lost: by then all were asked. */
const spreadMs = 9 * second;

/** All looks of one process of the caretaker. */
export class Looks {
  readonly places = new Map<string, Place>();
  readonly #ports = new Map<string, Place[]>();
  readonly #options: LooksOptions;
  #vantage: VantageWatch;
  #isOver: boolean = false as boolean;
  readonly #changed = new Set<Place>();

  constructor(options: LooksOptions) {
    this.#options = options;
    const { truth, queue, flaps, isVantageLost } = options;
    this.#vantage = { ...newVantageWatch, lost: isVantageLost };
    let count = 0;
    for (const item of truth.history.items) {
      if (item.seenBy === 'log' || item.seenBy === 'watched-log') continue;
      const watch = newWatch(flaps.get(item.id));
      const place = { item, watch, goodMs: -1, good: 0, round: 0, isLooking: false, plan: 0, again: false };
      this.places.set(item.id, place);
      count += 1;
      // The service looks at all when it starts. Spread a little, since what happens at once has an order.
      if (item.seenBy === 'look') this.#plan(place, queue.now + ((count * 7_919) % spreadMs));
      else this.#ports.set(parentOf(item), [...(this.#ports.get(parentOf(item)) ?? []), place]);
    }
  }

  /** The process ends: what is in flight is lost. */
  end(): void {
    this.#isOver = true;
  }

  /** Looks at once, or as soon as the look is over that goes on. */
  lookAt(id: string): void {
    const place = this.#lookedAt(id === 'vantage/main' ? gateway : id);
    if (place?.isLooking) place.again = true;
    else if (place) this.#plan(place, this.#options.queue.now);
  }

  /** What was counted, or is in flight, says nothing any more. */
  fromZero(id: string): void {
    const place = this.places.get(id);
    if (!place) return;
    this.#keep(place, fromZero(place.watch));
    place.good = 0;
    place.round += 1;
    const looked = this.#lookedAt(id);
    if (looked && looked !== place) looked.round += 1;
    this.lookAt(id);
  }

  /** The changes of the flap window are stored with the step that follows from them, or neither is. */
  store(): void {
    for (const { item, watch } of this.#changed) this.#options.flaps.set(item.id, watch.flaps);
    this.#changed.clear();
  }

  allFromZero(): void {
    for (const { item } of this.places.values()) if (!item.here) this.fromZero(item.id);
  }

  isClear(id: string, ms: number): boolean {
    if (id === 'vantage/main') return (this.#vantage.answeredMs ?? -1) > ms;
    return (this.places.get(id)?.goodMs ?? -1) > ms;
  }

  /** What only the time means. */
  pass(): Signal[] {
    return [...this.places.values()].flatMap((place): Signal[] => {
      // Before there is a verdict nothing follows from how often it changed; see probe-watch.
      if (!place.watch.flaps.flapping || !place.watch.found) return [];
      const { flaps, turned } = countChanges(place.watch.flaps, 0, this.#options.now().time);
      this.#keep(place, { ...place.watch, flaps });
      return turned === 'stable' ? [{ kind: 'stable', thing: place.item.id }] : [];
    });
  }

  #lookedAt(id: string): Place | undefined {
    const place = this.places.get(id);
    return place?.item.seenBy === 'switch' ? this.places.get(parentOf(place.item)) : place;
  }

  #plan(place: Place, at: number): void {
    place.plan += 1;
    const { plan } = place;
    this.#options.queue.at(at, () => {
      if (!this.#isOver && plan === place.plan && !place.isLooking) this.#begin(place);
    });
  }

  #begin(place: Place): void {
    const { queue, truth, now } = this.#options;
    const began = now();
    const beganAt = queue.now;
    const { round } = place;
    const answer = answerOf(truth, place.item, beganAt);
    const ports = (this.#ports.get(place.item.id) ?? []).map((each) => {
      return { place: each, outcome: answerOf(truth, each.item, beganAt).outcome };
    });
    place.isLooking = true;
    queue.at(beganAt + answer.tookMs, () => {
      if (this.#isOver) return;
      place.isLooking = false;
      const wasLost = this.#vantage.lost;
      const signals = this.#around(place.item, answer, began);
      // While no other machine answers it says nothing, and at the first answer all begins from zero.
      const isLost = !place.item.here && (wasLost || this.#vantage.lost);
      const counts = round === place.round && !isLost;
      const inDoubt = !counts || this.#count(place, ports, { answer, began }, signals);
      const next = Math.max(queue.now, beganAt + (inDoubt ? doubtMs : place.item.everyMs));
      this.#plan(place, place.again ? queue.now : next);
      place.again = false;
      this.#options.found(signals);
    });
  }

  #around({ id, here }: Item, { answered }: Answer, began: Now): Signal[] {
    if (here) return [];
    const asked = { thing: id, hosts: [id], gateway: id === gateway, answered, began };
    const { watch, signals, lookAt } = lookAround(this.#vantage, asked, this.#options.now());
    this.#vantage = watch;
    for (const each of lookAt) this.lookAt(each);
    return [...signals];
  }

  /** Adds what a look means to the signals; whether it is in doubt. */
  #count(
    place: Place,
    ports: readonly { readonly place: Place; readonly outcome: Answer['outcome'] }[],
    { answer, began }: { readonly answer: Answer; readonly began: Now },
    signals: Signal[],
  ): boolean {
    const reason = answer.answered ? 'refused' : 'no-answer';
    const seen = (outcome: Answer['outcome']): Seen =>
      outcome === 'good' ? { outcome, began } : { outcome, began, reason };
    const own = this.#see(place, seen(answer.outcome));
    signals.push(...own.signals);
    if (answer.outcome !== 'good') {
      for (const { place: port } of ports) this.#blind(port, own, signals);
      return own.inDoubt;
    }
    const all = ports.map((port) => {
      const step = this.#see(port.place, seen(port.outcome));
      signals.push(...step.signals);
      return step.inDoubt;
    });
    return own.inDoubt || all.includes(true);
  }

  #see(place: Place, seen: Seen): WatchStep {
    const { item } = place;
    const step = look(item.id, place.watch, seen, item.counting, this.#options.now());
    place.good = seen.outcome === 'good' ? place.good + 1 : 0;
    if (seen.outcome === 'good') place.goodMs = seen.began.ms;
    this.#keep(place, step.watch);
    return step;
  }

  /** A switch that does not answer: of its ports nothing is known. */
  #blind(port: Place, { watch: { found } }: WatchStep, signals: Signal[]): void {
    if (!found || found.sight === 'answers' || port.watch.found?.sight === 'unseen') return;
    const { since } = found;
    port.good = 0;
    this.#keep(port, { ...fromZero(port.watch), found: { sight: 'unseen', since } });
    signals.push({ kind: 'sight', thing: port.item.id, sight: 'unseen', since });
  }

  #keep(place: Place, watch: ProbeWatch): void {
    place.watch = watch;
    this.#changed.add(place);
  }
}

function parentOf({ needs }: Item): string {
  return needs[0]?.[0] ?? '';
}
