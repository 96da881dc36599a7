import { type Drill, phrase, type Reason } from '@huismeester/contracts';
import { decidePower } from '../../../desired/decide-power.ts';
import { type Memories, noMemories, type PowerPass } from '../../../desired/pass.ts';
import { partsOf } from '../../../desired/target.ts';
import type { Facts } from '../../../facts/index.ts';
import type { Feed } from '../../../facts/ups.ts';
import { armedAs } from '../../define.ts';
import type { PolicySettings } from '../../settings.ts';
import { power } from '../rule.ts';
import {
  type Battery,
  batteriesOf,
  calm,
  type DrillOf,
  lastOf,
  nextReadings,
  onBattery,
  onMains,
} from './batteries.ts';
import { House } from './house.ts';

interface Request {
  readonly atMs: number;
  readonly reasons: readonly Reason[];
}

/** A battery whose length nobody knows is followed for so long, ms. */
const horizonMs = 3_600_000;
/** A start and a boot are planned like this; nothing depends on it but when the next class begins to start. */
const startMs = 10_000;
const bootMs = 180_000;

/** As if all was armed: whether it is stands beside each guest. */
const armed = new Map(
  [...power.clauses.keys()].map((clause) => [armedAs(power.name, clause), 'enforce'] as const),
);

/** A rehearsed power cut: the real rule, a battery that runs down evenly, guests that do as planned. */
export class Rehearsal {
  readonly from: Drill['from'];
  /** When the last battery is empty, ms after mains failed; undefined when nobody knows. */
  readonly emptyMs: number | undefined;
  readonly stages: Drill['stages'] = [];
  /** By VM, ms after mains failed. */
  readonly asked = new Map<string, Request>();
  /** By VM, ms after mains came back. */
  readonly back = new Map<string, number>();
  /** By `nodeKey`, ms after mains failed. */
  readonly nodesAsked = new Map<string, Request>();
  readonly #settings: PolicySettings;
  readonly #cutUps: ReadonlySet<string>;
  readonly #start: number;
  readonly #batteries: ReadonlyMap<string, Battery>;
  /** By `nodeKey`, when the last battery that feeds the node is empty, for those that still have power. */
  readonly #ends = new Map<string, number>();
  readonly #house: House;
  readonly down: ReadonlyMap<string, number>;
  readonly #facts: Facts;
  #memories: Memories = noMemories;
  #mainsBackAt: number | undefined;

  constructor(facts: Facts, settings: PolicySettings, asked: DrillOf, now: number) {
    this.#start = now;
    this.#cutUps = new Set(asked.ups);
    this.#settings = settings;
    this.#batteries = batteriesOf(facts.ups, asked);
    this.from = [...this.#batteries].map(([ups, { chargePct, runtimeMs }]) => ({
      ups,
      ...(chargePct !== undefined && { charge_pct: chargePct }),
      ...(runtimeMs !== undefined && { runtime_s: runtimeMs / 1000 }),
    }));
    this.emptyMs = lastOf([...this.#batteries.values()].map(({ runtimeMs }) => runtimeMs));
    this.#house = new House(facts, settings, now);
    this.down = this.#house.down;
    this.#facts = { ...facts, vm: this.#house.guests, node: this.#house.nodes };
    for (const key of settings.nodes.keys()) {
      const emptyMs = this.emptyMsOf(key);
      if (emptyMs !== undefined) this.#ends.set(key, now + emptyMs);
    }
  }

  get #now(): number {
    return this.#house.now;
  }

  /** Whether every feed of the node is among those that fail. */
  readonly isCut = (key: string): boolean => {
    const feeds = this.#settings.nodes.get(key)?.poweredBy ?? [];
    return feeds.length > 0 && feeds.every((ups) => this.#cutUps.has(ups));
  };

  /**
   * When the last battery that feeds the node is empty, ms after mains failed; undefined when nobody knows, or when it
   * has a feed that does not fail.
   */
  readonly emptyMsOf = (key: string): number | undefined => {
    const feeds = this.#settings.nodes.get(key)?.poweredBy ?? [];
    const lengths = feeds.map((ups) => this.#batteries.get(ups)?.runtimeMs);
    return lastOf(lengths);
  };

  /** From the first second on battery until the last one is empty, or nothing more would follow. */
  cut(): void {
    const lengths = [...this.#batteries.values()].map(({ runtimeMs }) => runtimeMs ?? horizonMs);
    this.#play(this.#start + (lastOf(lengths) ?? horizonMs));
    this.#house.forgetComing();
  }

  /** Mains is back when the battery is empty, and the batteries hold just enough to be trusted. */
  mainsBack(): void {
    this.#mainsBackAt = this.#now;
    for (const [key, { online }] of this.#house.nodes) if (!online) this.#house.nodeIn(bootMs, key, true);
    this.#play(this.#now + horizonMs);
  }

  #play(until: number): void {
    let found = this.#look();
    for (;;) {
      const next = this.#next(found, until);
      if (next === undefined) break;
      this.#house.advance(next);
      // After all else, so that what is off by the very end of the battery is off in time.
      this.#losePower();
      found = this.#look();
    }
    this.#house.now = Math.max(this.#now, Math.min(until, this.#lastMoment(until)));
  }

  /** When the battery is empty, whatever has happened before; without its length the end of what follows. */
  #lastMoment(until: number): number {
    return this.#mainsBackAt === undefined && this.emptyMs !== undefined ? until : this.#now;
  }

  /** The next moment at which something can change. */
  #next(found: PowerPass, until: number): number | undefined {
    const times = this.#house.times();
    if (found.lookAgainAt !== undefined) times.push(Math.max(found.lookAgainAt, this.#now + 1));
    if (this.#mainsBackAt === undefined) {
      times.push(...nextReadings(this.#batteries.values(), this.#start, this.#now), ...this.#ends.values());
    }
    const next = Math.min(...times);
    return next <= until && next < Number.POSITIVE_INFINITY ? next : undefined;
  }

  #look(): PowerPass {
    const ups = new Map([...this.#facts.ups].map(([id, feed]) => [id, calm(feed)]));
    for (const [id, battery] of this.#batteries) ups.set(id, this.#feed(id, battery));
    const found = decidePower({ ...this.#facts, ups }, this.#memories, {
      now: this.#now,
      startedAt: this.#start,
      epoch: 'drill',
      modes: armed,
      settings: this.#settings,
      rules: [power],
      closed: new Map(),
    });
    this.#memories = found.after;
    this.#note(found);
    return found;
  }

  #feed(ups: string, battery: Battery): Feed {
    if (this.#mainsBackAt === undefined) return onBattery(ups, battery, this.#start, this.#now);
    return onMains(ups, this.#mainsBackAt, this.#settings.plan.restoreChargeAbovePct + 1, this.#now);
  }

  #note({ events, generations }: PowerPass): void {
    const atMs = this.#now - this.#start;
    for (const event of events) {
      if (this.#mainsBackAt !== undefined || event.type !== 'outage.stage-entered') continue;
      const { ups, stage, reasons = [] } = event.data;
      this.stages.push({ ups, at_s: atMs / 1000, stage, reason: phrase(reasons, 'en'), reasons });
    }
    for (const { decided } of generations) {
      const { kind, id } = partsOf(decided.target);
      const request = { atMs, reasons: decided.reasons };
      const guest = this.#house.guests.get(id);
      if (kind === 'node') {
        if (decided.state === 'stopped') this.#nodeOff(id, request);
      } else if (decided.state === 'stopped' && guest && !this.asked.has(id)) {
        this.asked.set(id, request);
        this.#house.shutDown(guest);
      } else if (decided.state === 'running') this.#startUp(id);
    }
  }

  #startUp(vm: string): void {
    if (this.back.has(vm)) return;
    this.back.set(vm, this.#now - (this.#mainsBackAt ?? this.#now));
    this.#house.startIn(startMs, vm);
  }

  #nodeOff(id: string, request: Request): void {
    const key = [...this.#house.nodes].find(([, fact]) => fact.id === id)?.[0] ?? id;
    if (this.nodesAsked.has(key)) return;
    this.nodesAsked.set(key, request);
    const { ownShutdownMs = 0 } = this.#settings.nodes.get(key) ?? {};
    this.#house.nodeIn(ownShutdownMs, key, false);
  }

  /** What still runs on a node whose last battery is empty goes off with it, in the midst of its work. */
  #losePower(): void {
    for (const [key, at] of this.#ends) {
      if (this.#mainsBackAt !== undefined || at > this.#now) continue;
      this.#ends.delete(key);
      this.#house.losePower(key);
    }
  }
}
