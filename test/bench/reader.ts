import { type Database, migrateSchema, openDatabase, statement } from '@huismeester/database';
import { createConsumer, type LogSource } from '@huismeester/events';
import { startPostgres } from '@huismeester/testkit';
import { sql, sum } from 'drizzle-orm';
import { startAway } from './away.ts';
import { inSeconds, medianOf, perSecond, type Row } from './row.ts';
import { effect, sinkTables } from './schema.ts';

const events = 100_000;
const pageSize = 1000;

const effectOf =
  'insert into bench_sink.effect (id, count) values ($1, 1) on conflict (id) do update set count = effect.count + 1';

/** A log that another process keeps on PostgreSQL, read over HTTP; then the same with an effect for each event. */
export async function reader(rounds: number): Promise<Row[]> {
  const postgres = await startPostgres({ fsync: true });
  const [kept, own] = [await postgres.createDatabase(), await postgres.createDatabase()];
  const away = await startAway({ database: kept, events });
  const [direct, database] = [await openDatabase({ url: kept }, {}), await openDatabase({ url: own }, {})];
  try {
    await migrateSchema(database, { schema: 'bench', folder: new URL('migrations', import.meta.url) });
    const read = await medianOf(rounds, () => timed(() => readAll(away.source())));
    const plain = await medianOf(rounds, () => timed(() => readPlainly(direct)));
    const caughtUp = await medianOf(rounds, () => timed(() => catchUp(database, away.source())));
    const effects = await medianOf(rounds, () => timed(() => effectsAlone(database)));
    const rate = (events / read) * 1000;
    const many = events.toLocaleString('en');
    return [
      {
        what: `log reader: ${many} events over HTTP from another process, checked, median of ${rounds}`,
        measured: perSecond(rate),
        target: '≥ 20,000/s',
        met: rate >= 20_000,
        reference: `the same rows straight from PostgreSQL by our driver, unchecked: ${perSecond((events / plain) * 1000)}`,
      },
      {
        what: `catching up ${many} events with an effect each, over HTTP from another process, median of ${rounds}`,
        measured: inSeconds(caughtUp),
        target: '≤ 15 s',
        met: caughtUp <= 15_000,
        reference: `the effects alone, ${pageSize} a commit: ${inSeconds(effects)}`,
      },
    ];
  } finally {
    await Promise.all([direct.close(), database.close()]);
    await away.close();
    await postgres.close();
  }
}

async function timed(run: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

async function readAll(source: LogSource): Promise<void> {
  for (let after = 0; after < events; ) {
    const { events: page } = await source.read({ after, limit: pageSize });
    if (page[0]?.position !== after + 1) throw new Error(`the page after ${after} begins elsewhere`);
    after += page.length;
  }
}

async function readPlainly({ orm }: Database): Promise<void> {
  for (let after = 0; after < events; after += pageSize) {
    await orm.execute(
      sql`select * from bench_source.event_log where position > ${after} order by position limit ${pageSize}`,
    );
  }
}

async function catchUp(database: Database, source: LogSource): Promise<void> {
  await database.orm.execute(sql`truncate bench_sink.effect, bench_sink.consume_cursor`);
  const consumer = createConsumer({
    database,
    tables: sinkTables,
    source,
    handlers: {
      'ups.battery-reading': async (tx, { id }) => {
        await statement(tx, effectOf, [id]);
      },
    },
    snapshot: async () => {},
  });
  consumer.start();
  await consumer.caughtUp();
  await consumer.close();
  const [found] = await database.orm.select({ total: sum(effect.count) }).from(effect);
  if (Number(found?.total) !== events) throw new Error(`${events} events had ${found?.total} effects`);
}

async function effectsAlone(database: Database): Promise<void> {
  await database.orm.execute(sql`truncate bench_sink.effect`);
  for (let from = 0; from < events; from += pageSize) {
    await database.transaction(async (tx) => {
      const ids = Array.from({ length: pageSize }, (_, index) => `e${from + index}`);
      await Promise.all(ids.map((id) => statement(tx, effectOf, [id])));
    });
  }
}
