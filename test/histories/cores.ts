import type { EventData, EventOf, EventType } from '@huismeester/contracts';
import { decidePower } from '@huismeester/policy/desired/decide-power';
import { type Memories, noMemories, type PowerPass } from '@huismeester/policy/desired/pass';
import type { Decided } from '@huismeester/policy/desired/record';
import { partsOf, targetOfVm } from '@huismeester/policy/desired/target';
import { type Facts, noFacts } from '@huismeester/policy/facts/index';
import { evolveFeed, type FeedEvent, unknownFeed } from '@huismeester/policy/facts/ups';
import { evolveGuest, type GuestEvent } from '@huismeester/policy/facts/vm';
import { rules } from '@huismeester/policy/rules/index';
import type { PolicySettings } from '@huismeester/policy/rules/settings';
import { attribute } from '@huismeester/vm-lifecycle/core/attribution';
import type { Desired as StoredDesired } from '@huismeester/vm-lifecycle/core/desired';
import { type Act, type Cause, outcomeOf } from '@huismeester/vm-lifecycle/core/guest';
import type { Look, Plan } from '@huismeester/vm-lifecycle/core/plan';
import { reconcile } from '@huismeester/vm-lifecycle/core/reconcile';
import { isInFlight, type Request } from '@huismeester/vm-lifecycle/core/request';
import { failed } from '@huismeester/vm-lifecycle/core/retry';
import { type GuestTarget, guestTarget } from '@huismeester/vm-lifecycle/core/target';
import { createRequestLimit } from '@huismeester/vm-lifecycle/request-limit';
import { type Proxmox, type RealGuest, token } from './proxmox.ts';

type Desired = StoredDesired<GuestTarget>;

/** A request that vm-lifecycle wrote down, with what was known at that moment. */
export interface Intent {
  readonly vm: string;
  readonly act: Act;
  readonly generation: number;
  readonly attempt: number;
  readonly because?: string;
  readonly at: number;
  readonly held: boolean;
  readonly wanted: Desired['state'] | undefined;
  upid?: string;
}

interface Record {
  desired?: Desired;
  request?: Request;
  upids: string[];
  lookAt: number;
  changedAt: Date;
}

const parallelPerNode = 4;

const armed = new Map([
  ['power/SPACE-3', 'enforce'],
  ['power/CORE-1', 'enforce'],
] as const);

/**
 * The pure cores of policy and vm-lifecycle, wired in memory as their shells wire them over database and network. Every `now`
 * is by the civil clock, ms since 1970.
 */
export class Cores {
  facts: Facts = noFacts;
  memories: Memories = noMemories;
  startedAt = 0;
  readonly intents: Intent[] = [];
  readonly decided: Decided[] = [];
  readonly #records = new Map<string, Record>();
  readonly #settings: PolicySettings;
  readonly #proxmox: Proxmox;
  readonly #watch: (found: PowerPass) => void;
  #requestLimit = createRequestLimit();
  #events = 0;
  #lookAgainAt = Number.POSITIVE_INFINITY;
  /** The facts that policy last looked at; a new process has looked at none. */
  #seen: Facts | undefined;

  constructor(settings: PolicySettings, proxmox: Proxmox, watch: (found: PowerPass) => void) {
    this.#settings = settings;
    this.#proxmox = proxmox;
    this.#watch = watch;
  }

  /** When time alone brings something. */
  nextAt(): number {
    return Math.min(this.#lookAgainAt, ...[...this.#records.values()].map(({ lookAt }) => lookAt));
  }

  /** A new process: what was only in memory is gone. */
  restart(now: number): void {
    this.#requestLimit = createRequestLimit();
    this.clockSet(now);
  }

  /** The civil clock was set: times from before that mean nothing after it. */
  clockSet(now: number): void {
    this.startedAt = now;
    this.#seen = undefined;
    for (const record of this.#records.values()) record.lookAt = now;
  }

  ups<T extends FeedEvent['type']>(type: T, data: EventData<T>, now: number): void {
    const event = this.#event(type, data, now) as FeedEvent;
    const feed = evolveFeed(this.facts.ups.get(data.ups) ?? unknownFeed(data.ups), event);
    this.facts = { ...this.facts, ups: new Map(this.facts.ups).set(data.ups, feed) };
  }

  vm<T extends GuestEvent['type']>(type: T, data: EventData<T>, now: number): void {
    const event = this.#event(type, data, now) as GuestEvent;
    const guest = evolveGuest(this.facts.vm.get(data.vm), event);
    if (guest) this.facts = { ...this.facts, vm: new Map(this.facts.vm).set(data.vm, guest) };
  }

  /** Each hold is one of its own: a second one of the same VM stands beside the first. */
  hold(vm: string, until: number, now: number): void {
    const id = `hold-${this.facts.hold.size}-${now}`;
    const held = { id, target: targetOfVm(vm), since: now, until, because: 'work', by: 'somebody' };
    this.facts = { ...this.facts, hold: new Map(this.facts.hold).set(id, held) };
  }

  isHeld(vm: string): boolean {
    return [...this.facts.hold.values()].some(({ target }) => target === targetOfVm(vm));
  }

  /** What is wanted of a VM now. */
  wanted(vm: string): Decided | undefined {
    return this.memories.desired.get(targetOfVm(vm))?.decided;
  }

  /** Policy looks at new facts, and when time alone brings something; each guest is brought nearer to what is wanted of it. */
  work(now: number): void {
    if (this.facts !== this.#seen || this.#lookAgainAt <= now) this.#decide(now);
    for (const vm of this.facts.vm.keys()) if (this.#record(vm).lookAt <= now) this.#carryOut(vm, now);
  }

  #decide(now: number): void {
    const found = decidePower(this.facts, this.memories, {
      now,
      startedAt: this.startedAt,
      epoch: 'histories',
      modes: armed,
      settings: this.#settings,
      rules,
      closed: new Map(),
    });
    this.#seen = this.facts;
    this.memories = found.after;
    const ended = new Set(found.endedHolds.map(({ id }) => id));
    if (ended.size > 0) {
      const hold = new Map([...this.facts.hold].filter(([id]) => !ended.has(id)));
      this.facts = { ...this.facts, hold };
    }
    this.#lookAgainAt = found.lookAgainAt ?? Number.POSITIVE_INFINITY;
    for (const { decided } of found.generations) this.#hear(decided, now);
    this.#watch(found);
  }

  #hear(decided: Decided, now: number): void {
    const { target, state, generation, validUntil } = decided;
    const { id: vm } = partsOf(target);
    const record = this.#record(vm);
    const decision = `${vm}#${generation}`;
    record.desired = {
      target: guestTarget(vm),
      state,
      generation,
      mode: 'enforce',
      decision,
      correlation: decision,
      reached: false,
      givenUp: false,
      ...(validUntil !== undefined && { validUntil: new Date(validUntil).toISOString() }),
    };
    record.lookAt = now;
    this.decided.push(decided);
  }

  #carryOut(vm: string, now: number): void {
    const record = this.#record(vm);
    record.lookAt = Number.POSITIVE_INFINITY;
    for (let step = 0; step < 8; step += 1) {
      const next = this.#step(vm, record, now);
      if (next === 'over') return;
      if (next !== undefined) {
        record.lookAt = now + next;
        return;
      }
    }
    record.lookAt = now + 500;
  }

  #step(vm: string, record: Record, now: number): number | 'over' | undefined {
    const { desired, request } = record;
    const plan = reconcile({
      now: new Date(now),
      desired,
      request,
      token,
      upids: record.upids,
      look: this.#look(vm, request),
      haDeadlineMs: 240_000,
      shutdownTimeoutMs: 180_000,
      forceStop: false,
    });
    if (plan.do === 'shutdown' || plan.do === 'start' || plan.do === 'stop') {
      return this.#ask(vm, record, plan, now);
    }
    switch (plan.do) {
      case 'wait':
        return plan.again;
      case 'nothing':
        this.#release(vm, now);
        return 'over';
      case 'another':
        throw new Error('no vmid here is reused');
      case 'adopt':
        if (request) this.#accepted(vm, record, request, plan.upid);
        return undefined;
      case 'fail':
        if (request) this.#failed(vm, record, request, plan, now);
        return undefined;
      case 'refuse':
        throw new Error('no guest here is paused');
      case 'done':
        this.#done(vm, record, now);
        return undefined;
      case 'undone': {
        this.#done(vm, record, now);
        const guest = this.#proxmox.guests.get(vm);
        if (guest) this.see(guest, now);
        return undefined;
      }
    }
  }

  #look(vm: string, request: Request | undefined): Look {
    const guest = this.#proxmox.guests.get(vm);
    if (!guest || !this.#proxmox.reachable()) return { blind: 'unreachable' };
    const status = guest.running ? 'running' : 'stopped';
    const task = request?.upid === undefined ? {} : { task: this.#proxmox.taskState(request.upid) };
    const seen = { status, paused: false, ha: false } as const;
    return { guest: seen, tasks: this.#proxmox.tasksOf(vm), quorate: true, ...task };
  }

  #ask(vm: string, record: Record, plan: Extract<Plan, { do: Act }>, now: number): number | undefined {
    const guest = this.facts.vm.get(vm);
    const { desired, request: before } = record;
    if (!guest || !desired) throw new Error(`an act on ${vm}, about which nothing is known or decided`);
    if (!this.#requestLimit.acquire(`${guest.node}/${guest.class}`, vm, parallelPerNode)) return 2_000;
    const { do: act, attempt, tries, because } = plan;
    const { generation, decision, correlation } = desired;
    record.upids = [before?.upid, ...record.upids].flatMap((upid) => upid ?? []);
    const made: Request = {
      target: guestTarget(vm),
      act,
      generation,
      decision,
      correlation,
      attempt,
      tries,
      phase: 'intended',
      hypervisor: guest.hypervisor,
      node: guest.node,
      intendedAt: new Date(now),
    };
    record.request = made;
    const said = { vm, act, generation, decision, attempt, ...(because !== undefined && { because }) };
    this.vm('vm.power-requested', said, now);
    const wanted = this.wanted(vm)?.state;
    const intent: Intent = { ...said, at: now, held: this.isHeld(vm), wanted };
    this.intents.push(intent);
    const answer = this.#proxmox.ask(vm, act);
    if ('upid' in answer) {
      intent.upid = answer.upid;
      this.#accepted(vm, record, made, answer.upid);
      return 500;
    }
    if (answer.mayHaveArrived) return 1_000;
    const counts = answer.answered ? {} : { counted: false };
    this.#failed(vm, record, made, failed(desired, made, answer.message, counts), now);
    return undefined;
  }

  #accepted(vm: string, record: Record, made: Request, upid: string): void {
    record.request = { ...made, phase: 'accepted', upid };
    const intent = this.intents.findLast((each) => each.vm === vm);
    if (intent) intent.upid = upid;
  }

  #failed(
    vm: string,
    record: Record,
    made: Request,
    { error, retry, tries, again }: Extract<Plan, { do: 'fail' }> | ReturnType<typeof failed>,
    now: number,
  ): void {
    record.request = { ...made, phase: 'failed', error, tries, notBefore: new Date(now + again) };
    if (!retry && record.desired?.decision === made.decision) {
      record.desired = { ...record.desired, givenUp: true };
    }
    const { act, generation, decision, attempt } = made;
    this.vm('vm.power-failed', { vm, act, generation, decision, attempt, error, retry }, now);
    this.#release(vm, now);
    this.#lookAgainAt = now;
  }

  #done(vm: string, record: Record, now: number): void {
    const { request, desired } = record;
    if (isInFlight(request)) {
      record.request = { ...request, phase: 'done' };
      if (desired?.decision === request.decision) record.desired = { ...desired, reached: true };
      this.#say(vm, outcomeOf(request.act) === 'running', 'huismeester', now);
      this.#release(vm, now);
    } else if (desired) record.desired = { ...desired, reached: true };
  }

  /** Says of a guest as it is now whether it started or stopped, and who did that, once that can be told. */
  see({ vm, running, crashed }: RealGuest, now: number): void {
    const tasks = this.#proxmox.tasksOf(vm);
    if (tasks.some((task) => task.running)) return;
    const { request, changedAt } = this.#record(vm);
    const to = running ? 'running' : 'stopped';
    const seen = { status: to, paused: false, ha: false } as const;
    const change = { to, seen, tasks, request, token, now: new Date(now), changedAt } as const;
    const told = attribute(change);
    if (told) this.#say(vm, running, crashed ? 'node' : told.cause, now);
  }

  #say(vm: string, running: boolean, cause: Cause, now: number): void {
    const guest = this.facts.vm.get(vm);
    if (!guest || guest.running === running) return;
    const data = { vm, hypervisor: 'pve', node: guest.node, class: guest.class, cause };
    this.vm(running ? 'vm.started' : 'vm.stopped', data, now);
    const record = this.#record(vm);
    record.changedAt = new Date(now);
    if (isInFlight(record.request)) record.lookAt = now;
    this.#lookAgainAt = now;
  }

  #release(vm: string, now: number): void {
    const next = this.#requestLimit.release(vm);
    if (next !== undefined) this.#record(next).lookAt = now;
  }

  #record(vm: string): Record {
    const record = this.#records.get(vm) ?? {
      upids: [],
      lookAt: Number.POSITIVE_INFINITY,
      changedAt: new Date(0),
    };
    this.#records.set(vm, record);
    return record;
  }

  #event(type: EventType, data: object, now: number): EventOf<EventType> {
    this.#events += 1;
    const id = `event-${this.#events}`;
    return { id, type, time: new Date(now).toISOString(), correlationid: id, data } as EventOf<EventType>;
  }
}
