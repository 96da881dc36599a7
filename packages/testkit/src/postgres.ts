import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { daemonPath } from './available.ts';
import { freePort } from './free-port.ts';
import { copyCluster, type Owner, ownerOf, user } from './postgres-cluster.ts';
import { type Child, ChildError, startChild } from './process.ts';
import { tempDir } from './temp-dir.ts';
import { type WaitOptions, waitFor } from './wait-for.ts';

export interface PostgresOptions {
  /** Whether commits wait for the disk, as on a real site; tests that are not about that are quicker without. */
  fsync?: boolean;
  /** 100 if left out. */
  maxConnections?: number;
  /** The folder in which it makes its own; the system's temporary one if left out. */
  parent?: string;
}

/** `fast` ends connections and writes a checkpoint; `immediate` leaves recovery to the next start; `kill` is kill -9. */
export type PostgresStop = 'fast' | 'immediate' | 'kill';

export interface Postgres {
  /** Of the database `postgres`. */
  readonly url: string;
  /** Makes an empty database and returns its URL; its tables, though not its log of writes, are in the folder, if one is named. */
  createDatabase(folder?: string): Promise<string>;
  /** Removes a database by its name, and ends who is connected to it. */
  dropDatabase(name: string): Promise<void>;
  /** A full disk can end it. */
  running(): boolean;
  stop(how?: PostgresStop): Promise<void>;
  start(): Promise<void>;
  /** Stops and removes everything. */
  close(): Promise<void>;
}

const host = '127.0.0.1';
const signals = { fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' } as const;
const startWait: WaitOptions = { timeoutMs: 30_000 };

/** Starts a PostgreSQL on an empty cluster in a temporary folder and on a free port of loopback. */
export async function startPostgres({
  fsync = true,
  maxConnections = 100,
  parent,
}: PostgresOptions = {}): Promise<Postgres> {
  const port = await freePort();
  const dir = await tempDir('pg', parent);
  const owner = await ownerOf();
  if (owner) await chown(dir.path, owner.uid, owner.gid);
  const data = join(dir.path, 'data');
  const urlOf = (database: string) => `postgres://${user}@${host}:${port}/${database}`;
  const url = urlOf('postgres');
  const server = new Server({ data, socketDir: dir.path, port, fsync, maxConnections, owner, url });
  const discard = async () => {
    await server.stop('immediate');
    await dir.remove();
  };
  try {
    await copyCluster(data, owner);
    await server.start();
  } catch (error) {
    await discard();
    throw error;
  }
  let databases = 0;
  return {
    url,
    dropDatabase: (name) => query(url, `drop database if exists ${name} with (force)`),
    async createDatabase(folder) {
      databases += 1;
      const name = `test_${databases}`;
      if (folder !== undefined) await createTablespace(urlOf('postgres'), { name, folder, owner });
      const place = folder === undefined ? '' : ` tablespace ${name}`;
      await query(urlOf('postgres'), `create database ${name}${place}`);
      return urlOf(name);
    },
    stop: (how = 'fast') => server.stop(how),
    start: () => server.start(),
    running: () => server.running(),
    close: discard,
  };
}

interface ServerOptions {
  data: string;
  socketDir: string;
  port: number;
  fsync: boolean;
  maxConnections: number;
  owner: Owner | undefined;
  url: string;
}

class Server {
  readonly #options: ServerOptions;
  #child: Child | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  /** After a kill -9 the old server's children may still be ending; PostgreSQL refuses to start until they are gone. */
  async start(): Promise<void> {
    await waitFor(
      'PostgreSQL starts',
      async () => {
        try {
          await this.#startOnce();
          return true;
        } catch (error) {
          if (error instanceof ChildError && this.#child?.output().includes('still in use')) return false;
          throw error;
        }
      },
      startWait,
    );
  }

  async #startOnce(): Promise<void> {
    const { data, socketDir, port, fsync, maxConnections, owner, url } = this.#options;
    const settings = {
      listen_addresses: host,
      port,
      unix_socket_directories: socketDir,
      fsync: fsync ? 'on' : 'off',
      max_connections: maxConnections,
    };
    this.#child = await startChild({
      name: 'postgres',
      command: daemonPath('postgres'),
      args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      cwd: socketDir,
      ...owner,
    });
    const answers = async () => {
      await query(url, 'select 1');
      return true;
    };
    await this.#child.ready('it answers', answers, startWait);
  }

  running(): boolean {
    return this.#child?.running() === true;
  }

  async stop(how: PostgresStop): Promise<void> {
    await this.#child?.stop({ signal: signals[how], graceMs: 10_000 });
  }
}

async function createTablespace(
  url: string,
  { name, folder, owner }: { name: string; folder: string; owner: Owner | undefined },
): Promise<void> {
  const place = join(folder, name);
  await mkdir(place);
  if (owner) await chown(place, owner.uid, owner.gid);
  await query(url, `create tablespace ${name} location '${place}'`);
}

async function query(url: string, statement: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 30 });
  try {
    await client.unsafe(statement);
  } finally {
    await client.end();
  }
}
