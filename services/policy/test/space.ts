import type { EventData, EventOf, EventType } from '@huismeester/contracts';
import { evolveFeed, type FeedEvent, unknownFeed } from '../src/core/feed.ts';
import { evolveGuest, type GuestEvent } from '../src/core/guest.ts';
import { emptyModel, type Model, type NodePlan, nodeKey, type PolicySettings } from '../src/core/model.ts';
import { type Settled, settle } from '../src/core/settle.ts';
import type { VmClass } from '../src/core/words.ts';

export const second = 1000;
export const minute = 60 * second;

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
  nodes: fedBy({ pve1: ['rack'] }),
  self: new Set(),
  modes: new Map([
    ['SPACE-3', 'enforce'],
    ['CORE-1', 'enforce'],
  ]),
  hash: 'test',
};

/** A space of one UPS whose story is told second by second; the clock starts at 0. */
export class Space {
  now = 0;
  settings = defaults;
  model: Model = emptyModel;
  said: string[] = [];
  events = 0;
  last: Settled | undefined;

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
    const until = this.now + ms;
    // The caretaker looks again when it said it would, as its timer does.
    while (this.last?.lookAgainAt !== undefined && this.last.lookAgainAt <= until) {
      this.now = Math.max(this.now, this.last.lookAgainAt);
      this.look();
    }
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
    const feed = evolveFeed(this.model.feeds.get(ups) ?? seen, event as FeedEvent);
    this.model = { ...this.model, feeds: new Map(this.model.feeds).set(ups, feed) };
    return this.look();
  }

  vm<T extends GuestEvent['type']>(type: T, vm: string, data: Partial<EventData<T>> = {}): this {
    const known = this.model.guests.get(vm);
    const event = this.event(type, `vm/${vm}`, {
      vm,
      node: known?.node ?? 'pve1',
      hypervisor: 'pve',
      ...data,
    });
    const guest = evolveGuest(known, event as GuestEvent);
    if (guest) this.model = { ...this.model, guests: new Map(this.model.guests).set(vm, guest) };
    return this.look();
  }

  node(node: string, online: boolean): this {
    const nodes = new Map(this.model.nodes).set(nodeKey('pve', node), online);
    this.model = { ...this.model, nodes };
    return this.look();
  }

  hypervisor(reachable: boolean): this {
    this.model = { ...this.model, hypervisors: new Map([['pve', reachable]]) };
    return this.look();
  }

  hold(vm: string, ms: number): this {
    const held = { vm, since: this.now, until: this.now + ms, because: 'new disk', by: 'test' };
    this.model = { ...this.model, holds: new Map(this.model.holds).set(vm, held) };
    return this.look();
  }

  release(vm: string): this {
    const holds = new Map(this.model.holds);
    holds.delete(vm);
    this.model = { ...this.model, holds };
    return this.look();
  }

  stops(...vms: string[]): this {
    for (const vm of vms) this.vm('vm.stopped', vm);
    return this;
  }

  starts(...vms: string[]): this {
    for (const vm of vms) this.vm('vm.started', vm);
    return this;
  }

  /** What was decided since the last call, as «vm state», in order. */
  decided(): string[] {
    return this.said.splice(0);
  }

  look(): this {
    this.last = settle(this.model, this.settings, this.now);
    this.model = this.last.model;
    this.said.push(...this.last.decisions.map(({ desired }) => `${desired.vm} ${desired.state}`));
    this.said.push(...this.last.nodes.map(({ desired }) => `${desired.node} ${desired.state}`));
    return this;
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
