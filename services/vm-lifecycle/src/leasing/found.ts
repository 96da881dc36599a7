import type { Managed } from '../acting/context.ts';
import { answerOf, unlessNodeIsGone } from '../adapters/call.ts';
import { lockGuest } from '../adapters/projection.ts';
import { type GuestRecord, readGuests, readNodes } from '../adapters/store.ts';
import { attribute, bootTasksMs, tasksFrom } from '../core/attribution.ts';
import type { Guest } from '../core/guest.ts';
import { isEnded, type LeaseState, startedAt } from '../core/lease.ts';
import type { Parts } from '../parts.ts';
import type { Hypervisor } from '../ports.ts';
import { type Begun, beginLease, leaseBy } from './begin.ts';
import { readForPeople } from './for-people.ts';
import { nothingAlong, readLeaseOf } from './rows.ts';

type FoundOptions = Parts & { readonly hypervisors: ReadonlyMap<string, Managed> };

/**
 * Begins a lease of a VM that was found anew and runs, if somebody started it after the end of the one that it has: while it was not listed, no look
 * saw it off. False when that could not be judged yet.
 */
export async function beginAsFound(options: FoundOptions, id: string): Promise<boolean> {
  const { database, clock, log } = options;
  const [record] = await readGuests(database.orm, id);
  if (record === undefined || !isAsFound(record)) return true;
  const { guest } = record;
  const known = await readLeaseOf(database.orm, id);
  const ended = known && isEnded(known, clock.now()) ? known.ends : undefined;
  const managed = options.hypervisors.get(guest.hypervisor);
  if (ended === undefined || managed === undefined) return true;
  const { hypervisor } = managed.poller;
  const answer = await answerOf(() => judge(options, hypervisor, { record, ended }));
  if ('code' in answer) return false;
  const { begun, actor, judged } = answer;
  if (begun === undefined) return judged;
  const { at, ...how } = begun;
  await database.transaction(async (tx) => {
    const locked = await lockGuest(tx, id);
    if (locked?.incarnation !== guest.incarnation || locked?.status !== 'running') return;
    const now = clock.now();
    const started = at && startedAt(at, { off: ended, now });
    const onlyIf = (newest: LeaseState | undefined) => isEnded(newest, now);
    const along = nothingAlong();
    await beginLease(tx, log, along, { id, now, started, actor, ...how, onlyIf });
    await log.append(tx, along.events, { expected: along.expected });
  });
  return true;
}

/** A participant's that runs, and was not seen to start or stop since it was found. */
function isAsFound({ guest, history }: GuestRecord): boolean {
  if (guest.class !== 'participant') return false;
  return guest.status === 'running' && history.started === undefined && history.stopped === undefined;
}

interface Judgement {
  /** False while something is at work that may undo what was seen. */
  readonly judged: boolean;
  readonly begun?: Begun | undefined;
  readonly actor?: string | undefined;
}

/** Judges by its tasks why it runs, as of one that was known to be off. */
async function judge(
  { database, clock, leaseMs }: FoundOptions,
  hypervisor: Hypervisor,
  { record: { guest, request }, ended }: { record: GuestRecord; ended: Date },
): Promise<Judgement> {
  const seen = await hypervisor.guestNow(guest);
  const now = clock.now();
  const bootedMs = now.getTime() - (seen.uptime ?? Number.POSITIVE_INFINITY) * 1000;
  // Its process began before that: nobody started it since.
  if (bootedMs <= ended.getTime()) return { judged: true };
  const booted = new Date(bootedMs);
  const seesTasks = await hypervisor.seesTasks(guest.node);
  const since = tasksFrom(booted, now, !seesTasks);
  const tasks = await tasksOf({ database }, hypervisor, guest, since);
  const { token } = hypervisor;
  const forPeople = await readForPeople(database.orm, guest);
  const where = { changedAt: booted, tasksHidden: !seesTasks };
  const by = attribute({ to: 'running', now, seen, tasks, request, token, forPeople, ...where });
  if (by === undefined) return { judged: false };
  return { judged: true, begun: leaseBy({ by, tasks, forPeople, token }, leaseMs), actor: by.actor };
}

/** Its tasks on every node, since what moved it ran where it was, and those by which its node brought all its guests up. */
async function tasksOf(
  { database }: Pick<FoundOptions, 'database'>,
  hypervisor: Hypervisor,
  guest: Guest,
  since: Date,
) {
  const nodes = (await readNodes(database.orm)).map(({ node }) => node);
  const names = nodes.filter((node) => node.hypervisor === guest.hypervisor && node.online);
  const all = await Promise.all([
    hypervisor.bootTasks(guest.node, 'startall', new Date(since.getTime() - bootTasksMs)),
    ...names.map(({ node }) => unlessNodeIsGone(() => hypervisor.guestTasks({ ...guest, node }, since), [])),
  ]);
  return all.flat();
}
