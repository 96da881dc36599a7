import { type Database, rows, type Tx } from '@huismeester/database';
import { getTableName, lt, sql } from 'drizzle-orm';
import { ballot, minutes, reason } from '../schema.ts';

const tables = [ballot, minutes, reason] as const;
type Erased = (typeof tables)[number];
/** What was replaced or deleted stands in the file of its table until that is written anew: for so long at most, ms. */
const rewriteEveryMs = 24 * 3_600_000;
/** A statement takes 65,535 parameters. */
const rowsAtOnce = 1_000;

/** Erases votes, minutes and reasons of before `until`. */
export interface Erasing {
  erase(until: Date, nowMs: number): Promise<void>;
}

/**
 * Deleted rows, and earlier versions of a row, stay in the file of a table. So each table is written anew without them, in one transaction: what VACUUM
 * FULL does, and at no time, whatever ends the process, is a row deleted while its text is still in the file. Once after the start and then every
 * day, since a vote that was changed leaves the one before there, and at once where something is due.
 */
export function createErasing({ transaction, orm }: Pick<Database, 'transaction' | 'orm'>): Erasing {
  let rewrittenAtMs: number | undefined;
  return {
    async erase(until, nowMs) {
      const isDaily = rewrittenAtMs === undefined || nowMs - rewrittenAtMs >= rewriteEveryMs;
      for (const table of tables) {
        if ((isDaily && (await isUsed(orm, table))) || (await isDue(orm, table, until))) {
          await transaction((tx) => rewrite(tx, table, until));
        }
      }
      if (isDaily) rewrittenAtMs = nowMs;
    },
  };
}

/**
 * Before a transaction in isolation `repeatable read` reads these tables, as its first statement: to one whose snapshot is older than the new file
 * a table seems empty.
 */
export async function holdVotes(tx: Pick<Tx, 'execute'>): Promise<void> {
  await tx.execute(sql`lock table ${sql.join([...tables], sql`, `)} in access share mode`);
}

async function isDue(orm: Database['orm'], table: Erased, until: Date): Promise<boolean> {
  const due = await orm.select({ at: table.at }).from(table).where(lt(table.at, until)).limit(1);
  return due.length > 0;
}

/** Whether its file holds anything, a deleted row perhaps. */
async function isUsed(orm: Database['orm'], table: Erased): Promise<boolean> {
  const name = `membership.${getTableName(table)}`;
  const [found] = rows<{ used: boolean }>(
    await orm.execute(sql`select pg_relation_size(${name}::regclass) > 0 as used`),
  );
  return found?.used ?? true;
}

async function rewrite(tx: Tx, table: Erased, until: Date): Promise<void> {
  await tx.execute(sql`lock table ${table} in access exclusive mode`);
  const kept = (await tx.select().from(table)).filter(({ at }) => at >= until);
  // It gives the table a new file, and the old one is gone with the commit.
  await tx.execute(sql`truncate table ${table}`);
  for (let from = 0; from < kept.length; from += rowsAtOnce) {
    await tx.insert(table).values(kept.slice(from, from + rowsAtOnce));
  }
}
