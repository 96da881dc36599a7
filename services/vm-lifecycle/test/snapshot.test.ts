import { randomUUID } from 'node:crypto';
import {
  type EventOf,
  LeaseEntity,
  NodeEntity,
  OwnershipEntity,
  type StoredEvent,
  VmEntity,
} from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { type EventLog, isRefusal, newEvent } from '@huismeester/events';
import { Check } from 'typebox/value';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { project, recordPower } from '../src/adapters/projection.ts';
import { accept, close, fail, failRetryably, finish, intend } from '../src/adapters/recorder.ts';
import { readGuests, readNodes } from '../src/adapters/store.ts';
import type { Fact, Power } from '../src/core/guest.ts';
import { isInFlight, type NodeRequest, type Request } from '../src/core/request.ts';
import { followFacts } from '../src/leasing/follow.ts';
import { noteOnboot } from '../src/leasing/onboot.ts';
import { renewVm } from '../src/leasing/renewal.ts';
import { desired, lease, node, ownership, request, vm } from '../src/schema.ts';
import { entitiesOf } from '../src/service.ts';
import { openTables } from './own-tables.ts';

/* fold(events) = snapshot: whatever happens to a guest and a node, the snapshot has what a fold of their events has. */

let place: Awaited<ReturnType<typeof openTables>>;
let database: Database;
let log: EventLog;
let now = Date.parse('2026-11-22T12:00:00Z');

beforeAll(async () => {
  const clock = { now: () => new Date(now), monotonicMs: () => now };
  place = await openTables({ clock });
  ({ database, log } = place);
});
afterAll(async () => {
  await place.close();
});

/** mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const at = () => new Date(now);
const write = async (fact: Fact): Promise<void> =>
  await database.transaction(async (tx) => {
    await project(tx, fact, at());
    const { events, expected } = await followFacts(tx, log, { facts: [fact], now: at() });
    await log.append(tx, [{ ...fact, time: at() }, ...events], { expected });
  });
const found = (
  running: boolean,
  incarnation = 'uuid-1',
  of: 'core' | 'participant' = 'participant',
): Fact => ({
  type: 'vm.found',
  subject: 'vm/101',
  data: {
    vm: '101',
    hypervisor: 'pve',
    node: 'pve1',
    class: of,
    vmid: 101,
    kind: 'qemu',
    name: 'web',
    pool: 'core',
    running,
    incarnation,
    cores: 2,
  },
});

const owner = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
/** Whoever stands there now gets an owner, unless it has one. */
const owned = async (): Promise<void> => {
  const { guest: known } = await guest();
  const { incarnation = '' } = known;
  const id = `101-${incarnation}`;
  const which = { vm: '101', hypervisor: 'pve', vmid: 101, incarnation };
  await database.transaction(async (tx) => {
    // Other histories had one of this id.
    const version = (await log.versionIn(tx, `ownership/${id}`)) + 1;
    const row = { ...which, id, version, owner, project: 'p-1', since: at() };
    const made = await tx.insert(ownership).values(row).onConflictDoNothing().returning();
    if (made.length === 0) return;
    const data = { ...which, ownership: id, owner, project: 'p-1', how: 'created' as const };
    await log.append(tx, [newEvent('ownership.begun', `ownership/${id}`, data, { time: at() })]);
  });
};
const nodeIs = (type: 'node.online' | 'node.offline'): Fact => ({
  type,
  subject: 'node/pve-pve1',
  data: { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1' },
});
const guest = async () => {
  const [record] = await readGuests(database.orm, '101');
  if (!record) throw new Error('the guest is not known');
  return record;
};
const theNode = async () => {
  const [record] = await readNodes(database.orm, 'pve-pve1');
  if (!record) throw new Error('the node is not known');
  return record;
};

async function decide(target: 'vm/101' | 'node/pve-pve1', generation: number) {
  const row = { target, state: 'stopped', mode: 'enforce', generation, validUntil: null } as const;
  const whole = { ...row, decision: randomUUID(), correlation: randomUUID(), reached: false, givenUp: false };
  await database.orm.insert(desired).values(whole).onConflictDoUpdate({ target: desired.target, set: whole });
}

const decideBoth = async (generation: number): Promise<void> => {
  await decide('vm/101', generation);
  await decide('node/pve-pve1', generation);
};

const power = async (to: Power, cause: 'person' | 'huismeester'): Promise<void> => {
  const { guest: known, request: made } = await guest();
  const by = cause === 'huismeester' && made ? { cause, request: made } : { cause: 'person' as const };
  const begins = to === 'running' && cause === 'person';
  const begun = begins ? { how: 'started' as const, lengthMs: 3_600_000 } : undefined;
  await database.transaction((tx) => recordPower(tx, log, { guest: known, to, by, now: at(), lease: begun }));
};

/** Everything that may happen to a guest and a node, by name; `dice` is below 1. */
const happenings: Record<string, (dice: number, nth: number) => Promise<void>> = {
  decided: async (_, nth) => await decideBoth(nth),
  requested: async (dice) => {
    const { guest: known, desired: wish, request: before } = await guest();
    const place = { target: 'vm/101', hypervisor: 'pve', node: known.node } as const;
    const act = dice < 0.5 ? 'shutdown' : dice < 0.8 ? 'start' : 'stop';
    const intent = { ...place, act, attempt: 1, tries: 0, desired: wish, before, now: at() } as const;
    await database.transaction((tx) => intend<Request>(tx, log, intent));
  },
  accepted: async () => {
    const { request: made } = await guest();
    if (made?.phase === 'intended')
      await database.transaction((tx) => accept(tx, log, made, { upid: 'UPID:1' }));
  },
  failed: async (dice) => {
    const { request: made } = await guest();
    if (!isInFlight(made)) return;
    const failure = { error: 'no', retry: dice < 0.5, tries: 1, again: 1_000 };
    await database.transaction((tx) => fail(tx, log, made, failure, at()));
  },
  finished: async () => {
    const { request: made } = await guest();
    if (isInFlight(made)) await database.transaction((tx) => finish(tx, made));
    await power(made?.act === 'start' ? 'running' : 'stopped', 'huismeester');
  },
  'by hand': async (dice) => await power(dice < 0.5 ? 'running' : 'stopped', 'person'),
  moved: async (dice) => {
    const to = dice < 0.5 ? 'pve1' : 'pve2';
    const data = { vm: '101', hypervisor: 'pve', node: to, class: 'core', from: 'pve1' } as const;
    await write({ type: 'vm.moved', subject: 'vm/101', data });
  },
  inspected: async (dice) =>
    await write({
      type: 'vm.inspected',
      subject: 'vm/101',
      data: { vm: '101', onboot: dice < 0.5, ha: false },
    }),
  'unlisted and found': async (dice, nth) => {
    if (dice < 0.7) return;
    const { guest: known } = await guest();
    const because = dice < 0.8 ? undefined : dice < 0.9 ? ('replaced' as const) : ('destroyed' as const);
    const data = { vm: '101', ...(because && { because }) };
    await write({ type: 'vm.unlisted', subject: 'vm/101', data });
    now += 1;
    await write(found(true, because ? `uuid-${nth}` : known.incarnation));
    await decide('vm/101', 1);
  },
  owned,
  reclassified: async (dice) => {
    const { guest: known } = await guest();
    const to = dice < 0.3 ? ('core' as const) : ('participant' as const);
    if (known.class === to) return;
    const data = { vm: '101', from: known.class, to, pool: 'p' };
    await write({ type: 'vm.reclassified', subject: 'vm/101', data });
  },
  resized: async (dice) =>
    await write({ type: 'vm.resized', subject: 'vm/101', data: { vm: '101', cores: Math.ceil(dice * 9) } }),
  renewed: async () => {
    const rules = { lengthMs: 7_200_000, renewals: 'any' } as const;
    const by = { log, actor: 'a', rules };
    const done = await database.transaction((tx) =>
      renewVm(tx, by, { vm: '101', who: { roles: ['participant'], person: owner } }),
    );
    if (isRefusal(done)) expect(done.code).toMatch(/^(not-running|no-lease|not-allowed)$/);
  },
  onboot: async (dice) => {
    const { guest: known } = await guest();
    const wish = { guest: known, lease: `101-${known.incarnation}`, onboot: dice < 0.5, ours: false };
    const clock = { now: at, monotonicMs: () => now } as Parameters<typeof noteOnboot>[0]['clock'];
    await noteOnboot({ database, log, clock }, wish, dice < 0.2 ? 'no-right' : undefined);
  },
  'node turned': async (dice) => await write(nodeIs(dice < 0.5 ? 'node.online' : 'node.offline')),
  'node requested': async (dice) => {
    const { desired: wish, request: before } = await theNode();
    const place = { target: 'node/pve-pve1', hypervisor: 'pve', node: 'pve1' } as const;
    const act = dice < 0.5 ? 'shutdown' : 'wake';
    const intent = { ...place, act, attempt: 1, tries: 0, desired: wish, before, now: at() } as const;
    await database.transaction((tx) => intend<NodeRequest>(tx, log, intent));
  },
  'node failed': async (dice) => {
    const { request: made } = await theNode();
    if (!isInFlight(made)) return;
    const again = { error: `no ${Math.round(dice)}`, notBefore: at() };
    await database.transaction(async (tx) => {
      if (dice < 0.3) await close(tx, made);
      else if (dice < 0.6) await failRetryably(tx, log, made, again);
      else await fail(tx, log, made, { error: 'no', retry: dice < 0.8, tries: 1, again: 1 }, at());
    });
  },
};

type Known = Record<string, unknown>;

/** What a reader makes of a guest's events, written for this test alone. */
function foldGuest(
  known: Known,
  { type, data, time, correlationid }: EventOf<'vm.found'> | StoredEvent,
): Known {
  const { asked, ...rest } = known;
  const given = data as Record<string, never>;
  const change = { at: time, by: given.cause, correlationid, ...decisionIn(given) };
  switch (type) {
    case 'vm.found':
      return { node: given.node, running: given.running, foundAt: time, cores: given.cores };
    case 'vm.resized':
      return { ...known, cores: given.cores };
    case 'vm.started':
      return { ...rest, node: given.node, running: true, started: change };
    case 'vm.stopped': {
      const { act, at: askedAt } = (asked ?? {}) as { act?: string; at?: string };
      const byUs = act === 'shutdown' && given.cause === 'huismeester';
      const took = byUs ? { shutdown_s: (Date.parse(time) - Date.parse(askedAt ?? '')) / 1000 } : {};
      return { ...rest, ...took, node: given.node, running: false, stopped: change };
    }
    case 'vm.moved':
      return { ...known, node: given.node };
    case 'vm.inspected':
      return { ...known, onboot: given.onboot, ha: given.ha };
    default:
      return foldRequest(known, type, given, { time, correlationid });
  }
}

function foldNode(known: Known, { type, data, time, correlationid }: StoredEvent): Known {
  const { asked: _, ...rest } = known;
  if (type === 'node.online' || type === 'node.offline') return { ...rest, online: type === 'node.online' };
  return foldRequest(known, type, data as Record<string, never>, { time, correlationid });
}

function foldRequest(
  known: Known,
  type: string,
  { act, generation, decision, retry }: Record<string, never>,
  { time, correlationid }: { time: string; correlationid: string },
): Known {
  const { asked: _, ...rest } = known;
  if (type.endsWith('.power-requested'))
    return { ...rest, asked: { act, at: time, generation, decision, correlationid } };
  if (type.endsWith('.power-failed')) return retry ? rest : { ...rest, gaveUp: generation };
  return known;
}

const decisionIn = ({ decision }: Record<string, unknown>) => (decision === undefined ? {} : { decision });

/** What a reader makes of whose VMs are, and of their leases: by subject, those that there are. */
function foldOwned(
  known: ReadonlyMap<string, Known>,
  { type, subject, data }: Pick<StoredEvent, 'type' | 'subject' | 'data'>,
): ReadonlyMap<string, Known> {
  const all = new Map(known);
  const given = data as Record<string, unknown>;
  const { onbootOff, ...before } = all.get(subject) ?? {};
  const kept = onbootOff === true ? { onbootOff } : {};
  const { lease: id, vm: of, number, started, ends, renewals, onboot, failed } = given;
  if (type === 'ownership.begun') all.set(subject, { ownership: given.ownership, owner: given.owner });
  else if (type === 'ownership.ended' || type === 'lease.ended') all.delete(subject);
  else if (type === 'lease.started')
    all.set(subject, { lease: id, vm: of, number, owner: given.owner, started, ends, renewals: 0, ...kept });
  else if (type === 'lease.renewed') all.set(subject, { ...before, ...kept, ends, renewals });
  else if (type === 'lease.onboot-set' && failed === undefined && all.has(subject))
    all.set(subject, onboot ? before : { ...before, onbootOff: true });
  return all;
}

const readers = [
  'cores',
  'node',
  'foundAt',
  'started',
  'stopped',
  'asked',
  'shutdown_s',
  'gaveUp',
  'onboot',
  'ha',
];
const pick = (state: object, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(state).filter(([key]) => keys.includes(key)));

test.each(Array.from({ length: 12 }, (_, index) => index + 1))('history %i', async (seed) => {
  const dice = random(seed);
  const names = Object.keys(happenings);
  for (const table of [desired, request, node, vm, ownership, lease]) await database.orm.delete(table);
  const before = log.head();
  await write(nodeIs('node.online'));
  await write(found(true));
  await decideBoth(1);
  for (let nth = 2; nth < 40; nth += 1) {
    now += Math.floor(dice() * 60_000);
    const name = names[Math.floor(dice() * names.length)] ?? '';
    await happenings[name]?.(dice(), nth);
  }
  const { events } = await log.read({ after: before, limit: 1_000 });
  const entities = await database.transaction(entitiesOf);
  const stateOf = (subject: string) => entities.find((each) => each.subject === subject)?.state ?? {};
  const [ofGuest, ofNode] = [stateOf('vm/101'), stateOf('node/pve-pve1')] as [VmEntity, NodeEntity];
  expect(Check(VmEntity, ofGuest) && Check(NodeEntity, ofNode)).toBe(true);
  const { running, ...folded } = events.filter(({ subject }) => subject === 'vm/101').reduce(foldGuest, {});
  expect({ ...pick(ofGuest, readers), running: ofGuest.status === 'running' }).toEqual({
    ...folded,
    running,
  });
  const ownedBy = events.reduce(foldOwned, new Map());
  const entitiesOwned = entities.filter(({ subject }) => /^(ownership|lease)\//.test(subject));
  for (const { subject, state } of entitiesOwned)
    expect(Check(subject.startsWith('lease/') ? LeaseEntity : OwnershipEntity, state)).toBe(true);
  const keys = ['ownership', 'owner'];
  expect(
    new Map(
      entitiesOwned.map(({ subject, state }) => [
        subject,
        subject.startsWith('lease/') ? state : pick(state as object, keys),
      ]),
    ),
  ).toEqual(ownedBy);
  const nodeFolded = events.filter(({ subject }) => subject === 'node/pve-pve1').reduce(foldNode, {});
  expect(pick(ofNode, ['online', 'asked', 'gaveUp'])).toEqual(nodeFolded);
});
