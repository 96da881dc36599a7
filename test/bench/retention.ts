import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@huismeester/clock';
import { type Database, migrateSchema, openDatabase, statement } from '@huismeester/database';
import {
  createConsumer,
  createPruner,
  type EventLog,
  localSource,
  newEvent,
  openEventLog,
} from '@huismeester/events';
import { startPostgres, waitFor } from '@huismeester/testkit';
import { fill } from './fill.ts';
import { inMs, inSeconds, quantile, type Row } from './row.ts';
import { sinkTables, sourceTables } from './schema.ts';

const events = 1_000_000;
const perSecond = 50;
const dayMs = 86_400_000;

/**
 * A log of a million events, all of them too old, is emptied while new ones are said at an even pace; then a consumer that
 * had read ten of them goes on.
 */
export async function retention(): Promise<Row> {
  const postgres = await startPostgres({ fsync: true });
  const database = await openDatabase({ url: await postgres.createDatabase() }, {});
  try {
    const log = await longLog(database);
    const alone = await sayFor(database, log, async () => sleep(5_000));
    const pruner = createPruner({
      database,
      tables: sourceTables,
      log,
      clock: systemClock,
      retentionMs: dayMs,
    });
    const began = performance.now();
    pruner.start();
    const meanwhile = await sayFor(database, log, async () => {
      await waitFor('all are removed', () => pruner.horizon() === events, { timeoutMs: 600_000 });
    });
    const tookMs = performance.now() - began;
    await pruner.close();
    const backMs = await goOn(database, log);
    const late = quantile(meanwhile, 0.99);
    return {
      what: `${events.toLocaleString('en')} events, all too old, removed from a log, while ${perSecond}/s are appended`,
      measured: `${inSeconds(tookMs)}; appended meanwhile: p99 ${inMs(late)}; a consumer that fell off goes on from the snapshot after ${inSeconds(backMs)}`,
      target: 'appended meanwhile: p99 ≤ 50 ms',
      met: late <= 50,
      reference: `appended with nothing else: p99 ${inMs(quantile(alone, 0.99))}`,
    };
  } finally {
    await database.close();
    await postgres.close();
  }
}

async function longLog(database: Database): Promise<EventLog> {
  const open = () =>
    openEventLog({ database, tables: sourceTables, service: 'ups-monitor', siteId: 'bench' });
  await migrateSchema(database, { schema: 'bench', folder: new URL('migrations', import.meta.url) });
  await open();
  await fill(database, events, 400);
  const log = await open();
  await database.transaction((tx) =>
    statement(
      tx,
      `insert into bench_sink.consume_cursor (reader, source, epoch, position) values ('ups-monitor', 'ups-monitor', $1, 10)`,
      [log.epoch],
    ),
  );
  return log;
}

/** Says facts at an even pace until the work is done; how long each took to be committed, ms. */
async function sayFor(database: Database, log: EventLog, work: () => Promise<void>): Promise<number[]> {
  const took: number[] = [];
  let done = false;
  const working = work().finally(() => {
    done = true;
  });
  const began = performance.now();
  for (let index = 0; !done; index += 1) {
    const due = began + (index * 1000) / perSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    const from = performance.now();
    const fact = newEvent('ups.replace-battery', 'ups/new', { ups: 'new' });
    await database.transaction((tx) => log.append(tx, [fact], { last: true }));
    took.push(performance.now() - from);
  }
  await working;
  return took;
}

async function goOn(database: Database, log: EventLog): Promise<number> {
  const consumer = createConsumer({
    database,
    tables: sinkTables,
    handlers: {},
    snapshot: async () => {},
    source: localSource(log, async () => ({ epoch: log.epoch, position: log.head(), entities: [] })),
  });
  const began = performance.now();
  consumer.start();
  await consumer.caughtUp();
  const tookMs = performance.now() - began;
  if (consumer.status().position !== log.head()) throw new Error('the consumer did not go on');
  await consumer.close();
  return tookMs;
}
