import { randomUUID } from 'node:crypto';
import type { Database } from '@huismeester/database';
import { type EventLog, isRefusal, newEvent } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acts, type StoredAct } from '../src/asking/acts.ts';
import { requestAct } from '../src/asking/request.ts';
import { useOf } from '../src/core/quota.ts';
import { beginOwnership } from '../src/owning/commands.ts';
import { readAccount } from '../src/quota/account.ts';
import type { Limits } from '../src/quota/limits.ts';
import type { Measured } from '../src/quota/room.ts';
import { act, creation, vm } from '../src/schema.ts';
import { openTables } from './own-tables.ts';

/* Whoever asks at once, in whatever order: neither a quota nor a node's reserve is exceeded. */

const limits: Limits = {
  allowed: { vms: 4, cores: 4, memoryMib: 6144, diskGib: 80 },
  reserve: { memory: 85, storage: 90 },
};
/** 85 % of it is 8.5 GiB more than is used now. */
const measured: Measured = {
  readings: {
    at: new Date(0),
    nodes: [{ name: 'pve1', online: true, memory: { used: 0, total: 10 * 1024 ** 3 } }],
    storages: new Map(),
  },
};
const people = Array.from({ length: 3 }, () => randomUUID());
const vms = people.flatMap((owner, index) =>
  [1, 2, 3, 4].map((nth) => ({ id: `${index + 1}0${nth}`, owner, cores: nth, memoryMib: 1024 * nth })),
);

let place: Awaited<ReturnType<typeof openTables>>;
let database: Database;
let log: EventLog;

beforeAll(async () => {
  place = await openTables();
  ({ database, log } = place);
  for (const { id, owner, cores, memoryMib } of vms) {
    const which = { vm: id, hypervisor: 'pve', vmid: Number(id), incarnation: `uuid-${randomUUID()}` };
    await database.orm.insert(vm).values({
      id,
      hypervisor: 'pve',
      vmid: which.vmid,
      kind: 'qemu',
      name: `vm${id}`,
      class: 'participant',
      pool: 'deelnemers',
      node: 'pve1',
      status: 'stopped',
      changedAt: new Date(),
      incarnation: which.incarnation,
      cores,
      memoryMib,
      diskGib: 10,
    });
    await database.transaction((tx) =>
      beginOwnership(tx, log, { ...which, owner, how: 'created', actor: `person:${owner}` }),
    );
  }
});
afterAll(async () => {
  await place.close();
});

const ask = (id: string, what: 'start' | 'shutdown', owner: string, seen = measured) =>
  database.transaction((tx) =>
    requestAct(
      tx,
      { log, limits, measured: seen, canChange: () => true, tasks: () => ({ enqueue: async () => {} }) },
      { vm: id, what, who: { roles: ['participant'], name: `person:${owner}`, person: owner } },
    ),
  );

/** What the durable task and the poller do: the guest is reported first, then the act is done. */
async function finish({ id, vm: of, state: { what } }: StoredAct): Promise<void> {
  const status = what === 'start' ? 'running' : 'stopped';
  await database.orm.update(vm).set({ status }).where(eq(vm.id, of));
  const done = newEvent('act.done', `act/${id}`, { act: id, vm: of, what });
  await database.transaction((tx) =>
    acts.handle(tx, { log, id, actor: 'service:vm-lifecycle', decide: () => [done] }),
  );
}

it('starts of everybody, all at once, never go into the reserve of a node', async () => {
  const answers = await Promise.all(vms.map(({ id, owner }) => ask(id, 'start', owner)));
  const started = vms.filter((_, index) => !isRefusal(answers[index]));
  const sum = started.reduce((before, { memoryMib }) => before + memoryMib, 0);
  expect(sum).toBeLessThanOrEqual(8_704);
  // Their quotas alone would allow 4 GiB to each of the three.
  const fields = answers
    .flatMap((each) => (isRefusal(each) ? (each.errors ?? []) : []))
    .map(({ field }) => field);
  expect(fields).toContain('memory of node pve1');
  for (const each of answers) if (!isRefusal(each)) await finish(each);
});

it('random starts and stops, all at once, never exceed a quota', async () => {
  let seed = 20_261_201;
  const dice = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  let accepted = 0;
  let refused = 0;
  for (let round = 0; round < 12; round += 1) {
    // Drawn before anything is asked, so that the seed alone says what is.
    const asked = Array.from({ length: 8 }, () => ({
      of: vms[Math.floor(dice() * vms.length)],
      what: dice() < 0.7 ? ('start' as const) : ('shutdown' as const),
      ends: dice() < 0.8,
    }));
    const over = new Set(vms.filter(() => dice() < 0.5).map(({ id }) => id));
    const made = await Promise.all(
      asked.map(async ({ of: { id, owner } = expect.unreachable(), what, ends }) => {
        const answer = await ask(id, what, owner);
        if (isRefusal(answer)) refused += 1;
        else if (ends) await finish(answer);
        return answer;
      }),
    );
    accepted += made.filter((each) => !isRefusal(each)).length;
    for (const person of people) {
      const used = useOf((await readAccount(database.orm, limits, person)).vms);
      expect(used.cores).toBeLessThanOrEqual(limits.allowed.cores);
      expect(used.memoryMib).toBeLessThanOrEqual(limits.allowed.memoryMib);
    }
    // What is left open goes on in a later round.
    for (const row of await database.orm.select().from(act))
      if (row.open && over.has(row.vm)) await finish(row);
  }
  // Both happened, so that it was a test.
  expect(accepted).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(10);
});

it('what failed to be made uses nothing of the reserve until it is tried once more; what is being made does', async () => {
  const owner = randomUUID();
  const id = '901';
  const which = { vm: id, hypervisor: 'pve', vmid: 901, incarnation: `uuid-${randomUUID()}` };
  const amounts = { cores: 1, memoryMib: 4096, diskGib: 10 };
  const place = { hypervisor: 'pve', vmid: 901, incarnation: which.incarnation, node: 'pve9' };
  const listed = { kind: 'qemu', class: 'participant', pool: 'deelnemers', status: 'stopped' } as const;
  const row = { id, name: 'one', changedAt: new Date(), ...listed, ...place, ...amounts };
  await database.orm.insert(vm).values(row);
  const actor = `person:${owner}`;
  await database.transaction((tx) => beginOwnership(tx, log, { ...which, owner, how: 'created', actor }));
  const other = { name: 'other', template: 'debian', kind: 'qemu', user: 'debian' } as const;
  const state = { ...other, ...amounts, memoryMib: 8192, node: 'pve9', steps: [], failures: 0 };
  const making = { id: randomUUID(), version: 1, owner: randomUUID(), hypervisor: 'pve', vmid: 902 };
  const nodes = [{ name: 'pve9', online: true, memory: { used: 0, total: 10 * 1024 ** 3 } }];
  const seen = { readings: { ...measured.readings, nodes } };
  await database.orm.insert(creation).values({ ...making, open: true, state: { ...state, step: 'cloning' } });
  expect(await ask(id, 'start', owner, seen)).toMatchObject({
    errors: [{ field: 'memory of node pve9', found: 'used 8192, asked 4096' }],
  });
  await database.orm
    .update(creation)
    .set({ state: { ...state, step: 'failed' } })
    .where(eq(creation.id, making.id));
  expect(await ask(id, 'start', owner, seen)).toMatchObject({ open: true });
});
