import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { PGlite, types } from '@electric-sql/pglite';
import type { Logger } from '@huismeester/clock';
import { makeCluster } from './cluster.ts';
import type { Connection } from './connection.ts';
import type { Database } from './database.ts';
import { DatabaseLocked, EmbeddedDirectoryError, QueryFailed } from './errors.ts';
import { type DirectoryLock, lockDirectory } from './lock.ts';
import { databaseOver } from './over-pool.ts';

/**
 * Opens PGlite on a directory, which is made if missing. Throws {@link DatabaseLocked} when another process has it
 * open, and {@link EmbeddedDirectoryError} for all else that is wrong with it. No other local user can read it. PGlite never calls fsync: what is
 * committed outlives the process, but not always a power cut.
 */
export async function openEmbedded(
  dir: string,
  { logger }: { logger?: Logger | undefined },
): Promise<Database> {
  const place = resolve(dir);
  let lock: DirectoryLock | undefined;
  try {
    await mkdir(dirname(place), { recursive: true });
    lock = lockDirectory(place);
    await makeCluster(place);
    await closeToOthers(place, logger);
    const client = await openPGlite(place);
    return databaseOver({
      kind: 'embedded',
      place,
      logger,
      max: 1,
      connect: () => embeddedConnection(client),
      async closed() {
        await client.close();
        lock?.release();
      },
    });
  } catch (cause) {
    lock?.release();
    if (cause instanceof DatabaseLocked || cause instanceof EmbeddedDirectoryError) throw cause;
    throw new EmbeddedDirectoryError(
      `the embedded database cannot be in ${place} (${said(cause)}); name a directory that this user may write to`,
      { cause },
    );
  }
}

/** The default of 128 MB is memory that one process with one connection has no use for: the kernel caches its files too. */
const sparing = ['-c', 'shared_buffers=32MB'];

/**
 * V8 compiles what is often called of PGlite's WebAssembly, 9 MB of it, a second time to make it faster: 3 s of a core and 600 MB at each
 * start, and our queries take as long after it as before. The first flag alone is not heeded once V8 runs.
 */
const compiledOnce = ['--liftoff-only', '--no-wasm-dynamic-tiering', '--no-wasm-tier-up'];

async function openPGlite(place: string): Promise<PGlite> {
  for (const flag of compiledOnce) setFlagsFromString(flag);
  try {
    return await PGlite.create(place, { startParams: [...PGlite.defaultStartParams, ...sparing] });
  } catch (cause) {
    throw new EmbeddedDirectoryError(
      `PGlite cannot open the database in ${place} (${said(cause)}): it is damaged, or was made by another version of PostgreSQL; put a copy of it back, or move it away to begin with an empty one`,
      { cause },
    );
  }
}

/**
 * What people do and may do stands in it: nobody else on this machine may read it, as PostgreSQL itself asks of its directory. One that an
 * older program made is closed too. What cannot be entered needs no closing below it. A file system without such modes, or a directory of
 * another user's, is no reason not to start.
 */
async function closeToOthers(place: string, logger: Logger | undefined): Promise<void> {
  try {
    await chmod(place, 0o700);
  } catch (error) {
    const isOpen = ((await stat(place)).mode & 0o077) !== 0;
    if (isOpen)
      logger?.warn({ err: error, place }, 'other users of this machine may read the embedded database');
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// What drizzle itself turns from text into dates, times and intervals, and lists of them.
const asText = [
  types.DATE,
  types.TIME,
  types.TIMESTAMP,
  types.TIMESTAMPTZ,
  types.INTERVAL,
  1115,
  1182,
  1185,
  1187,
  1231,
];
const parsers = Object.fromEntries(asText.map((type) => [type, (text: string) => text]));

function embeddedConnection(client: PGlite): Connection {
  return {
    lost: false,
    async query(statement, parameters = [], rows = 'objects') {
      const rowMode = rows === 'arrays' ? 'array' : 'object';
      try {
        return (await client.query(statement, parameters, { rowMode, parsers })).rows;
      } catch (error) {
        throw new QueryFailed(statement, error);
      }
    },
    end: async () => undefined,
  };
}
