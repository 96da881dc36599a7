import { type Postgres, startPostgres } from './postgres.ts';
import { askForRun, serveForRun } from './serve-for-run.ts';
import { type TempDir, tempDir } from './temp-dir.ts';

/** Where the databases of this run are asked for; vitest's workers inherit it. */
const variable = 'HUISMEESTER_TEST_DATABASES';

/** An empty database on the PostgreSQL that all tests of a run share. */
export interface TestDatabase {
  readonly url: string;
  /** Ends whoever is connected, and removes it. */
  drop(): Promise<void>;
}

/**
 * Makes an empty database on the one PostgreSQL of the run, which has no fsync: for what any database will do for.
 * Whoever stops the server, fills its disk or counts its connections starts one with `startPostgres`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const asked = { variable, what: 'database' };
  const url = await askForRun(asked, { method: 'POST' });
  return {
    url,
    drop: async () => {
      await askForRun(asked, { method: 'DELETE', path: new URL(url).pathname });
    },
  };
}

/** A temporary folder, and an empty database beside it. */
export interface TestSite extends TempDir {
  readonly url: string;
}

/** What a process under test needs: a folder for its socket, and {@link testDatabase}. `remove` removes both. */
export async function tempSite(purpose?: string): Promise<TestSite> {
  const [{ path, remove }, { url, drop }] = await Promise.all([tempDir(purpose), testDatabase()]);
  const all = async () => {
    await Promise.all([remove(), drop()]);
  };
  return { path, url, remove: all };
}

/**
 * Answers {@link testDatabase} in the processes that this one starts, until it is closed. PostgreSQL starts when the
 * first one asks: a run of tests that need none does not wait for it.
 */
export async function serveDatabases(): Promise<{ close(): Promise<void> }> {
  let server: Promise<Postgres> | undefined;
  return await serveForRun({
    variable,
    name: 'databases',
    async answer({ method, url = '' }) {
      server ??= startPostgres({ fsync: false, maxConnections: 500 });
      const running = await server;
      if (method !== 'DELETE') return await running.createDatabase();
      await running.dropDatabase(url.slice(1));
      return '';
    },
    close: async () => (await server)?.close(),
  });
}
