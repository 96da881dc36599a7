import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import type { Database, Tx } from './database.ts';
import { rows } from './rows.ts';

/** The database was migrated by other files than these: by a newer program, or one of the files was changed. */
export class MigrationMismatch extends Error {
  override readonly name = 'MigrationMismatch';
  readonly code = 'migration-mismatch';
}

// Any number will do, as long as every program that migrates takes the same.
const lockKey = 4_211_734_200;

/** A change of a large table takes long, and so does waiting for another process that makes it. */
const silentMs = 600_000;

/**
 * Brings a service's schema up to date with its `migrations` folder, as drizzle-kit generates it, in one transaction.
 * Any number of processes may do so at once: the first migrates, the others find it done. Throws
 * {@link MigrationMismatch} when the database has migrations that the folder does not.
 */
export async function migrateSchema(
  database: Database,
  { schema, folder }: { schema: string; folder: string | URL },
): Promise<void> {
  const migrationsFolder = folder instanceof URL ? fileURLToPath(folder) : folder;
  const files = readMigrationFiles({ migrationsFolder });
  const work = async (tx: Tx): Promise<void> => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`);
    // A connection may go on believing that there is no schema, as it knew before it waited; a look at the catalogue itself
    // makes it hear of what others have made meanwhile.
    await tx.execute(sql`select 1 from pg_catalog.pg_namespace limit 1`);
    const done = await appliedBefore(tx, schema);
    for (const [index, hash] of done.entries()) {
      if (files[index]?.hash === hash) continue;
      throw new MigrationMismatch(
        `migration ${index + 1} of ${done.length} that schema "${schema}" has is not migration ${index + 1} of ${migrationsFolder}; a migration may not change once it ran, and an older program cannot use a newer database: start the program that it was made by, or a newer one, or begin with an empty database`,
      );
    }
    for (const file of files.slice(done.length)) await apply(tx, schema, file);
  };
  await database.transaction(work, { silentMs });
}

/** The hashes of the schema's migrations, oldest first. Their table is not in the schema: the first one creates that. */
async function appliedBefore(tx: Tx, schema: string): Promise<string[]> {
  await tx.execute(sql`create schema if not exists migrations`);
  await tx.execute(
    sql`create table if not exists migrations.applied (
      schema text, ordinal integer, hash text not null, applied_at timestamptz not null default now(), primary key (schema, ordinal))`,
  );
  const found = await tx.execute(
    sql`select hash from migrations.applied where schema = ${schema} order by ordinal`,
  );
  return rows<{ hash: string }>(found).map(({ hash }) => hash);
}

async function apply(tx: Tx, schema: string, file: MigrationMeta): Promise<void> {
  for (const statement of file.sql) await tx.execute(sql.raw(statement));
  await tx.execute(
    sql`insert into migrations.applied (schema, ordinal, hash)
      select ${schema}, count(*) + 1, ${file.hash} from migrations.applied where schema = ${schema}`,
  );
}
