import { fileURLToPath } from 'node:url';
import { startChild, startPostgres, tempDir } from '@huismeester/testkit';
import { Client } from 'undici';
import type { ReadTimes } from './read-times.ts';

const program = fileURLToPath(new URL('membership-process.ts', import.meta.url));
const patient = { timeoutMs: 120_000 };

/** membership in a process of its own, on a PostgreSQL with fsync. */
export interface MembershipAway {
  /** Sends a request over one connection that is kept; answers with its body. Throws where the status is another than `status`. */
  ask(path: string, options?: Ask): Promise<unknown>;
  /** Has it look at the directory. */
  look(): Promise<ReadTimes>;
  close(): Promise<void>;
}

interface Ask {
  readonly status?: number;
  readonly json?: object;
  readonly token?: string;
}

/** Starts it; it has read the directory then. */
export async function startMembershipAway(directory: object): Promise<MembershipAway> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('membership');
  const socket = `${dir.path}/hm.sock`;
  const settings = {
    site: { id: 'bench', name: 'Bench' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0 } },
    database: { url: await postgres.createDatabase() },
    secrets: { key: 'k'.repeat(32) },
    directory,
  };
  const child = await startChild({
    name: 'membership',
    command: process.execPath,
    args: [program],
    env: { BENCH_SETTINGS: JSON.stringify(settings) },
  });
  const url = () => /listening on (\S+)/.exec(child.output())?.[1];
  await child.ready('it listens', () => url() !== undefined, patient);
  const open = new Client(url() ?? '');
  const local = new Client('http://localhost', { socketPath: socket });
  const known = async () => ((await ask(local, '/directory')) as { state: string }).state === 'known';
  await child.ready('the directory is known', known, patient);
  const cpuMs = async () => ((await ask(local, '/bench/anyone')) as { cpuMs: number }).cpuMs;
  return {
    ask: (path, options) => ask(open, path, options),
    async look() {
      const [cpu, began] = [await cpuMs(), performance.now()];
      await ask(local, '/directory/read', { json: {} });
      const wallMs = performance.now() - began;
      return { wallMs, cpuMs: (await cpuMs()) - cpu };
    },
    async close() {
      await open.close();
      await local.close();
      await child.stop({ graceMs: 10_000 });
      await postgres.close();
      await dir.remove();
    },
  };
}

async function ask(client: Client, path: string, { json, token, status = 200 }: Ask = {}): Promise<unknown> {
  const { statusCode, body } = await client.request({
    method: json ? 'POST' : 'GET',
    path: `/api/v1${path}`,
    headers: {
      ...(json && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
  const text = await body.text();
  if (statusCode !== status) throw new Error(`${path} answered ${statusCode}: ${text}`);
  return JSON.parse(text);
}
