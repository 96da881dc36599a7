import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { type Postgres, startPostgres } from './postgres.ts';
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
  const socket = process.env[variable];
  if (socket === undefined)
    throw new Error(`${variable} is not set: vitest.config.ts starts what answers there`);
  const url = await ask(socket, 'POST', '/');
  return {
    url,
    drop: async () => {
      await ask(socket, 'DELETE', new URL(url).pathname);
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
  const dir = await tempDir('databases');
  const socket = join(dir.path, 'socket');
  let server: Promise<Postgres> | undefined;
  const postgres = () => {
    server ??= startPostgres({ fsync: false, maxConnections: 500 });
    return server;
  };
  const http = createServer(async ({ method, url = '' }, response) => {
    try {
      const running = await postgres();
      if (method === 'DELETE') await running.dropDatabase(url.slice(1));
      response.end(method === 'DELETE' ? '' : await running.createDatabase());
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => http.listen(socket, resolve));
  process.env[variable] = socket;
  return {
    async close() {
      http.close();
      http.closeAllConnections();
      await (await server)?.close();
      await dir.remove();
    },
  };
}

async function ask(socketPath: string, method: string, path: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      if (response.statusCode === 200) resolve(text);
      else reject(new Error(`no database for this test: ${text}`));
    });
    asked.on('error', reject);
    asked.end();
  });
}
