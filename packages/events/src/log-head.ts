import type { Logger } from '@huismeester/clock';
import { rows, type Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { type EventTables, qualifiedName } from './tables.ts';

export interface LogHead {
  readonly epoch: string;
  readonly position: number;
}

/**
 * The head row; made, with a new epoch, when there is none. A copy of the database gets a new epoch too: readers of the
 * original may have seen events that the copy never had, under positions that it will give to others.
 */
export async function ensureHead(
  tx: Tx,
  tables: Pick<EventTables, 'logHead'>,
  logger: Logger | undefined,
): Promise<LogHead> {
  const { logHead } = tables;
  const origin = await originOf(tx, qualifiedName(logHead));
  await tx.execute(
    sql`insert into ${logHead} (epoch, position, origin) values (gen_random_uuid(), 0, ${origin}) on conflict do nothing`,
  );
  const changed = rows<{ epoch: string }>(
    await tx.execute(
      sql`update ${logHead} set epoch = gen_random_uuid(), origin = ${origin} where origin <> ${origin} returning epoch`,
    ),
  );
  if (changed.length > 0) {
    logger?.warn(
      { epoch: changed[0]?.epoch },
      'this database is a copy or was restored: its log has a new epoch',
    );
  }
  const [head] = rows<{ epoch: string; position: number | string }>(
    await tx.execute(sql`select epoch, position from ${logHead}`),
  );
  if (!head) throw new Error('the row of log_head that was just written is not there');
  return { epoch: head.epoch, position: Number(head.position) };
}

/**
 * What changes with a restore: the cluster (dump into another one), its timeline (point-in-time recovery, or a standby
 * that took over), the database or the table (dump into the same one).
 */
async function originOf(tx: Tx, table: string): Promise<string> {
  const [row] = rows<{ origin: string }>(
    await tx.execute(sql`
      select concat_ws('/', (select system_identifier from pg_control_system()),
        left(pg_walfile_name(pg_current_wal_lsn()), 8),
        (select oid from pg_database where datname = current_database()), ${table}::regclass::oid) as origin`),
  );
  if (!row) throw new Error('the database did not say which it is');
  return row.origin;
}
