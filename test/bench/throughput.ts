import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import {
  allEnded,
  createCommitBatch,
  type Database,
  migrateSchema,
  openDatabase,
  statement,
} from '@huismeester/database';
import {
  createConsumer,
  type EventLog,
  localSource,
  type NewEvent,
  newEvent,
  openEventLog,
} from '@huismeester/events';
import { type Postgres, startPostgres, tempDir } from '@huismeester/testkit';
import { count, sql, sum } from 'drizzle-orm';
import { medianOf, perSecond, type Row } from './row.ts';
import { effect, sinkTables, sourceTables } from './schema.ts';

const run = promisify(execFile);

const effectOf =
  'insert into bench_sink.effect (id, count) values ($1, 1) on conflict (id) do update set count = effect.count + 1';

/** How a run makes its facts and how many there are. */
interface Shape {
  readonly facts: number;
  /** Facts in one transaction of the producer. */
  readonly perCommit: number;
  /** Transactions that the producer has under way at once. */
  readonly producers: number;
  /** Whether transactions that are asked for at once share a commit, as ups-monitor's do. */
  readonly shared: boolean;
  readonly batchSize: number;
}

/** Facts through log, consumer and effect on PostgreSQL with fsync, beside pgbench's single inserts on the same server. */
export async function throughput(rounds: number): Promise<Row[]> {
  const postgres = await startPostgres({ fsync: true });
  try {
    const single = await medianOf(rounds, () => pgbench(postgres));
    const batches = await medianOf(rounds, () =>
      through(postgres, { facts: 50_000, perCommit: 500, producers: 1, shared: false, batchSize: 1000 }),
    );
    const one = await medianOf(rounds, () =>
      through(postgres, { facts: 10_000, perCommit: 1, producers: 8, shared: true, batchSize: 1000 }),
    );
    const own = await medianOf(rounds, () =>
      through(postgres, { facts: 5_000, perCommit: 1, producers: 8, shared: false, batchSize: 1000 }),
    );
    const reference = `pgbench, single inserts, 1 client: ${perSecond(single)}`;
    return [
      {
        what: `facts through log, consumer and effect, 500 a commit, median of ${rounds}`,
        measured: `${perSecond(batches)} (${(batches / single).toFixed(1)} × pgbench)`,
        target: '≥ 10,000/s',
        met: batches >= 10_000,
        reference,
      },
      {
        what: `the same, one by one: each said and durable by itself, 8 at once, which share commits as ups-monitor's do, median of ${rounds}`,
        measured: `${perSecond(one)} (${(one / single).toFixed(1)} × pgbench); without sharing ${perSecond(own)} (${(own / single).toFixed(1)} ×)`,
        target: '≥ 2,000/s',
        met: one >= 2000,
        reference,
      },
    ];
  } finally {
    await postgres.close();
  }
}

/** Facts a second, from the first append until the last effect is committed. Throws when one was applied twice or not at all. */
async function through(postgres: Postgres, shape: Shape): Promise<number> {
  const url = await postgres.createDatabase();
  const [producing, consuming] = [await openDatabase({ url }, {}), await openDatabase({ url }, {})];
  try {
    await migrateSchema(producing, { schema: 'bench', folder: new URL('migrations', import.meta.url) });
    const log = await openEventLog({
      database: producing,
      tables: sourceTables,
      service: 'ups-monitor',
      siteId: 'bench',
    });
    const consumer = consumerOf(consuming, log, shape.batchSize);
    consumer.start();
    await consumer.caughtUp();
    const began = performance.now();
    await produce(producing, log, shape);
    await consumer.caughtUp();
    const tookMs = performance.now() - began;
    await consumer.close();
    await checkEffects(consuming, shape.facts);
    return (shape.facts / tookMs) * 1000;
  } finally {
    await Promise.all([producing.close(), consuming.close()]);
  }
}

function consumerOf(database: Database, log: EventLog, batchSize: number) {
  return createConsumer({
    database,
    tables: sinkTables,
    source: localSource(log, async () => ({ epoch: log.epoch, position: 0, entities: [] })),
    handlers: {
      'ups.replace-battery': async (tx, { data }) => {
        await statement(tx, effectOf, [data.ups]);
      },
    },
    snapshot: async () => {},
    batchSize,
  });
}

async function produce(
  database: Database,
  log: EventLog,
  { facts, perCommit, producers, shared }: Shape,
): Promise<void> {
  let next = 0;
  const group = createCommitBatch<NewEvent[], unknown>({
    database,
    writeAll: (tx, all) => allEnded(all.map((events) => log.append(tx, events))),
  });
  const producer = async (): Promise<void> => {
    while (next < facts) {
      const first = next;
      next += perCommit;
      const events = Array.from({ length: Math.min(perCommit, facts - first) }, (_, index) =>
        newEvent('ups.replace-battery', `ups/u${first + index}`, { ups: `u${first + index}` }),
      );
      if (shared) await group.write(events);
      else await database.transaction((tx) => log.append(tx, events, { last: true }));
    }
  };
  await Promise.all(Array.from({ length: producers }, producer));
}

async function checkEffects(database: Database, facts: number): Promise<void> {
  const [found] = await database.orm.select({ rows: count(), total: sum(effect.count) }).from(effect);
  if (found?.rows !== facts || Number(found.total) !== facts) {
    throw new Error(`${facts} facts had ${found?.total} effects on ${found?.rows} rows`);
  }
}

/** pgbench's rate of single-row inserts, each its own transaction, over 5 s. */
async function pgbench(postgres: Postgres): Promise<number> {
  const url = await postgres.createDatabase();
  const dir = await tempDir('pgbench');
  const script = `${dir.path}/insert.sql`;
  await writeFile(script, 'insert into plain (data) values (\'{"ups":"rack"}\');\n');
  try {
    const database = await openDatabase({ url }, {});
    await database.orm.execute(sql`create table plain (id bigserial primary key, data jsonb not null)`);
    await database.close();
    const { stdout } = await run('/usr/lib/postgresql/15/bin/pgbench', ['-n', '-T', '5', '-f', script, url]);
    const match = /tps = ([\d.]+)/.exec(stdout);
    if (!match) throw new Error(`pgbench said no rate:\n${stdout}`);
    return Number(match[1]);
  } finally {
    await dir.remove();
  }
}
