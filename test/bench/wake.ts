import { type BrokerConnection, connectBroker } from '@huismeester/broker';
import { afterCommit, type Database, migrateSchema, openDatabase, statement } from '@huismeester/database';
import { type Consumer, createConsumer } from '@huismeester/events';
import { createLogger } from '@huismeester/service';
import { startPostgres, waitFor } from '@huismeester/testkit';
import { credentials, loginOf, startOurMosquitto } from '../spaces/e2e/our-brokers.ts';
import { type Away, startAway } from './away.ts';
import { throughNodeRed } from './node-red.ts';
import { inMs, median, quantile, type Row } from './row.ts';
import { sinkTables } from './schema.ts';

const facts = 5_000;
const perSecond = 500;
/** So many facts at the beginning, in which both programs run code for the first time, are not counted. */
const warmingUp = 500;
const quiet = createLogger({ level: 'silent' });

const effectOf =
  'insert into bench_sink.effect (id, count) values ($1, 1) on conflict (id) do update set count = effect.count + 1';

/**
 * How long after a fact was committed in one process its effect is committed in another, which wakes on the status of
 * the first; on PostgreSQL with fsync and one Mosquitto. Beside it a Node-RED on a Mosquitto, which keeps nothing.
 */
export async function wake(rounds: number): Promise<Row> {
  const all: number[][] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await delays());
  const middle = median(all.map(median));
  const late = median(all.map((each) => quantile(each, 0.99)));
  const worst = Math.max(...all.flat());
  return {
    what: `commit → effect committed in another process, woken over Mosquitto, ${perSecond} facts/s, each its own commit, median of ${rounds}`,
    measured: `median ${inMs(middle)}, p99 ${inMs(late)}; worst of all ${inMs(worst)}`,
    target: 'p99 ≤ 25 ms',
    met: late <= 25,
    reference: await throughNodeRed({ messages: facts, perSecond, warmingUp }),
  };
}

async function delays(): Promise<number[]> {
  const postgres = await startPostgres({ fsync: true });
  const mosquitto = await startOurMosquitto();
  const { url } = mosquitto;
  const own = await openDatabase({ url: await postgres.createDatabase() }, {});
  const away = await startAway({
    database: await postgres.createDatabase(),
    broker: { url, credentials, root: 'space' },
  });
  const connection = connectBroker({
    url,
    ...loginOf('policy'),
    root: 'space',
    service: 'policy',
    version: 'bench',
    logger: quiet,
  });
  try {
    return await measure(own, away, connection);
  } finally {
    await connection.close();
    await away.close();
    await own.close();
    await mosquitto.close();
    await postgres.close();
  }
}

async function measure(own: Database, away: Away, connection: BrokerConnection): Promise<number[]> {
  await migrateSchema(own, { schema: 'bench', folder: new URL('migrations', import.meta.url) });
  const took: number[] = [];
  const consumer = consumerOf(own, away, connection, took);
  consumer.start();
  await consumer.caughtUp();
  await waitFor('the consumer listens', () => connection.online);
  const committed = await away.say(facts, perSecond);
  await waitFor('all has its effect', () => took.filter((at) => at > 0).length === facts, {
    timeoutMs: 60_000,
  });
  await consumer.close();
  return committed.map((at, index) => (took[index] ?? Number.NaN) - at).slice(warmingUp);
}

/** A consumer that notes at `took`, by position, when the effect of each event was committed, ms since 1970. */
function consumerOf(own: Database, away: Away, connection: BrokerConnection, took: number[]): Consumer {
  const onWake = (listener: () => void) => connection.onStatus('ups-monitor', listener);
  return createConsumer({
    database: own,
    tables: sinkTables,
    source: away.source(onWake),
    handlers: {
      'ups.replace-battery': async (tx, { id, position }) => {
        await statement(tx, effectOf, [id]);
        afterCommit(tx, () => {
          took[position - 1] = performance.timeOrigin + performance.now();
        });
      },
    },
    snapshot: async () => {},
  });
}
