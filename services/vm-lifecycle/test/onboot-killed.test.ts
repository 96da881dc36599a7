import { randomUUID } from 'node:crypto';
import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { createLogger, systemClock } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginLease } from '../src/leasing/begin.ts';
import { nothingAlong } from '../src/leasing/rows.ts';
import { leaseHandler } from '../src/leasing/task.ts';
import { beginOwnership } from '../src/owning/commands.ts';
import { lease, vm } from '../src/schema.ts';
import { aroundEach, Killed, killAt } from './moments.ts';
import { openTables } from './own-tables.ts';

/*
 * The process is killed at each moment at which it turns a VM's onboot off at the end of its lease: whichever it is, it is off while the lease is
 * over, and as it was once the VM has a new one.
 */

const leaseMs = 3_600_000;
let place: Awaited<ReturnType<typeof openTables>>;
let database: Database;
let log: EventLog;
let vmid = 300;

beforeAll(async () => {
  place = await openTables();
  ({ database, log } = place);
});
afterAll(async () => {
  await place.close();
});

/** A VM of a participant that is off by the end of its lease, and its onboot at Proxmox. */
async function ended() {
  vmid += 1;
  const id = `${vmid}`;
  const incarnation = `uuid-${randomUUID()}`;
  const guest = {
    kind: 'qemu',
    name: 'one',
    class: 'participant',
    pool: 'deelnemers',
    node: 'pve1',
  } as const;
  const at = { hypervisor: 'pve', vmid, incarnation };
  const row = { id, ...at, ...guest, status: 'running', changedAt: new Date() } as const;
  await database.orm.insert(vm).values(row);
  const owner = randomUUID();
  const owned = await database.transaction((tx) =>
    beginOwnership(tx, log, { vm: id, ...at, owner, how: 'created', actor: `person:${owner}` }),
  );
  await begin(id);
  const stopped = {
    at: new Date().toISOString(),
    by: 'huismeester',
    tier: 'lease',
    correlationid: 'c',
  } as const;
  await database.orm.update(vm).set({ status: 'stopped', stopped }).where(eq(vm.id, id));
  const proxmox = { onboot: true };
  const hypervisor = {
    guestConfig: async () => ({ onboot: proxmox.onboot, digest: 'd' }),
    setOnboot: async (_: object, onboot: boolean) => {
      proxmox.onboot = onboot;
    },
  };
  /** As the task does; the process ends at the nth moment. */
  const look = async (moments: ReturnType<typeof killAt>): Promise<void> => {
    const poller = {
      hypervisor: aroundEach(hypervisor, undefined, moments),
      view: () => ({ quorate: true }),
    };
    const options = {
      database: aroundEach(database, new Set(['transaction']), moments),
      log,
      clock: systemClock,
      logger: createLogger({ level: 'silent' }),
      leaseMs,
      hypervisors: new Map([['pve', { poller }]]),
    };
    const task = { kind: 'lease', key: id, payload: {}, attempt: 1 };
    await leaseHandler(options as never)(task, new AbortController().signal);
  };
  const said = async () => {
    const { events } = await log.read({ after: 0, limit: 10_000 });
    const own = events.filter(
      ({ subject, type }) => subject === `lease/${owned}` && type === 'lease.onboot-set',
    );
    return own.map(({ data }) => (data as { onboot: boolean }).onboot);
  };
  return { id, owned, proxmox, look, said };
}

async function begin(id: string): Promise<void> {
  await database.transaction(async (tx) => {
    const along = nothingAlong();
    await beginLease(tx, log, along, { id, how: 'started', now: new Date(), lengthMs: leaseMs });
    await log.append(tx, along.events, { expected: along.expected });
  });
}

async function started(id: string): Promise<void> {
  await database.orm.update(vm).set({ status: 'running' }).where(eq(vm.id, id));
  await begin(id);
}

const never = () => killAt(Number.POSITIVE_INFINITY);
/** Kills it at the nth moment; false once there are no more. */
async function killedAt(nth: number, { look }: Awaited<ReturnType<typeof ended>>): Promise<boolean> {
  try {
    await look(killAt(nth));
    return false;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return true;
  }
}

test.each(['again before the start', 'not until the start'])('looked at %s', async (when) => {
  const looksAgain = when === 'again before the start';
  let nth = 1;
  for (; ; nth += 1) {
    const one = await ended();
    const isKilled = await killedAt(nth, one);
    if (looksAgain || !isKilled) {
      await one.look(never());
      expect([nth, one.proxmox.onboot, await one.said()]).toEqual([nth, false, [false]]);
    }
    await started(one.id);
    await one.look(never());
    const [row] = await database.orm.select().from(lease).where(eq(lease.id, one.owned));
    expect([nth, one.proxmox.onboot, row?.onbootBefore]).toEqual([nth, true, null]);
    if (!isKilled) break;
  }
  // Around the look at its lease, at its configuration, the intent, the change, and its event.
  expect(nth).toBeGreaterThan(10);
});

test('one that a person had turned off before the intent is none of ours', async () => {
  const one = await ended();
  one.proxmox.onboot = false;
  await one.look(never());
  await started(one.id);
  await one.look(never());
  expect([one.proxmox.onboot, await one.said()]).toEqual([false, []]);
});
