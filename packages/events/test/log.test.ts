import type { StoredEvent } from '@huismeester/contracts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { type NewEvent, newEvent } from '../src/index.ts';
import { logHead } from './schema.ts';
import { onBothStores, reading } from './stores.ts';

onBothStores('the log', (store) => {
  const append = async (...events: NewEvent[]) => {
    const log = await store.openLog();
    return store.database.transaction((tx) => log.append(tx, events));
  };

  test('what is appended is read back as it is, in order', async () => {
    const log = await store.openLog();
    const time = new Date('2026-11-22T13:41:45.306Z');
    const data = { ups: 'rack', since: '2026-11-22T13:41:15.300Z', charge_pct: 98.5 };
    const first = newEvent('ups.on-battery', 'ups/rack', data, { actor: 'upsd', time });
    const stored = await store.database.transaction(async (tx) => {
      const [cause] = await log.append(tx, [first]);
      const second = newEvent('ups.battery-low', 'ups/rack', { ups: 'rack' }, cause ? { cause } : {});
      return [cause, ...(await log.append(tx, [second, reading('attic')]))];
    });
    expect(stored.map((event) => [event?.position, event?.subject, event?.version])).toEqual([
      [1, 'ups/rack', 1],
      [2, 'ups/rack', 2],
      [3, 'ups/attic', 1],
    ]);
    expect(stored[0]).toMatchObject({
      specversion: '1.0',
      source: '/test/ups-monitor',
      type: 'ups.on-battery',
      time: '2026-11-22T13:41:45.306Z',
      dataschema: '/schemas/ups.on-battery/1',
      epoch: log.epoch,
      correlationid: stored[0]?.id,
      actor: 'upsd',
      data,
    });
    expect(stored[0]).not.toHaveProperty('causationid');
    expect(stored[1]).toMatchObject({ causationid: stored[0]?.id, correlationid: stored[0]?.id });
    const page = await log.read({ after: 0, limit: 10, epoch: log.epoch });
    expect(page).toEqual({ epoch: log.epoch, head: 3, events: stored });
  });

  test('a page is as long as asked, and can be narrowed', async () => {
    const events = await append(reading('a'), reading('b'), reading('a'), reading('b'));
    await append(newEvent('ups.battery-low', 'ups/a', { ups: 'a' }));
    const log = await store.openLog();
    const positions = async (query: object) =>
      (await log.read({ after: 0, limit: 10, ...query })).events.map(({ position }) => position);
    expect(await positions({ after: 1, limit: 2 })).toEqual([2, 3]);
    expect(await positions({ subject: 'ups/b' })).toEqual([2, 4]);
    expect(await positions({ type: 'ups.battery-low' })).toEqual([5]);
    expect(await positions({ correlation: events[2]?.correlationid })).toEqual([3]);
    expect(await positions({ after: 5 })).toEqual([]);
  });

  test('20 that append at once leave no gap, in positions or in versions', async () => {
    const log = await store.openLog();
    await Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        for (let n = 0; n < 10; n += 1) {
          await store.database.transaction((tx) =>
            log.append(tx, [reading('shared', n), reading(`own-${writer}`, n), reading('shared', n)]),
          );
        }
      }),
    );
    const { head, events } = await log.read({ after: 0, limit: 1000 });
    expect(head).toBe(600);
    expect(log.head()).toBe(600);
    expect(events.map(({ position }) => position)).toEqual(Array.from({ length: 600 }, (_, n) => n + 1));
    for (const subject of ['ups/shared', 'ups/own-7']) {
      const versions = events.filter((event) => event.subject === subject).map(({ version }) => version);
      expect(versions).toEqual(versions.map((_, n) => n + 1));
    }
  });

  test('the last append of a transaction may commit it; what was refused before that rolls it back', async () => {
    const log = await store.openLog();
    const heads: number[] = [];
    log.onAppended((head) => heads.push(head));
    const [stored] = await store.database.transaction((tx) => log.append(tx, [reading('a')], { last: true }));
    expect(stored).toMatchObject({ position: 1, version: 1 });
    const failing = store.database.transaction(async (tx) => {
      await tx.execute(sql`select 1 / 0`).catch(() => undefined);
      await log.append(tx, [reading('a')], { last: true });
    });
    await expect(failing).rejects.toMatchObject({ code: 'query-failed' });
    expect(heads).toEqual([1]);
    expect(await log.read({ after: 0, limit: 10 })).toMatchObject({ head: 1, events: [{ position: 1 }] });
  });

  test('a rollback leaves no gap, and nobody hears of it', async () => {
    const log = await store.openLog();
    const heads: number[] = [];
    const stop = log.onAppended((head) => heads.push(head));
    const failing = store.database.transaction(async (tx) => {
      await log.append(tx, [reading('lost')]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(log.head()).toBe(0);
    await store.database.transaction((tx) => log.append(tx, [reading('kept')]));
    expect(heads).toEqual([1]);
    stop();
    await store.database.transaction((tx) => log.append(tx, [reading('kept')]));
    expect(heads).toEqual([1]);
    const { events } = await log.read({ after: 0, limit: 10 });
    expect(events.map(({ position, version }) => [position, version])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test('one event that does not fit its schema stops all of them before anything is written', async () => {
    const log = await store.openLog();
    const wrong = newEvent('ups.battery-reading', 'ups/rack', {
      ups: 'rack',
      on_battery: true,
      low: false,
      charge_pct: -1,
    });
    await store.database.transaction(async (tx) => {
      await expect(log.append(tx, [reading('rack'), wrong])).rejects.toMatchObject({
        code: 'event-refused',
        message: expect.stringContaining('charge_pct'),
      });
      const unknown = { ...reading('rack'), type: 'ups.exploded' } as unknown;
      await expect(log.append(tx, [unknown as NewEvent])).rejects.toMatchObject({ code: 'event-refused' });
      // The transaction can go on: nothing was asked of the database.
      await log.append(tx, [reading('rack')]);
    });
    expect(log.head()).toBe(1);
  });

  test('the epoch stays, and is made anew for a copy of the database', async () => {
    const { epoch } = await store.openLog();
    await append(reading('rack'));
    await store.reopen();
    const again = await store.openLog();
    expect(again.epoch).toBe(epoch);
    expect(again.head()).toBe(1);
    // What a restored dump looks like: all rows as they were, in another table.
    await store.database.orm.execute(sql`create table "events-test".copy (like ${logHead} including all)`);
    await store.database.orm.execute(sql`insert into "events-test".copy select * from ${logHead}`);
    await store.database.orm.execute(sql`drop table ${logHead}`);
    await store.database.orm.execute(sql`alter table "events-test".copy rename to log_head`);
    const copy = await store.openLog();
    expect(copy.epoch).not.toBe(epoch);
    expect(copy.head()).toBe(1);
    expect((await store.openLog()).epoch).toBe(copy.epoch);
  });

  test('a reader of another epoch, or beyond the head, is told so', async () => {
    await append(reading('rack'));
    const log = await store.openLog();
    const epoch = '00000000-0000-4000-8000-000000000000';
    await expect(log.read({ after: 0, limit: 1, epoch })).rejects.toMatchObject({ code: 'wrong-epoch' });
    await expect(log.read({ after: 2, limit: 1 })).rejects.toMatchObject({ code: 'position-gone' });
    await expect(log.read({ after: 1, limit: 1, epoch: log.epoch })).resolves.toMatchObject({ events: [] });
  });

  test('a snapshot takes the head of its own moment', async () => {
    const log = await store.openLog();
    await append(reading('rack'));
    let stored: StoredEvent[] = [];
    const head = await store.database.transaction((tx) => log.headIn(tx), {
      isolation: 'repeatable read',
      readOnly: true,
    });
    stored = await append(reading('rack'));
    expect(head).toBe(1);
    expect(stored[0]?.position).toBe(2);
  });
});
