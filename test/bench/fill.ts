import { type Database, statement, type Tx } from '@huismeester/database';

/** A million events are made in minutes, in which the server says nothing. */
const silentMs = 600_000;

/** Puts so many readings of 100 UPSes into an empty log, as if they had been said to the broker `days` ago. */
export async function fill(database: Database, events: number, days = 0): Promise<void> {
  if (events === 0) return;
  const work = async (tx: Tx): Promise<void> => {
    await statement(
      tx,
      `insert into bench_source.event_log
          (position, id, type, schema_version, subject, version, time, correlation_id, data)
        select i, gen_random_uuid(), 'ups.battery-reading', 1, 'ups/u' || i % 100, (i - 1) / 100 + 1, now() - $2 * interval '1 day', gen_random_uuid(),
          jsonb_build_object('ups', 'u' || i % 100, 'on_battery', false, 'low', false, 'charge_pct', i % 101)
        from generate_series(1, $1::int) i`,
      [events, days],
    );
    await statement(tx, 'update bench_source.log_head set position = $1', [events]);
    await statement(tx, 'insert into bench_source.publish_cursor (position) values ($1)', [events]);
  };
  await database.transaction(work, { silentMs });
  await database.orm.execute('vacuum analyze bench_source.event_log');
}
