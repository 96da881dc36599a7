import { nodeId } from '@huismeester/contracts';
import type { Facts } from '../../../facts/index.ts';
import { type NodeFact, nodeKey } from '../../../facts/node.ts';
import type { Guest } from '../../../facts/vm.ts';
import type { PolicySettings } from '../../settings.ts';
import { expectedMs } from '../budget.ts';

/** The guests and nodes of a rehearsed power cut: they do as they are asked, in the time that is planned for it. */
export class House {
  /** By VM and by `nodeKey`: changed in place, since nobody else has them. */
  readonly guests: Map<string, Guest>;
  readonly nodes: Map<string, NodeFact>;
  /** By VM, ms from the beginning until its shutdown was done. */
  readonly down = new Map<string, number>();
  /** ms since 1970. */
  now: number;
  readonly #began: number;
  readonly #settings: PolicySettings;
  readonly #queues = new Map<string, Guest[]>();
  readonly #busy = new Map<string, number>();
  /** By `nodeKey`, the nodes that lost their power. */
  readonly #dark = new Set<string>();
  #coming: { at: number; happen: () => void }[] = [];

  constructor(facts: Facts, settings: PolicySettings, now: number) {
    this.guests = new Map(facts.vm);
    this.nodes = nodesAtRest(facts, settings);
    this.#settings = settings;
    this.#began = now;
    this.now = now;
  }

  /** The times of all that is going to happen, ms since 1970. */
  times(): number[] {
    return this.#coming.map(({ at }) => at);
  }

  /** Lets everything happen up to then. */
  advance(to: number): void {
    this.now = to;
    const due = this.#coming.filter(({ at }) => at <= to);
    this.#coming = this.#coming.filter(({ at }) => at > to);
    for (const { happen } of due) happen();
  }

  forgetComing(): void {
    this.#coming = [];
  }

  shutDown(guest: Guest): void {
    const limit = classOnNode(guest);
    this.#queues.set(limit, [...(this.#queues.get(limit) ?? []), guest]);
    this.#serve(limit, nodeKey(guest.hypervisor, guest.node));
  }

  /** Begins as many shutdowns as there are room for by the concurrency limit of the class on the node. */
  #serve(limit: string, key: string): void {
    const parallel = this.#settings.nodes.get(key)?.parallel ?? 1;
    const queue = this.#queues.get(limit) ?? [];
    while (queue.length > 0 && (this.#busy.get(limit) ?? 0) < parallel) {
      const guest = queue.shift();
      if (!guest) return;
      this.#busy.set(limit, (this.#busy.get(limit) ?? 0) + 1);
      this.#later(expectedMs(guest, this.#settings.plan), () => {
        if (this.#dark.has(key)) return;
        this.down.set(guest.vm, this.now - this.#began);
        this.#guest(guest.vm, false);
        this.#busy.set(limit, (this.#busy.get(limit) ?? 1) - 1);
        this.#serve(limit, key);
      });
    }
  }

  startIn(ms: number, vm: string): void {
    this.#later(ms, () => this.#guest(vm, true));
  }

  nodeIn(ms: number, key: string, online: boolean): void {
    this.#later(ms, () => this.#node(key, online));
  }

  /** What still runs on a node that loses its power goes off with it, in the midst of its work. */
  losePower(key: string): void {
    this.#dark.add(key);
    this.#node(key, false);
    for (const { vm, hypervisor, node, running } of this.guests.values())
      if (running && nodeKey(hypervisor, node) === key) this.#guest(vm, false);
  }

  #later(ms: number, happen: () => void): void {
    this.#coming.push({ at: this.now + ms, happen });
  }

  #guest(vm: string, running: boolean): void {
    const guest = this.guests.get(vm);
    if (guest) this.guests.set(vm, { ...guest, running, ...(!running && { stoppedAt: this.now }) });
  }

  #node(key: string, online: boolean): void {
    const fact = this.nodes.get(key);
    if (fact) this.nodes.set(key, { ...fact, online });
  }
}

/** Every node that settings name, online. */
function nodesAtRest({ node }: Facts, { nodes }: PolicySettings): Map<string, NodeFact> {
  return new Map(
    [...nodes].map(([key, plan]) => {
      const { hypervisor, node: name } = plan;
      const id = node.get(key)?.id ?? nodeId(hypervisor, name);
      return [key, { id, hypervisor, node: name, online: true }];
    }),
  );
}

/** What the concurrency limit counts together. */
function classOnNode({ hypervisor, node, class: of }: Guest): string {
  return `${nodeKey(hypervisor, node)}/${of}`;
}
