import { type Drill, phrase, type Reason } from '@huismeester/contracts';
import { expectedMs } from './backwards.ts';
import type { DrillOf } from './drill.ts';
import { type Feed, unknownFeed } from './feed.ts';
import type { Guest } from './guest.ts';
import { type Model, nodeKey, type PolicySettings } from './model.ts';
import { rules } from './rules.ts';
import { type Settled, settle } from './settle.ts';
import type { VmClass } from './words.ts';

interface Request {
  readonly atMs: number;
  readonly reasons: readonly Reason[];
}

/** A battery whose length nobody knows is followed for so long, ms. */
const horizonMs = 3_600_000;
/** A start and a boot are planned like this; nothing hangs on it but when the next class begins to start. */
const startMs = 10_000;
const bootMs = 180_000;
/** After so many looks at once, and then so long apart, ms. */
const hastyLooks = 5;
const hastyMs = 10_000;

/** A power cut played through in thought: the real rules, a battery that runs down evenly, guests that do as planned. */
export class Rehearsal {
  readonly from: Drill['from'];
  /** When the last battery is empty, ms after mains failed; undefined when nobody knows. */
  readonly emptyMs: number | undefined;
  readonly stages: Drill['stages'] = [];
  /** By VM, ms after mains failed. */
  readonly asked = new Map<string, Request>();
  readonly down = new Map<string, number>();
  /** By VM, ms after mains came back. */
  readonly back = new Map<string, number>();
  /** By `nodeKey`, ms after mains failed. */
  readonly nodesAsked = new Map<string, Request>();
  readonly #settings: PolicySettings;
  readonly #cutUps: ReadonlySet<string>;
  readonly #start: number;
  readonly #batteries = new Map<string, { chargePct?: number; runtimeMs?: number }>();
  readonly #queues = new Map<string, Guest[]>();
  readonly #busy = new Map<string, number>();
  /** By `nodeKey`, when the last battery that feeds the node is empty, for those that still have power. */
  readonly #ends = new Map<string, number>();
  /** By `nodeKey`, the nodes that lost their power. */
  readonly #dark = new Set<string>();
  /** Of the model: changed in place, since nobody else has it. */
  readonly #guests: Map<string, Guest>;
  #model: Model;
  #now: number;
  #mainsBackAt: number | undefined;
  /** How many looks in a row asked for the next one within a millisecond. */
  #hasty = 0;
  /** What is going to happen to guests and nodes, by time. */
  #coming: { at: number; happen: () => void }[] = [];

  constructor(model: Model, settings: PolicySettings, asked: DrillOf, now: number) {
    this.#start = now;
    this.#now = now;
    this.#cutUps = new Set(asked.ups);
    // As if all was armed: whether it is stands beside each guest.
    const modes = new Map(rules.map(({ clause }) => [clause, 'enforce' as const]));
    this.#settings = { ...settings, modes };
    for (const ups of asked.ups) this.#batteries.set(ups, batteryOf(model.feeds.get(ups), asked));
    this.from = [...this.#batteries].map(([ups, { chargePct, runtimeMs }]) => ({
      ups,
      ...(chargePct !== undefined && { charge_pct: chargePct }),
      ...(runtimeMs !== undefined && { runtime_s: runtimeMs / 1000 }),
    }));
    this.emptyMs = lastOf([...this.#batteries.values()].map(({ runtimeMs }) => runtimeMs));
    this.#guests = new Map(model.guests);
    this.#model = this.#atRest(model);
    for (const key of settings.nodes.keys()) {
      const emptyMs = this.emptyMsOf(key);
      if (emptyMs !== undefined) this.#ends.set(key, now + emptyMs);
    }
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
    this.#coming = [];
  }

  /** Mains is back when the battery is empty, and the batteries hold just enough to be trusted. */
  mainsBack(): void {
    this.#mainsBackAt = this.#now;
    for (const [key, online] of this.#model.nodes)
      if (!online) this.#later(bootMs, () => this.#node(key, true));
    this.#play(this.#now + horizonMs);
  }

  /** Nothing decided yet, every UPS of the drill on battery as of now, the others as well as can be. */
  #atRest(model: Model): Model {
    const nodes = new Map([...this.#settings.nodes.keys()].map((key) => [key, true] as const));
    return {
      ...model,
      guests: this.#guests,
      nodes,
      outages: new Map(),
      standings: new Map(),
      nodeStandings: new Map(),
      violations: new Map(),
    };
  }

  #play(until: number): void {
    let found = this.#look();
    for (;;) {
      const next = this.#next(found, until);
      if (next === undefined) break;
      this.#now = next;
      const due = this.#coming.filter(({ at }) => at <= next);
      this.#coming = this.#coming.filter(({ at }) => at > next);
      for (const { happen } of due) happen();
      // After all else, so that what is off by the very end of the battery is off in time.
      this.#losePower();
      found = this.#look();
    }
    this.#now = Math.max(this.#now, Math.min(until, this.#lastMoment(until)));
  }

  /** When the battery is empty, whatever has happened before; without its length the end of what follows. */
  #lastMoment(until: number): number {
    return this.#mainsBackAt === undefined && this.emptyMs !== undefined ? until : this.#now;
  }

  /** The next moment at which something can change. */
  #next(found: Settled, until: number): number | undefined {
    const times = this.#coming.map(({ at }) => at);
    if (found.lookAgainAt !== undefined)
      times.push(Math.max(found.lookAgainAt, this.#now + this.#pause(found)));
    if (this.#mainsBackAt === undefined) times.push(...this.#readings(), ...this.#ends.values());
    const next = Math.min(...times);
    return next <= until && next < Number.POSITIVE_INFINITY ? next : undefined;
  }

  /** Rules that ask to look at each millisecond, as at a battery that is empty already, are let look less often. */
  #pause({ lookAgainAt = this.#now }: Settled): number {
    this.#hasty = lookAgainAt <= this.#now + 1 ? this.#hasty + 1 : 0;
    return this.#hasty > hastyLooks ? hastyMs : 1;
  }

  /** Each per cent that a battery loses is a reading, and so is its end. */
  #readings(): number[] {
    return [...this.#batteries.values()].flatMap(({ chargePct, runtimeMs }) => {
      if (chargePct === undefined || runtimeMs === undefined) return [];
      const step = runtimeMs / 100;
      const next = (Math.floor((this.#now - this.#start) / step + 1e-9) + 1) * step;
      const at = this.#start + Math.min(next, runtimeMs);
      return at > this.#now ? [at] : [];
    });
  }

  #look(): Settled {
    const feeds = new Map<string, Feed>();
    for (const [ups, feed] of this.#model.feeds) feeds.set(ups, calm(feed));
    for (const [ups, battery] of this.#batteries) feeds.set(ups, this.#feed(ups, battery));
    const found = settle({ ...this.#model, feeds }, this.#settings, this.#now);
    this.#model = found.model;
    this.#note(found);
    return found;
  }

  #feed(ups: string, { chargePct, runtimeMs }: { chargePct?: number; runtimeMs?: number }): Feed {
    const contact = { ok: true, since: 0 };
    const base = { ...unknownFeed(ups), contact, readAt: this.#now };
    if (this.#mainsBackAt !== undefined) {
      const charged = this.#settings.plan.restoreChargeAbovePct + 1;
      return { ...base, mains: 'on-mains', since: this.#mainsBackAt, chargePct: charged };
    }
    const gone = this.#now - this.#start;
    const on: Feed = { ...base, mains: 'on-battery', since: this.#start };
    if (runtimeMs === undefined) return on;
    const left = Math.max(0, runtimeMs - gone);
    const charge = chargePct === undefined ? {} : { chargePct: Math.floor((chargePct * left) / runtimeMs) };
    return { ...on, runtimeMs: left, ...charge };
  }

  #note({ outages, decisions, nodes }: Settled): void {
    const atMs = this.#now - this.#start;
    if (this.#mainsBackAt === undefined) {
      for (const { ups, outage } of outages) {
        if (!outage) continue;
        const { stage, reasons } = outage;
        const said = { reason: phrase(reasons, 'en'), reasons: [...reasons] };
        this.stages.push({ ups, at_s: atMs / 1000, stage, ...said });
      }
    }
    for (const { desired } of decisions) {
      const guest = this.#model.guests.get(desired.vm);
      if (desired.state === 'stopped' && guest)
        this.#shutDown(guest, { atMs, reasons: desired.reasons ?? [] });
      if (desired.state === 'running') this.#startUp(desired.vm);
    }
    for (const { key, desired } of nodes) {
      if (desired.state === 'stopped') this.#nodeOff(key, { atMs, reasons: desired.reasons ?? [] });
    }
  }

  #shutDown(guest: Guest, request: Request): void {
    if (this.asked.has(guest.vm)) return;
    this.asked.set(guest.vm, request);
    const slots = slotsOf(guest);
    const queue = this.#queues.get(slots) ?? [];
    queue.push(guest);
    this.#queues.set(slots, queue);
    this.#serve(slots, guest);
  }

  /** Begins as many shutdowns as there are free slots for the class on the node. */
  #serve(slots: string, { hypervisor, node }: Guest): void {
    const key = nodeKey(hypervisor, node);
    const parallel = this.#settings.nodes.get(key)?.parallel ?? 1;
    const queue = this.#queues.get(slots) ?? [];
    while (queue.length > 0 && (this.#busy.get(slots) ?? 0) < parallel) {
      const guest = queue.shift();
      if (!guest) return;
      this.#busy.set(slots, (this.#busy.get(slots) ?? 0) + 1);
      this.#later(expectedMs(guest, this.#settings.plan), () => {
        if (this.#dark.has(key)) return;
        this.down.set(guest.vm, this.#now - this.#start);
        this.#guest(guest.vm, false);
        this.#busy.set(slots, (this.#busy.get(slots) ?? 1) - 1);
        this.#serve(slots, guest);
      });
    }
  }

  #startUp(vm: string): void {
    if (this.back.has(vm)) return;
    this.back.set(vm, this.#now - (this.#mainsBackAt ?? this.#now));
    this.#later(startMs, () => this.#guest(vm, true));
  }

  #nodeOff(key: string, request: Request): void {
    if (this.nodesAsked.has(key)) return;
    this.nodesAsked.set(key, request);
    const { ownShutdownMs = 0 } = this.#settings.nodes.get(key) ?? {};
    this.#later(ownShutdownMs, () => this.#node(key, false));
  }

  /** What still runs on a node whose last battery is empty goes off with it, in the midst of its work. */
  #losePower(): void {
    for (const [key, at] of this.#ends) {
      if (this.#mainsBackAt !== undefined || at > this.#now) continue;
      this.#ends.delete(key);
      this.#dark.add(key);
      this.#node(key, false);
      for (const { vm, hypervisor, node, running } of this.#guests.values())
        if (running && nodeKey(hypervisor, node) === key) this.#guest(vm, false);
    }
  }

  #later(ms: number, happen: () => void): void {
    this.#coming.push({ at: this.#now + ms, happen });
  }

  #guest(vm: string, running: boolean): void {
    const guest = this.#guests.get(vm);
    if (guest) this.#guests.set(vm, { ...guest, running, ...(!running && { stoppedAt: this.#now }) });
  }

  #node(key: string, online: boolean): void {
    this.#model = { ...this.#model, nodes: new Map(this.#model.nodes).set(key, online) };
  }
}

/** The longest of the lengths; undefined when one of them is unknown, or there is none. */
function lastOf(lengths: readonly (number | undefined)[]): number | undefined {
  const known = lengths.filter((each) => each !== undefined);
  return known.length < lengths.length || known.length === 0 ? undefined : Math.max(...known);
}

function batteryOf(feed: Feed | undefined, { chargePct, runtimeMs }: DrillOf) {
  const charge = chargePct ?? feed?.chargePct;
  const runtime = runtimeMs ?? feed?.runtimeMs;
  return {
    ...(charge !== undefined && { chargePct: charge }),
    ...(runtime !== undefined && { runtimeMs: runtime }),
  };
}

/** A UPS that is not part of the drill is on mains, whatever it is in truth. */
function calm(feed: Feed): Feed {
  return { ...feed, mains: 'on-mains', low: false, forced: false };
}

function slotsOf({
  hypervisor,
  node,
  class: of,
}: {
  hypervisor: string;
  node: string;
  class: VmClass;
}): string {
  return `${nodeKey(hypervisor, node)}/${of}`;
}
