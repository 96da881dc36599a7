import { systemClock } from '@huismeester/clock';
import { rows } from '@huismeester/database';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createConsumer,
  createPruner,
  type EventLog,
  localSource,
  type NewEvent,
  newEvent,
} from '../src/index.ts';
import { eventLog, publishCursor, tables } from './schema.ts';
import { keepingLogger, onBothStores, reading } from './stores.ts';

const hourMs = 3_600_000;
const now = new Date('2026-11-22T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * hourMs);
const at = (hours: number, event: NewEvent): NewEvent => ({ ...event, time: hoursAgo(hours) });
const armed = newEvent('rule.mode-changed', 'rule/space-3', {
  rule: 'power',
  clause: 'SPACE-3',
  mode: 'enforce',
});

onBothStores('the pruner', (store) => {
  let log: EventLog;
  const opened: { close(): Promise<void> }[] = [];

  beforeEach(async () => {
    log = await store.openLog();
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  const append = (...events: NewEvent[]) => store.database.transaction((tx) => log.append(tx, events));
  const published = (position: number) =>
    store.database.orm.execute(sql`insert into ${publishCursor} (position) values (${position})`);
  const left = async () =>
    rows<{ position: number | string }>(
      await store.database.orm.execute(sql`select position from ${eventLog} order by position`),
    ).map(({ position }) => Number(position));
  const prune = (retentionHours = 2, more: { batchSize?: number; everyMs?: number } = {}) => {
    const logger = keepingLogger();
    const pruner = createPruner({
      database: store.database,
      tables,
      log,
      clock: { ...systemClock, now: () => now },
      logger,
      retentionMs: retentionHours * hourMs,
      everyMs: 3_600_000,
      ...more,
    });
    opened.push(pruner);
    pruner.start();
    return { pruner, logger };
  };
  const reaches = ({ pruner }: ReturnType<typeof prune>, horizon: number) =>
    waitFor(`the horizon is ${horizon}`, () => pruner.horizon() === horizon);
  /** Looks once more, to the end, and finds nothing that can go. */
  const finds = async (horizon: number) => {
    const pruning = prune();
    await reaches(pruning, horizon);
    await pruning.pruner.close();
    expect(pruning.pruner.horizon()).toBe(horizon);
  };

  test('removes what is too old, batch by batch, but for what others count on', async () => {
    const old = Array.from({ length: 9 }, (_, index) => at(5, reading('a', index)));
    await append(...old, at(4, armed), at(4, { ...armed }), at(3, reading('gone')), at(1, reading('a')));
    await append(at(0, reading('a')));
    await published(14);
    const pruning = prune(2, { batchSize: 5 });
    await reaches(pruning, 12);
    // Both of what is kept for good, and the last that was said of a UPS which is there no more.
    expect(await left()).toEqual([10, 11, 12, 13, 14]);
    await waitFor('it is told', () =>
      pruning.logger.messages.includes('old events were removed from the log'),
    );
    const [next, again] = await append(reading('a'), reading('gone'));
    expect([next?.version, again?.version]).toEqual([12, 2]);
  });

  test('who goes on from before is told, who begins gets what there is', async () => {
    await append(at(5, reading('a')), at(5, armed), at(4, reading('a')), reading('a'));
    await published(4);
    await reaches(prune(), 3);
    const { epoch } = log;
    const from = async (query: object) =>
      (await log.read({ after: 0, limit: 10, ...query })).events.map(({ position }) => position);
    await expect(from({ epoch })).rejects.toMatchObject({
      code: 'position-gone',
      message: 'the log of ups-monitor is kept from 4 on; what follows 0 is gone',
    });
    await expect(from({ epoch, after: 2 })).rejects.toMatchObject({ code: 'position-gone' });
    expect(await from({ epoch, after: 3 })).toEqual([4]);
    expect(await from({})).toEqual([4]);
    expect(await from({ epoch, type: 'rule.mode-changed' })).toEqual([2]);
  });

  test('what is not yet published stays, and so does the newest event', async () => {
    await append(...Array.from({ length: 6 }, () => at(5, reading('a'))));
    await published(4);
    await reaches(prune(), 4);
    expect(await left()).toEqual([5, 6]);
    await store.database.orm.execute(sql`update ${publishCursor} set position = 6`);
    await reaches(prune(), 5);
    expect(await left()).toEqual([6]);
  });

  test('takes no more than a day of the log at a time, in case the clock is years ahead', async () => {
    await append(...[200, 190, 177, 175, 160, 0].map((hours) => at(hours, reading('a'))));
    await published(6);
    await reaches(prune(2), 3);
    expect(await left()).toEqual([4, 5, 6]);
    await reaches(prune(2, { everyMs: 20 }), 5);
  });

  test.each([100, 2])(
    'what a clock was ahead for keeps nothing behind it, in batches of %i',
    async (batchSize) => {
      const ahead = () => at(-90_000, reading('a'));
      const old = at(5, reading('a'));
      await append(
        old,
        ahead(),
        ahead(),
        ahead(),
        ahead(),
        ahead(),
        old,
        ahead(),
        at(1, reading('a')),
        ahead(),
      );
      await append(at(0, reading('a')));
      await published(11);
      await reaches(prune(2, { batchSize }), 7);
      await finds(7);
      // Number 8 is no older, as far as anybody knows, than the one behind it.
      expect(await left()).toEqual([8, 9, 10, 11]);
    },
  );

  test('what a clock is ahead for since the last event stays', async () => {
    await append(at(5, reading('a')), at(-1, reading('a')), at(-1, reading('a')), at(-2, reading('a')));
    await published(4);
    await reaches(prune(2, { batchSize: 2 }), 1);
    await finds(1);
    expect(await left()).toEqual([2, 3, 4]);
  });

  test('a consumer that fell off takes the snapshot, and goes on behind it', async () => {
    await append(...Array.from({ length: 50 }, (_, index) => at(5, reading('a', index))));
    const seen: number[] = [];
    const snapshots: number[] = [];
    const consume = () => {
      const consumer = createConsumer({
        database: store.database,
        tables,
        lookEveryMs: 20,
        batchSize: 10,
        source: localSource(log, async () => ({ epoch: log.epoch, position: log.head(), entities: [] })),
        handlers: { 'ups.battery-reading': (_, { position }) => void seen.push(position) },
        snapshot: async (_, { position }) => void snapshots.push(position),
      });
      opened.push(consumer);
      consumer.start();
      return consumer;
    };
    const first = consume();
    await first.caughtUp();
    await first.close();
    await append(...Array.from({ length: 50 }, () => at(4, reading('a'))), reading('a'));
    await published(101);
    await reaches(prune(), 100);
    const second = consume();
    await second.caughtUp();
    await append(reading('a'), reading('b'));
    await second.caughtUp();
    expect(snapshots).toEqual([50, 101]);
    expect(seen).toEqual([102, 103]);
    expect(second.status()).toMatchObject({ position: 103, lag: 0 });
  });
});
