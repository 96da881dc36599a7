import type { Database } from '@huismeester/database';
import type { EventLog, Tasks } from '@huismeester/events';
import type { Clock, ServiceContext } from '@huismeester/service';
import { project } from './adapters/projection.ts';
import { sayPower } from './adapters/record.ts';
import { readGuests, readKnown, readNodeSince } from './adapters/store.ts';
import { attempt } from './attempt.ts';
import { tasksFrom, tell } from './core/cause.ts';
import type { Fact, Guest, Listing } from './core/guest.ts';
import { guestId, observe, observeFailure, type Suspect } from './core/observe.ts';
import { isInFlight } from './core/plan.ts';
import { createLoop } from './loop.ts';
import type { FailureOf, Hypervisor } from './ports.ts';

export interface WatchOptions {
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

export interface Watch {
  readonly hypervisor: Hypervisor;
  start(): void;
  /** Looks at once instead of at the next poll. */
  lookNow(): void;
  view(guest: Pick<Guest, 'id' | 'node'>): View;
  /** For health: whether the last poll was good, or what it failed of. */
  health(): { ready: boolean; detail?: string };
  close(): Promise<void>;
}

const bootTasksMs = 15 * 60_000;

/** Watches one hypervisor: what its listings tell goes into the log, once confirmed where a listing is too old. */
export function createWatch(options: WatchOptions): Watch {
  const { hypervisor, prefix, pollMs, logger } = options;
  let listing: Listing | undefined;
  let missing: ReadonlyMap<string, number> = new Map();
  let failures = 0;
  let lastFailure: string | undefined;
  const loop = createLoop(pollMs, poll, (error) =>
    logger.error({ err: error, hypervisor: hypervisor.id }, 'a poll failed on our side'),
  );

  async function poll(): Promise<void> {
    const seen = await attempt(options.failureOf, () => hypervisor.listing());
    await ('code' in seen ? bad(seen.code) : good(seen));
    await options.polled();
  }

  async function good(seen: Listing): Promise<void> {
    const known = await readKnown(options.database.orm, hypervisor.id, prefix);
    const found = observe(known, missing, seen);
    await write(options, found.facts);
    listing = seen;
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
    const known = await readKnown(options.database.orm, hypervisor.id, prefix);
    const facts = observeFailure(known, failures, code);
    await write(options, facts);
    if (facts.length > 0 || known.contact?.reachable === false) listing = undefined;
  }

  function view({ id, node }: Pick<Guest, 'id' | 'node'>): View {
    if (listing === undefined)
      return { blind: failures > 0 ? 'the hypervisor is unreachable' : 'not seen yet' };
    const row = listing.guests.find((each) => guestId(prefix, each.vmid) === id);
    if (row === undefined) return { blind: 'it is not listed' };
    if (row.node !== node) return { blind: 'it is moving' };
    if (listing.nodes.find((each) => each.name === node)?.online !== true)
      return { blind: 'its node is offline' };
    return row.status === 'unknown' ? { blind: 'its status is unknown' } : { quorate: listing.quorate };
  }

  return {
    hypervisor,
    view,
    start: loop.start,
    lookNow: loop.now,
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

async function write({ database, log, tasks, clock }: WatchOptions, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  await database.transaction(async (tx) => {
    const now = clock.now();
    for (const fact of facts) {
      await project(tx, fact, now);
      // A decision may have been waiting for it.
      if (fact.type === 'vm.found') await tasks.enqueue(tx, { kind: 'reconcile', key: fact.data.vm });
      if (fact.type === 'node.online' || fact.type === 'node.offline')
        await tasks.enqueue(tx, { kind: 'node', key: fact.subject.slice('node/'.length) });
    }
    await log.append(tx, facts);
  });
}

/** Says that a guest started or stopped if the guest itself and its tasks bear that out; else the next poll asks again. */
async function confirm(options: WatchOptions, { guest, to }: Suspect): Promise<void> {
  const { hypervisor, database, log, clock, logger } = options;
  const answers = await attempt(options.failureOf, async () => {
    const seesTasks = await hypervisor.seesTasks(guest.node);
    const since = tasksFrom(guest.changedAt, clock.now(), !seesTasks);
    const bootSince = new Date(Math.max(since.getTime(), clock.now().getTime() - bootTasksMs));
    const [tasks, boots] = await Promise.all([
      hypervisor.guestTasks(guest, since),
      hypervisor.bootTasks(guest.node, to === 'running' ? 'startall' : 'stopall', bootSince),
    ]);
    // The guest last: a task that has it off for a moment must not have ended by the time that we ask for tasks.
    return { seen: await hypervisor.guestNow(guest), tasks: [...tasks, ...boots], seesTasks };
  });
  if ('code' in answers) {
    logger.debug({ vm: guest.id, code: answers.code }, 'a change could not be confirmed yet');
    return;
  }
  const { seen, tasks, seesTasks } = answers;
  const [record] = await readGuests(database.orm, guest.id);
  const nodeSince = await readNodeSince(database.orm, guest);
  const now = clock.now();
  const { changedAt } = guest;
  const request = record?.request;
  const { token } = hypervisor;
  const told = tell({
    to,
    now,
    seen,
    tasks,
    request,
    token,
    changedAt,
    nodeSince,
    tasksHidden: !seesTasks,
  });
  if (told === undefined) return;
  await database.transaction(async (tx) => {
    // It may be what a request was watched for; the log comes last, since its head stays locked until the commit.
    if (isInFlight(request)) await options.tasks.enqueue(tx, { kind: 'reconcile', key: guest.id });
    await sayPower(tx, log, { guest, to, told, now });
  });
}
