import type { Database } from '@huismeester/database';
import type { EventLog, Tasks } from '@huismeester/events';
import type { Clock, ServiceContext } from '@huismeester/service';
import { answerOf } from '../adapters/call.ts';
import { project } from '../adapters/projection.ts';
import { readKnown } from '../adapters/store.ts';
import type { Fact, Guest, Listing } from '../core/guest.ts';
import { guestId, type Known, observe, observeFailure } from '../core/observe.ts';
import { guestTarget } from '../core/target.ts';
import type { FailureOf, Hypervisor } from '../ports.ts';
import { confirm } from './confirm.ts';
import { createLoop } from './loop.ts';

export interface PollerOptions {
  readonly hypervisor: Hypervisor;
  readonly failureOf: FailureOf;
  readonly prefix: string;
  readonly pollMs: number;
  readonly database: Database;
  readonly log: EventLog;
  readonly tasks: Pick<Tasks, 'enqueue'>;
  readonly clock: Clock;
  readonly logger: ServiceContext['logger'];
  /** After each poll, good or bad. */
  readonly polled: () => Promise<void>;
}

/** What is known right now of where a guest is: why it cannot be judged, or what its hypervisor is up to. */
export type View = { readonly blind: string } | { readonly blind?: never; readonly quorate: boolean };

export interface Poller {
  readonly hypervisor: Hypervisor;
  start(): void;
  /** Polls at once instead of when its time has come. */
  pollNow(): void;
  view(guest: Pick<Guest, 'id' | 'node'>): View;
  /** Whether a node of this id belongs to it, as of the last poll. */
  hasNode(id: string): boolean;
  /** For health: whether the last poll was good, or what it failed of. */
  health(): { ready: boolean; detail?: string };
  close(): Promise<void>;
}

/** Polls one hypervisor: what its listings show goes into the log, once confirmed where a listing is too old. */
export function createPoller(options: PollerOptions): Poller {
  const { hypervisor, prefix, pollMs, logger } = options;
  let listing: Listing | undefined;
  let missing: ReadonlyMap<string, number> = new Map();
  let nodeIds: ReadonlySet<string> = new Set();
  let failures = 0;
  let lastFailure: string | undefined;
  const loop = createLoop(pollMs, poll, (error) =>
    logger.error({ err: error, hypervisor: hypervisor.id }, 'a poll failed on our side'),
  );

  async function poll(): Promise<void> {
    const answer = await answerOf(options.failureOf, () => hypervisor.listing());
    await ('code' in answer ? bad(answer.code) : good(answer));
    await options.polled();
  }

  async function known(): Promise<Known> {
    const read = await readKnown(options.database.orm, hypervisor.id, prefix);
    nodeIds = new Set([...read.nodes.values()].map(({ id }) => id));
    return read;
  }

  async function good(newest: Listing): Promise<void> {
    const found = observe(await known(), missing, newest);
    await write(options, found.facts);
    listing = newest;
    missing = found.missing;
    if (failures > 0) logger.info({ hypervisor: hypervisor.id, failures }, 'the hypervisor answers again');
    failures = 0;
    lastFailure = undefined;
    await Promise.all(found.suspects.map((suspect) => confirm(options, suspect)));
  }

  async function bad(code: string): Promise<void> {
    failures += 1;
    if (lastFailure !== code)
      logger.warn({ hypervisor: hypervisor.id, code }, 'the hypervisor could not be asked');
    lastFailure = code;
    const before = await known();
    const facts = observeFailure(before, failures, code);
    await write(options, facts);
    if (facts.length > 0 || before.contact?.reachable === false) listing = undefined;
  }

  return {
    hypervisor,
    view: (guest) => viewOf(guest, { listing, prefix, failures }),
    hasNode: (id) => nodeIds.has(id),
    start: loop.start,
    pollNow: loop.now,
    health: () => {
      if (listing !== undefined && lastFailure === undefined) return { ready: true };
      return { ready: false, detail: lastFailure ?? 'not asked yet' };
    },
    async close() {
      await loop.close();
      await hypervisor.close();
    },
  };
}

function viewOf(
  { id, node }: Pick<Guest, 'id' | 'node'>,
  { listing, prefix, failures }: { listing: Listing | undefined; prefix: string; failures: number },
): View {
  if (listing === undefined)
    return { blind: failures > 0 ? 'the hypervisor is unreachable' : 'not seen yet' };
  const listed = listing.guests.find((each) => guestId(prefix, each.vmid) === id);
  if (listed === undefined) return { blind: 'it is not listed' };
  if (listed.node !== node) return { blind: 'it is moving' };
  if (listing.nodes.find((each) => each.name === node)?.online !== true)
    return { blind: 'its node is offline' };
  return listed.status === 'unknown' ? { blind: 'its status is unknown' } : { quorate: listing.quorate };
}

async function write({ database, log, tasks, clock }: PollerOptions, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  await database.transaction(async (tx) => {
    const now = clock.now();
    for (const fact of facts) {
      await project(tx, fact, now);
      // A decision may have been waiting for it.
      if (fact.type === 'vm.found')
        await tasks.enqueue(tx, { kind: 'reconcile', key: guestTarget(fact.data.vm) });
      if (fact.type === 'node.online' || fact.type === 'node.offline')
        await tasks.enqueue(tx, { kind: 'reconcile', key: fact.subject });
    }
    await log.append(
      tx,
      facts.map((fact) => ({ ...fact, time: now })),
    );
  });
}
