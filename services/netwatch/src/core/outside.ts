import type { EventOf, Hypervisor, NodeEntity, Ups, VmEntity } from '@huismeester/contracts';
import { nodeId } from '@huismeester/contracts';
import type { Needs } from './graph.ts';
import type { Evidence, Outside } from './thing.ts';

/** What another service's log says of a thing that ours may depend on, by its subject. Stored; times in ms since 1970. */
export type OutsideFact = UpsFact | VmFact | NodeFact | HypervisorFact;

interface UpsFact {
  readonly kind: 'ups';
  readonly id: string;
  readonly onBattery: boolean;
  readonly since?: number;
  readonly contact: boolean;
  readonly forced: boolean;
  /** The event that said how mains are: it is in the chain of the newest power cut, also when that is over. */
  readonly cut?: Evidence;
}

interface VmFact {
  readonly kind: 'vm';
  readonly id: string;
  readonly hypervisor: string;
  readonly node: string;
  readonly running: boolean;
  readonly stoppedAt?: number;
  readonly correlationid?: string;
}

interface NodeFact {
  readonly kind: 'node';
  readonly id: string;
  readonly hypervisor: string;
  readonly node: string;
  readonly online: boolean;
}

interface HypervisorFact {
  readonly kind: 'hypervisor';
  readonly id: string;
  readonly reachable: boolean;
}

export type UpsFactEvent = EventOf<
  'ups.found' | 'ups.lost' | 'ups.stale' | 'ups.on-battery' | 'ups.on-mains' | 'ups.forced-shutdown'
>;

/** Folds one of ups-monitor's events. */
export function foldUps(before: OutsideFact | undefined, event: UpsFactEvent): UpsFact {
  const known: UpsFact =
    before?.kind === 'ups'
      ? before
      : { kind: 'ups', id: event.data.ups, onBattery: false, contact: false, forced: false };
  switch (event.type) {
    case 'ups.found':
      return { ...known, contact: true };
    case 'ups.lost':
    case 'ups.stale':
      return { ...known, contact: false };
    case 'ups.on-battery': {
      const cut = { id: event.id, correlationid: event.correlationid };
      return { ...known, onBattery: true, since: Date.parse(event.data.since), forced: false, cut };
    }
    case 'ups.on-mains': {
      const cut = { id: event.id, correlationid: event.correlationid };
      return { ...known, onBattery: false, since: Date.parse(event.data.since), forced: false, cut };
    }
    case 'ups.forced-shutdown':
      return { ...known, forced: true };
  }
}

/** The UPS as ups-monitor's snapshot has it. */
export function upsFrom({ id, mains, since, contact, reported }: Ups): UpsFact {
  const onBattery = mains === 'on-battery';
  const [cut] = reported?.evidence ?? [];
  return {
    kind: 'ups',
    id,
    onBattery,
    contact: contact === 'ok',
    forced: reported?.forced ?? false,
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(cut && { cut }),
  };
}

export type VmFactEvent = EventOf<'vm.found' | 'vm.started' | 'vm.stopped' | 'vm.moved'>;

/** Folds one of vm-lifecycle's events of a VM; undefined for one that was never found. */
export function foldVm(before: OutsideFact | undefined, event: VmFactEvent): VmFact | undefined {
  const { vm: id, hypervisor, node } = event.data;
  const place = { kind: 'vm', id, hypervisor, node } as const;
  if (event.type === 'vm.found') return { ...place, running: event.data.running };
  if (before?.kind !== 'vm') return undefined;
  switch (event.type) {
    case 'vm.started':
      return { ...place, running: true };
    case 'vm.stopped':
      return {
        ...place,
        running: false,
        stoppedAt: Date.parse(event.time),
        correlationid: event.correlationid,
      };
    case 'vm.moved':
      return { ...before, ...place };
  }
}

/** The VM as vm-lifecycle's snapshot has it. */
export function vmFrom({ id, hypervisor, node, status, stopped }: VmEntity): VmFact {
  const running = status !== 'stopped';
  return {
    kind: 'vm',
    id,
    hypervisor,
    node,
    running,
    ...(!running && stopped && { stoppedAt: Date.parse(stopped.at), correlationid: stopped.correlationid }),
  };
}

export type NodeFactEvent = EventOf<'node.online' | 'node.offline'>;

export function foldNode({ type, data: { id, hypervisor, node } }: NodeFactEvent): NodeFact {
  return { kind: 'node', id, hypervisor, node, online: type === 'node.online' };
}

export function nodeFrom({ id, hypervisor, node, online }: NodeEntity): NodeFact {
  return { kind: 'node', id, hypervisor, node, online };
}

export type HypervisorFactEvent = EventOf<'hypervisor.reachable' | 'hypervisor.unreachable'>;

export function foldHypervisor({ type, data }: HypervisorFactEvent): HypervisorFact {
  return { kind: 'hypervisor', id: data.hypervisor, reachable: type === 'hypervisor.reachable' };
}

export function hypervisorFrom({ id, reachable }: Hypervisor): HypervisorFact {
  return { kind: 'hypervisor', id, reachable };
}

/** Which UPSes feed the nodes of each hypervisor, by the nodes' names, as settings have it. */
export type Feeds = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** What the facts come to: things that failed, what they need themselves, and the power cuts that may explain them. */
export interface OutsideWorld {
  readonly things: ReadonlyMap<string, Outside>;
  readonly needs: ReadonlyMap<string, Needs>;
  readonly outages: ReadonlySet<string>;
}

export function outsideWorld(facts: readonly OutsideFact[], feeds: Feeds): OutsideWorld {
  const things = new Map<string, Outside>();
  const needs = new Map<string, Needs>();
  const cuts = new Map(
    facts.flatMap((fact) => (fact.kind === 'ups' && fact.cut ? [[fact.id, fact] as const] : [])),
  );
  const nodes = new Map(
    facts.flatMap((fact) =>
      fact.kind === 'node' ? [[`${fact.hypervisor}/${fact.node}`, fact.id] as const] : [],
    ),
  );
  const feedsOf = (hypervisor: string, node: string) => feeds.get(hypervisor)?.get(node) ?? [];
  for (const fact of facts) {
    switch (fact.kind) {
      case 'ups':
        for (const [id, failed] of upsThings(fact)) {
          things.set(id, {
            failed,
            since: { time: fact.since ?? 0 },
            ...(fact.cut && { evidence: fact.cut }),
          });
        }
        break;
      case 'vm': {
        const id = nodes.get(`${fact.hypervisor}/${fact.node}`) ?? nodeId(fact.hypervisor, fact.node);
        things.set(`vm/${fact.id}`, vmThing(fact));
        needs.set(`vm/${fact.id}`, [[`node/${id}`]]);
        break;
      }
      case 'node': {
        const powered = feedsOf(fact.hypervisor, fact.node);
        const cut = powered.map((ups) => cuts.get(ups)).find((each) => each?.onBattery)?.cut;
        things.set(`node/${fact.id}`, {
          failed: !fact.online,
          since: { time: 0 },
          ...(cut && { evidence: cut }),
        });
        needs.set(`node/${fact.id}`, [[`hypervisor/${fact.hypervisor}`], ...poweredBy(powered)]);
        break;
      }
      case 'hypervisor':
        things.set(`hypervisor/${fact.id}`, { failed: !fact.reachable, since: { time: 0 } });
        needs.set(`hypervisor/${fact.id}`, poweredBy(feedsOfAll(feeds.get(fact.id))));
    }
  }
  return {
    things,
    needs,
    outages: new Set([...cuts.values()].flatMap(({ cut }) => (cut ? [cut.correlationid] : []))),
  };
}

/** Any one feed is enough. */
export function poweredBy(ups: readonly string[]): Needs {
  return ups.length === 0 ? [] : [ups.map((id) => `ups/${id}`)];
}

/** An API that answers at any node is lost with the last feed; a node of which no feed is set may be fed by anything. */
function feedsOfAll(nodes: ReadonlyMap<string, readonly string[]> | undefined): string[] {
  const all = [...(nodes?.values() ?? [])];
  return all.some((each) => each.length === 0) ? [] : [...new Set(all.flat())];
}

/** What hangs on bare mains fails with it; what the UPS feeds only when that was forced off, or lost while on battery. */
function upsThings({ id, onBattery, contact, forced }: UpsFact): [string, boolean][] {
  return [
    [`mains/${id}`, onBattery],
    [`ups/${id}`, forced || (onBattery && !contact)],
  ];
}

function vmThing({ running, stoppedAt = 0, correlationid }: VmFact): Outside {
  // The event that stopped it is not in every snapshot, the first of its chain always is.
  const evidence = correlationid === undefined ? {} : { evidence: { id: correlationid, correlationid } };
  return { failed: !running, since: { time: stoppedAt }, ...evidence };
}
