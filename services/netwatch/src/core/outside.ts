import type { EventOf, Hypervisor, NodeEntity, Ups, VmEntity } from '@huismeester/contracts';
import type { Evidence } from './thing.ts';

/** What another service's log says of a thing that ours may depend on, by its subject. Stored; times in ms since 1970. */
export type OutsideFact = UpsFact | VmFact | NodeFact | HypervisorFact;

export interface UpsFact {
  readonly kind: 'ups';
  readonly id: string;
  readonly onBattery: boolean;
  /** When mains failed, or came back. */
  readonly since?: number;
  readonly contact: boolean;
  readonly contactSince?: number;
  readonly forced: boolean;
  readonly forcedAt?: number;
  /** The event that said how mains are: it is in the chain of the newest power cut, also when that is over. */
  readonly cut?: Evidence;
  /** When the newest power cut began, also when it is over; absent: no event said so. */
  readonly cutSince?: number;
}

export interface VmFact {
  readonly kind: 'vm';
  readonly id: string;
  readonly hypervisor: string;
  readonly node: string;
  readonly running: boolean;
  /** Of one that was stopped when it was found: when that was. */
  readonly stoppedAt?: number;
  readonly correlationid?: string;
}

interface NodeFact {
  readonly kind: 'node';
  readonly id: string;
  readonly hypervisor: string;
  readonly node: string;
  readonly online: boolean;
  /** Absent: a snapshot, which does not have it, is all that is known. */
  readonly since?: number;
}

interface HypervisorFact {
  readonly kind: 'hypervisor';
  readonly id: string;
  readonly reachable: boolean;
  readonly since?: number;
  /** The event that said so. */
  readonly said?: Evidence;
  /** It answers, but not us: a token or a certificate is wrong on one of the two sides, which says nothing of the hypervisor itself. */
  readonly refuses?: boolean;
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
  const at = Date.parse(event.time);
  switch (event.type) {
    case 'ups.found':
      return { ...known, contact: true, contactSince: at };
    case 'ups.lost':
    case 'ups.stale':
      return { ...known, contact: false, contactSince: at };
    case 'ups.on-battery': {
      const since = Date.parse(event.data.since);
      return {
        ...unforced(known),
        onBattery: true,
        since,
        cut: evidenceOf(event),
        cutSince: cutBegan(known, since),
      };
    }
    case 'ups.on-mains': {
      const since = Date.parse(event.data.since);
      return { ...unforced(known), onBattery: false, since, cut: evidenceOf(event) };
    }
    case 'ups.forced-shutdown':
      return { ...known, forced: true, forcedAt: at };
  }
}

/** Mains that were back for less than this were no end of the cut, ms. */
const shortReturnMs = 600_000;

/** When the cut began that goes on with this loss of mains. */
function cutBegan({ onBattery, since: backAt, cutSince }: UpsFact, since: number): number {
  const isShort = backAt !== undefined && since >= backAt && since - backAt < shortReturnMs;
  const goesOn = onBattery || isShort;
  return goesOn && cutSince !== undefined ? cutSince : since;
}

function evidenceOf({ id, correlationid }: Evidence): Evidence {
  return { id, correlationid };
}

function unforced({ forcedAt: _, ...fact }: UpsFact): UpsFact {
  return { ...fact, forced: false };
}

/** The UPS as ups-monitor's snapshot has it. */
export function upsFrom({ id, mains, since, contact, reported }: Ups): UpsFact {
  const onBattery = mains === 'on-battery';
  const { evidence: [cut] = [], contactSince, forced = false, lowSince } = reported ?? {};
  return {
    kind: 'ups',
    id,
    onBattery,
    contact: contact === 'ok',
    ...(contactSince !== undefined && { contactSince: Date.parse(contactSince) }),
    forced,
    // A forced shutdown counts as low; the snapshot has no other time of it.
    ...(forced && lowSince !== undefined && { forcedAt: Date.parse(lowSince) }),
    ...(since !== undefined && { since: Date.parse(since) }),
    ...(cut && { cut }),
    ...(onBattery && since !== undefined && { cutSince: Date.parse(since) }),
  };
}

export type VmFactEvent = EventOf<'vm.found' | 'vm.started' | 'vm.stopped' | 'vm.moved'>;

/** Folds one of vm-lifecycle's events of a VM; undefined for one that was never found. */
export function foldVm(before: OutsideFact | undefined, event: VmFactEvent): VmFact | undefined {
  const { vm: id, hypervisor, node } = event.data;
  const place = { kind: 'vm', id, hypervisor, node } as const;
  const stoppedAt = Date.parse(event.time);
  if (event.type === 'vm.found') {
    const { running } = event.data;
    return running ? { ...place, running } : { ...place, running, stoppedAt };
  }
  if (before?.kind !== 'vm') return undefined;
  switch (event.type) {
    case 'vm.started':
      return { ...place, running: true };
    case 'vm.stopped':
      return {
        ...place,
        running: false,
        stoppedAt,
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

export function foldNode(before: OutsideFact | undefined, { type, time, data }: NodeFactEvent): NodeFact {
  const { id, hypervisor, node } = data;
  const since = Date.parse(time);
  const online = type === 'node.online';
  return withKnownStart(before, { kind: 'node', id, hypervisor, node, online, since });
}

export function nodeFrom({ id, hypervisor, node, online }: NodeEntity): NodeFact {
  return { kind: 'node', id, hypervisor, node, online };
}

export type HypervisorFactEvent = EventOf<'hypervisor.reachable' | 'hypervisor.unreachable'>;

export function foldHypervisor(before: OutsideFact | undefined, event: HypervisorFactEvent): HypervisorFact {
  const since = Date.parse(event.time);
  const id = event.data.hypervisor;
  const reachable = event.type === 'hypervisor.reachable';
  const refuses = event.type === 'hypervisor.unreachable' && refusals.has(event.data.error);
  return withKnownStart(before, {
    kind: 'hypervisor',
    id,
    reachable,
    since,
    said: evidenceOf(event),
    ...(refuses && { refuses }),
  });
}

/** Codes of vm-lifecycle's errors: no or too little access (401, 403), and another certificate than the pinned one. */
const refusals: ReadonlySet<string> = new Set(['unauthorized', 'forbidden', 'certificate']);

export function hypervisorFrom({ id, reachable }: Hypervisor): HypervisorFact {
  return { kind: 'hypervisor', id, reachable };
}

/** A thing whose state is the one that it was is so since then: of most of them a snapshot does not have when that began. */
export function withKnownStart<Fact extends OutsideFact>(before: OutsideFact | undefined, fact: Fact): Fact;
export function withKnownStart(before: OutsideFact | undefined, fact: OutsideFact): OutsideFact {
  switch (fact.kind) {
    case 'ups':
      return before?.kind === 'ups' ? withCutSince(before, fact) : fact;
    case 'vm': {
      const isSame = before?.kind === 'vm' && before.running === fact.running && fact.stoppedAt === undefined;
      return isSame && before.stoppedAt !== undefined ? { ...fact, stoppedAt: before.stoppedAt } : fact;
    }
    case 'node': {
      const isSame = before?.kind === 'node' && before.online === fact.online;
      return isSame && before.since !== undefined ? { ...fact, since: before.since } : fact;
    }
    case 'hypervisor': {
      const isSame = before?.kind === 'hypervisor' && before.reachable === fact.reachable;
      // An event says itself why; a snapshot does not.
      const isOther = fact.said !== undefined && isSame && before.refuses !== fact.refuses;
      if (!isSame || isOther || before.since === undefined) return fact;
      const { since, said, refuses } = before;
      return { ...fact, since, ...(said && { said }), ...(refuses && { refuses }) };
    }
  }
}

/** A snapshot does not have when a cut began that is over. */
function withCutSince({ cut, cutSince }: UpsFact, fact: UpsFact): UpsFact {
  const isSame = fact.cutSince === undefined && fact.cut?.correlationid === cut?.correlationid;
  return isSame && cutSince !== undefined ? { ...fact, cutSince } : fact;
}
