import { createPoller } from '@huismeester/service';
import { answerOf } from '../adapters/call.ts';
import { readKnown } from '../adapters/store.ts';
import { type Doubts, doubts, type Uptimes } from '../core/doubt.ts';
import type { Guest, Listing } from '../core/guest.ts';
import { guestId, type Known, observe, observeFailure } from '../core/observe.ts';
import type { Parts } from '../parts.ts';
import type { Hypervisor } from '../ports.ts';
import { confirm } from './confirm.ts';
import { type Destroys, watchDestroys } from './destroys.ts';
import { proposeOwners, readIdentities, withDestroyed } from './identify.ts';
import { noteRestart } from './restart.ts';
import { write } from './write.ts';

export interface PollerOptions extends Parts {
  readonly hypervisor: Hypervisor;
  readonly prefix: string;
  readonly pollMs: number;
  /** After each poll, good or bad. */
  readonly polled: () => Promise<void>;
}

/** What is known right now of where a guest is: why it cannot be judged, or whether its cluster has a quorum. */
export type View = { readonly blind: string } | { readonly blind?: never; readonly quorate: boolean };

export interface HypervisorPoller {
  readonly hypervisor: Hypervisor;
  readonly destroys: Destroys;
  start(): void;
  /** Polls at once instead of when its time has come. */
  pollNow(): void;
  view(guest: Pick<Guest, 'id' | 'node'>): View;
  /** Has the guest's configuration read by the next poll, which is at once: it may be another than it was. */
  doubt(id: string): void;
  /** Whether a node of this id belongs to it, as of the last poll. */
  hasNode(id: string): boolean;
  /** For health: whether the last poll was good, or what it failed of. */
  health(): { ready: boolean; detail?: string };
  close(): Promise<void>;
}

/**
 * Each question has a limit of its own, and is asked again of the next node of the cluster; beyond what a listing and the looks
 * at its suspects may take together, something else holds the poll up, such as the database.
 */
const deadlineMs = 120_000;

/**
 * Polls one hypervisor: what its listings show goes into the log, once confirmed where a listing is too old.
 * Long, since its functions share what the last poll found.
 */
export function pollHypervisor(options: PollerOptions): HypervisorPoller {
  const { hypervisor, prefix, pollMs, logger, clock } = options;
  const destroys = watchDestroys(hypervisor, clock);
  let listing: Listing | undefined;
  let missing: ReadonlyMap<string, number> = new Map();
  let uptimes: Uptimes = new Map();
  /** Those whose configuration is to be read by the next poll, whatever its listing says. */
  let doubted: ReadonlySet<string> = new Set();
  let nodeIds: ReadonlySet<string> = new Set();
  let failures = 0;
  let lastFailure: string | undefined;
  const poller = createPoller({
    // Without a back-off: how soon guests are started after a power cut depends on when a hypervisor that is back is seen.
    everyMs: pollMs,
    deadlineMs,
    look: poll,
    failed: (error) => logger.error({ err: error, hypervisor: hypervisor.id }, 'a poll failed on our side'),
    clock,
  });

  async function poll(signal: AbortSignal): Promise<undefined> {
    const answer = await answerOf(() => hypervisor.listing());
    signal.throwIfAborted();
    await ('code' in answer ? bad(answer.code) : good(answer));
    await options.polled();
  }

  async function known(): Promise<Known> {
    const read = await readKnown(options.database.orm, hypervisor.id, prefix);
    nodeIds = new Set([...read.nodes.values()].map(({ id }) => id));
    return read;
  }

  async function good(newest: Listing): Promise<void> {
    const before = await known();
    const ranFor = uptimes;
    const doubtful = doubts(before, ranFor, newest, { again: doubted, now: clock.now() });
    const identities = await readIdentities({ hypervisor, destroys }, doubtful.ask);
    doubted = new Set(doubtful.ask.flatMap(({ id }) => (identities.has(id) ? [] : [id])));
    const found = observe(before, missing, newest, identities);
    await write(options, await withDestroyed(destroys, before.guests, found.facts));
    for (const { note } of identities.values()) note();
    await proposeOwners(options, found.facts, identities);
    listing = newest;
    missing = found.missing;
    uptimes = doubtful.uptimes;
    if (failures > 0) logger.info({ hypervisor: hypervisor.id, failures }, 'the hypervisor answers again');
    failures = 0;
    lastFailure = undefined;
    await Promise.all([
      ...found.suspects.map(async (suspect) => {
        if ((await confirm({ ...options, destroys }, suspect)) === 'another') doubt(suspect.guest.id);
      }),
      ...doubtful.restarted.map((each) => restarted(each, ranFor)),
    ]);
  }

  /** Where it could not be seen why, its uptime stays that of the process before, so that the next listing has it looked at again. */
  async function restarted(each: Doubts['restarted'][number], before: Uptimes): Promise<void> {
    const { id } = each.guest;
    if (await noteRestart(options, each, uptimes.get(id) ?? 0)) return;
    const [after, uptime] = [new Map(uptimes), before.get(id)];
    after.delete(id);
    uptimes = uptime === undefined ? after : after.set(id, uptime);
  }

  function doubt(id: string): void {
    doubted = new Set([...doubted, id]);
    poller.now();
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
    destroys,
    view: (guest) => viewOf(guest, { listing, prefix, failures }),
    hasNode: (id) => nodeIds.has(id),
    start: poller.start,
    pollNow: poller.now,
    doubt,
    health: () => {
      if (listing !== undefined && lastFailure === undefined) return { ready: true };
      return { ready: false, detail: lastFailure ?? 'not asked yet' };
    },
    close: poller.close,
  };
}

/** The guests of each listing by id: it is asked of every VM on a page. */
const byId = new WeakMap<Listing, ReadonlyMap<string, Listing['guests'][number]>>();

function listedIn(listing: Listing, prefix: string): ReadonlyMap<string, Listing['guests'][number]> {
  const found = byId.get(listing);
  if (found) return found;
  const guests = new Map(listing.guests.map((each) => [guestId(prefix, each.vmid), each]));
  byId.set(listing, guests);
  return guests;
}

function viewOf(
  { id, node }: Pick<Guest, 'id' | 'node'>,
  { listing, prefix, failures }: { listing: Listing | undefined; prefix: string; failures: number },
): View {
  if (listing === undefined)
    return { blind: failures > 0 ? 'the hypervisor is unreachable' : 'not seen yet' };
  const listed = listedIn(listing, prefix).get(id);
  if (listed === undefined) return { blind: 'it is not listed' };
  if (listed.node !== node) return { blind: 'it is moving' };
  if (listing.nodes.find((each) => each.name === node)?.online !== true)
    return { blind: 'its node is offline' };
  return listed.status === 'unknown' ? { blind: 'its status is unknown' } : { quorate: listing.quorate };
}
