import { randomUUID } from 'node:crypto';
import { newEvent } from '@huismeester/events';
import { createLogger, systemClock } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { acts, readAct } from '../src/asking/acts.ts';
import { recordDone } from '../src/asking/record.ts';
import { beginLease } from '../src/leasing/begin.ts';
import { nothingAlong } from '../src/leasing/rows.ts';
import { acceptVm, beginOwnership, offerVm } from '../src/owning/commands.ts';
import { endOwnership } from '../src/owning/end.ts';
import { lease, ownership, vm } from '../src/schema.ts';
import { openTables } from './own-tables.ts';

it('what is deleted ends with its lease and what was asked, all of it or nothing', async () => {
  const { database, log, close } = await openTables();
  try {
    const which = { vm: '301', hypervisor: 'pve', vmid: 301, incarnation: `uuid-${randomUUID()}` };
    const { vm: id, ...of } = which;
    const owner = randomUUID();
    const actor = `person:${owner}`;
    const guest = {
      kind: 'qemu',
      name: 'one',
      class: 'participant',
      pool: 'deelnemers',
      node: 'pve1',
    } as const;
    await database.orm.insert(vm).values({ id, ...of, ...guest, status: 'stopped', changedAt: new Date() });
    const owned = await database.transaction((tx) =>
      beginOwnership(tx, log, { ...which, owner, how: 'created', actor }),
    );
    await database.transaction(async (tx) => {
      const along = nothingAlong();
      await beginLease(tx, log, along, { id, how: 'adopted', now: new Date(), lengthMs: 3_600_000 });
      await log.append(tx, along.events, { expected: along.expected });
    });
    const act = randomUUID();
    const asked = {
      act,
      vm: id,
      what: 'delete',
      ...of,
      kind: 'qemu',
      node: 'pve1',
      ownership: owned,
      owner,
    } as const;
    await database.transaction((tx) =>
      acts.handle(tx, {
        log,
        id: act,
        actor,
        decide: () => [newEvent('act.requested', `act/${act}`, asked)],
      }),
    );
    const stored = await readAct(database.orm, act);
    if (stored === undefined) throw new Error('the act is not there');
    const logger = createLogger({ level: 'silent' });
    const parts = { database, logger, clock: systemClock, hypervisors: new Map(), makers: new Map() };
    const failing = new Proxy(log, {
      get: (target, name, self) =>
        name !== 'append'
          ? Reflect.get(target, name, self)
          : async (...given: Parameters<typeof log.append>) => {
              if (given[1].some(({ type }) => type === 'act.done')) throw new Error('the disk is full');
              return await log.append(...given);
            },
    });
    const context = { ...parts, leaseMs: 3_600_000 };
    await expect(recordDone({ ...context, log: failing } as never, stored, {})).rejects.toThrow(
      'disk is full',
    );
    const isOver = async () => {
      const [row] = await database.orm.select().from(ownership).where(eq(ownership.id, owned));
      const [its] = await database.orm.select().from(lease).where(eq(lease.id, owned));
      return [row?.ended, its?.over, (await readAct(database.orm, act))?.open];
    };
    expect(await isOver()).toEqual([false, false, true]);
    await recordDone({ ...context, log } as never, stored, {});
    expect(await isOver()).toEqual([true, true, false]);
    // Once more changes nothing.
    const { events: before } = await log.read({ after: 0, limit: 100 });
    await recordDone({ ...context, log } as never, stored, {});
    const { events } = await log.read({ after: 0, limit: 100 });
    expect(events).toEqual(before);
    expect(events.find(({ type }) => type === 'ownership.ended')).toMatchObject({
      actor,
      data: { because: 'deleted' },
    });
    expect(events.filter(({ type }) => type === 'lease.ended')).toHaveLength(1);
    // Back from its backup, and destroyed by hand: who deleted it before did not do that.
    const asker = { roles: ['administrator' as const] };
    const offering = { which, to: owner, asker, matches: () => true };
    await database.transaction((tx) => offerVm(tx, { log, actor: 'test' }, offering));
    const allowed = { vms: 9, cores: 9, memoryMib: 9_999, diskGib: 99 };
    const limits = { allowed, reserve: { memory: 85, storage: 90 } };
    const accepting = { which, person: owner, listed: { name: 'one', class: 'participant' } } as const;
    await database.transaction((tx) => acceptVm(tx, { log, actor, limits }, accepting));
    await database.transaction((tx) => endOwnership(tx, log, { vm: id, because: 'destroyed' }));
    const again = (await log.read({ after: 0, limit: 100 })).events;
    const ends = again.filter(({ type }) => type === 'ownership.ended').map(({ data }) => data);
    expect(ends).toMatchObject([{ because: 'deleted' }, { because: 'destroyed' }]);
  } finally {
    await close();
  }
});
