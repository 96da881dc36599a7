import { type EventData, type EventOf, type EventType, phrase } from '@huismeester/contracts';
import { decidePower } from '../src/desired/decide-power.ts';
import { type Memories, noMemories, type PowerPass, type Silence } from '../src/desired/pass.ts';
import type { Decided, Wanted } from '../src/desired/record.ts';
import { type PowerTarget, partsOf, targetOfNode, targetOfVm } from '../src/desired/target.ts';
import { type Facts, noFacts } from '../src/facts/index.ts';
import { evolveNode, type NodeEvent, nodeKey } from '../src/facts/node.ts';
import { type SeenFact, withUnseen } from '../src/facts/unseen.ts';
import { evolveFeed, type FeedEvent, unknownFeed } from '../src/facts/ups.ts';
import { evolveGuest, type GuestEvent, type VmClass } from '../src/facts/vm.ts';
import type { AnyRule, Mode } from '../src/rules/define.ts';
import { rules } from '../src/rules/index.ts';
import { type Memory, outagesOf } from '../src/rules/power/state.ts';
import type { NodePlan, PolicySettings } from '../src/rules/settings.ts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** Nodes of hypervisor pve, each with its feeds; their own shutdown takes no time. */
export function fedBy(feeds: Record<string, readonly string[]>, more: Partial<NodePlan> = {}) {
  const plan = { nodeShutdown: 'upsmon', ownShutdownMs: 0, parallel: 4, ...more } as const;
  return new Map(
    Object.entries(feeds).map(([node, poweredBy]) => [
      nodeKey('pve', node),
      { hypervisor: 'pve', node, poweredBy, ...plan },
    ]),
  );
}

export const fullBattery = { charge_pct: 100, runtime_s: 40 * 60 };

export const defaults: PolicySettings = {
  plan: {
    onBatteryHoldMs: 30 * second,
    participantAfterMs: 3 * minute,
    below: {
      'space-wide': { runtimeMs: 8 * minute, chargePct: 35, unreadMs: 5 * minute },
      core: { runtimeMs: 5 * minute, chargePct: 20, unreadMs: 7 * minute },
    },
    expectedShutdownMs: minute,
    reserveMs: 0,
    restoreHoldMs: 5 * minute,
    restoreChargeAbovePct: 40,
    restoreStepMs: 2 * minute,
  },
  lease: {
    warnBeforeMs: [72 * hour, 24 * hour],
    expireAt: { zone: 'Europe/Amsterdam', minutes: 18 * 60 },
    mostPerHour: 5,
    mostSharePct: 20,
  },
  mail: true,
  ups: ['rack', 'attic', 'small', 'second'],
  nodes: fedBy({ pve1: ['rack'] }),
  self: new Set(),
  watched: new Set(),
  things: new Set(),
  dependsOn: new Map(),
  directory: false,
  team: { remindBeforeMs: 72 * hour },
  access: {
    confirmEveryMs: 365 * 24 * hour,
    reviewed: [],
    unreviewed: [],
    sources: new Map(),
    zone: 'Europe/Amsterdam',
  },
  creates: false,
  report: { at: { zone: 'Europe/Amsterdam', minutes: 9 * 60 }, board: false },
  wiki: false,
  hash: 'test',
};

export const armed: ReadonlyMap<string, Mode> = new Map([
  ['power/SPACE-3', 'enforce'],
  ['power/CORE-1', 'enforce'],
]);

/** A space of one UPS whose story is played second by second through `decidePower`; the clock starts at 0. */
export class PowerSpace {
  now = 0;
  startedAt = 0;
  epoch = 'first';
  settings = defaults;
  modes = armed;
  rules: readonly AnyRule[] = rules;
  closed: ReadonlyMap<string, Silence> = new Map();
  facts: Facts = noFacts;
  /** Subjects that nobody sees, or all of a kind, and since when. */
  readonly unseen = new Map<string, number>();
  memories: Memories = noMemories;
  events = 0;
  last: PowerPass | undefined;
  /** What was decided and rehearsed since the last call of `decided`. */
  readonly said: string[] = [];
  readonly violations = new Map<string, readonly string[]>();

  constructor(vms: readonly [id: string, vmClass: VmClass, running?: boolean, node?: string][]) {
    for (const [vm, vmClass, running = true, node = 'pve1'] of vms) {
      this.vm('vm.found', vm, {
        vm,
        class: vmClass,
        hypervisor: 'pve',
        node,
        running,
        vmid: Number(vm),
        kind: 'qemu',
        name: vm,
        pool: vmClass,
      });
    }
  }

  after(ms: number): this {
    // What a test has changed by itself wakes the pass, as a command does.
    if (this.last) this.look();
    const until = this.now + ms;
    // Policy looks again when it said it would, as its timer does; in between there is nothing to find.
    while (this.last?.lookAgainAt !== undefined && this.last.lookAgainAt <= until) {
      this.lookBefore(this.last.lookAgainAt);
      this.now = Math.max(this.now, this.last.lookAgainAt);
      this.look();
    }
    this.lookBefore(until);
    this.now = until;
    return this.look();
  }

  ups<T extends FeedEvent['type']>(type: T, data: Partial<EventData<T>>, ups = 'rack'): this {
    const event = this.event(type, `ups/${ups}`, {
      ups,
      on_battery: true,
      low: false,
      since: new Date(this.now).toISOString(),
      ...data,
    });
    const seen = { ...unknownFeed(ups), contact: { ok: true, since: 0 } };
    const feed = evolveFeed(this.facts.ups.get(ups) ?? seen, event as FeedEvent);
    this.facts = { ...this.facts, ups: new Map(this.facts.ups).set(ups, feed) };
    return this.look();
  }

  vm<T extends GuestEvent['type']>(type: T, vm: string, data: Partial<EventData<T>> = {}): this {
    const known = this.facts.vm.get(vm);
    const event = this.event(type, `vm/${vm}`, {
      vm,
      node: known?.node ?? 'pve1',
      hypervisor: 'pve',
      ...data,
    });
    const guest = evolveGuest(known, event as GuestEvent);
    if (guest) this.facts = { ...this.facts, vm: new Map(this.facts.vm).set(vm, guest) };
    return this.look();
  }

  node(node: string, online: boolean): this {
    return this.nodeEvent(online ? 'node.online' : 'node.offline', node, {});
  }

  nodeEvent(type: NodeEvent['type'], node: string, data: object): this {
    const key = nodeKey('pve', node);
    const event = this.event(type, `node/pve-${node}`, {
      hypervisor: 'pve',
      node,
      id: `pve-${node}`,
      ...data,
    });
    const fact = evolveNode(this.facts.node.get(key), event as NodeEvent);
    if (fact) this.facts = { ...this.facts, node: new Map(this.facts.node).set(key, fact) };
    return this.look();
  }

  hypervisor(reachable: boolean): this {
    this.facts = { ...this.facts, hypervisor: new Map([['pve', { id: 'pve', reachable }]]) };
    return this.look();
  }

  hold(vm: string, ms: number, id = vm): this {
    return this.holdTarget(targetOfVm(vm), ms, id);
  }

  holdTarget(target: PowerTarget, ms: number, id: string = target): this {
    const held = { id, target, since: this.now, until: this.now + ms, because: 'new disk', by: 'test' };
    this.facts = { ...this.facts, hold: new Map(this.facts.hold).set(id, held) };
    return this.look();
  }

  release(id: string): this {
    const hold = new Map(this.facts.hold);
    hold.delete(id);
    this.facts = { ...this.facts, hold };
    return this.look();
  }

  /** Nobody sees these any more: `vm/101`, or all facts of a kind. */
  hides(...what: string[]): this {
    for (const each of what) this.unseen.set(each, this.now);
    return this.look();
  }

  shows(): this {
    this.unseen.clear();
    return this.look();
  }

  /** vm-lifecycle cannot be read. */
  losesVmLifecycle(): this {
    return this.hides('vm', 'node', 'hypervisor');
  }

  stops(...vms: string[]): this {
    for (const vm of vms) this.vm('vm.stopped', vm);
    return this;
  }

  starts(...vms: string[]): this {
    for (const vm of vms) this.vm('vm.started', vm);
    return this;
  }

  arm(...clauses: string[]): this {
    this.modes = new Map(clauses.map((each) => [each, 'enforce' as const]));
    return this.look();
  }

  /** What was decided since the last call, as «vm state», in order; what was only rehearsed has a question mark. */
  decided(): string[] {
    return this.said.splice(0);
  }

  /** The newest decision about a VM. */
  of(vm: string): Decided | undefined {
    return this.memories.desired.get(targetOfVm(vm))?.decided;
  }

  /** Why, as a person reads it. */
  why(decided: Decided | undefined): string {
    return phrase(decided?.reasons ?? [], 'en');
  }

  ofNode(node: string): Decided | undefined {
    return this.memories.desired.get(targetOfNode(`pve-${node}`))?.decided;
  }

  rehearsed(vm: string): Wanted | undefined {
    return this.memories.desired.get(targetOfVm(vm))?.rehearsed;
  }

  outage(ups = 'rack') {
    return outagesOf((this.memories.rules.get('power') ?? new Map()) as Memory).get(ups);
  }

  /** What is not as the policy wants it, as «kind subject». */
  open(): string[] {
    return [...this.violations.values()].flat();
  }

  look(): this {
    const { now, startedAt, epoch, modes, settings, closed } = this;
    const since = (fact: SeenFact, id: string) => this.unseen.get(fact) ?? this.unseen.get(`${fact}/${id}`);
    const facts = withUnseen(this.facts, since);
    const context = {
      now,
      startedAt,
      epoch,
      modes,
      settings,
      rules: this.rules,
      closed,
      ...(this.last && { silentBefore: this.last.silent }),
    };
    // A rule of a test may say what it likes at any moment.
    const asked = new Map([...(this.last?.asked ?? [])].filter(([name]) => this.isPure(name)));
    const pass = decidePower(facts, this.memories, { ...context, asked });
    this.expectSame(pass, decidePower(facts, this.memories, context));
    this.last = pass;
    this.memories = pass.after;
    if (pass.endedHolds.length > 0) {
      const ended = new Set(pass.endedHolds.map(({ id }) => id));
      this.facts = { ...this.facts, hold: new Map([...this.facts.hold].filter(([id]) => !ended.has(id))) };
    }
    this.said.push(...pass.generations.map(({ decided }) => `${nameOf(decided.target)} ${decided.state}`));
    this.said.push(...pass.rehearsals.map(({ target, wanted }) => `${nameOf(target)} ${wanted.state}?`));
    for (const [rule, { found, undecided }] of pass.violations) {
      const kept = undecided.map(({ kind, subject }) => `${kind} ${subject}`);
      const before = (this.violations.get(rule) ?? []).filter((each) => kept.includes(each));
      const now = found.map(({ kind, subject }) => `${kind} ${subject}`);
      this.violations.set(rule, [...new Set([...before, ...now])]);
    }
    return this;
  }

  private lookBefore(at: number): void {
    if (at <= this.now + 2 || !this.last) return;
    const { now } = this;
    this.now = at - 1;
    const said = this.said.length;
    this.look();
    if (this.said.length > said) throw new Error(`between ${now} and ${at} there was something to decide`);
    this.now = now;
  }

  private isPure(name: string): boolean {
    return this.rules.some((rule) => rule.name === name && rules.includes(rule));
  }

  /** A rule that was not asked would have said the same. */
  private expectSame(one: PowerPass, other: PowerPass): void {
    const [a, b] = [one, other].map(({ generations, rehearsals, events, memory, violations, lookAgainAt }) =>
      JSON.stringify([
        generations.map(({ decided: { target, state, generation, clause } }) => [
          target,
          state,
          generation,
          clause,
        ]),
        rehearsals.map(({ target, wanted }) => [target, wanted.state]),
        events,
        [...memory].map(([rule, rows]) => [rule, [...rows]]),
        [...violations].map(([rule, { found }]) => [rule, found.map(({ kind, subject }) => [kind, subject])]),
        lookAgainAt,
      ]),
    );
    if (a !== b) throw new Error(`at ${this.now} asked anew, rules say something else:\n${a}\n${b}`);
  }

  private event(type: EventType, subject: string, data: object): EventOf<EventType> {
    this.events += 1;
    const id = `event-${this.events}`;
    return {
      id,
      type,
      subject,
      time: new Date(this.now).toISOString(),
      correlationid: id,
      data,
    } as EventOf<EventType>;
  }
}

function nameOf(target: PowerTarget): string {
  return partsOf(target).id.replace(/^pve-/, '');
}
