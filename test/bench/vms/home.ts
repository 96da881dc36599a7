import { fileURLToPath } from 'node:url';
import { startChild, startPostgres, tempDir } from '@huismeester/testkit';
import { Pool } from 'undici';
import { isReady } from '../ready.ts';
import { type Cluster, pool, tokens } from './cluster.ts';

const program = fileURLToPath(new URL('home-process.ts', import.meta.url));
const patient = { timeoutMs: 180_000 };

/** vm-lifecycle and policy in a process of their own, on a PostgreSQL with fsync. */
export interface Home {
  readonly pid: number;
  /** With what people ask: first one of the team, then those who may make VMs. */
  readonly sessions: readonly string[];
  /** Answers with status and body, over a few connections that are kept. */
  ask(
    session: string,
    path: string,
    json?: object,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** What it took of all cores so far, ms. */
  cpuMs(): Promise<number>;
  close(): Promise<void>;
}

/** Starts it; it is ready then. */
export async function startHome(
  cluster: Cluster,
  options: {
    readonly vms?: number;
    readonly people?: number;
    readonly poll: string;
    readonly nodes: readonly string[];
  },
): Promise<Home> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('home');
  const socket = `${dir.path}/hm.sock`;
  const settings = settingsFor(await postgres.createDatabase(), socket, cluster, options);
  const child = await startChild({
    name: 'vm-lifecycle',
    command: process.execPath,
    args: [program],
    env: {
      BENCH_SETTINGS: JSON.stringify(settings),
      BENCH_VMS: String(options.vms ?? 0),
      BENCH_PEOPLE: String(options.people ?? 0),
    },
  });
  const close = async () => {
    await client?.close();
    await child.stop({ graceMs: 10_000 });
    await postgres.close();
    await dir.remove();
  };
  let client: Pool | undefined;
  const url = () => /listening on (\S+)/.exec(child.output())?.[1];
  try {
    await child.ready('it listens', () => url() !== undefined, patient);
    await child.ready('it is ready', () => isReady(socket), patient);
  } catch (error) {
    await close();
    throw error;
  }
  const http = new Pool(url() ?? '', { connections: 8 });
  client = http;
  const ask: Home['ask'] = async (session, path, json) => {
    const { statusCode, body } = await http.request({
      method: json ? 'POST' : 'GET',
      path: `/api/v1${path}`,
      headers: {
        ...(session !== '' && { authorization: `Bearer ${session}` }),
        ...(json && { 'content-type': 'application/json' }),
      },
      ...(json && { body: JSON.stringify(json) }),
    });
    return { status: statusCode, body: await body.json() };
  };
  return {
    pid: child.pid,
    sessions: JSON.parse(/^sessions (.*)$/m.exec(child.output())?.[1] ?? '[]'),
    ask,
    cpuMs: async () => ((await ask('', '/bench/used')).body as { cpuMs: number }).cpuMs,
    close,
  };
}

function settingsFor(
  url: string,
  socket: string,
  cluster: Cluster,
  { poll, nodes }: { readonly poll: string; readonly nodes: readonly string[] },
): object {
  return {
    site: { id: 'bench', name: 'Bench' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0 } },
    database: { url },
    secrets: { key: 'k'.repeat(32) },
    ups: [{ id: 'rack', upsd: { host: '127.0.0.1', name: 'none' } }],
    hypervisors: [
      {
        id: 'pve',
        url: cluster.url,
        fingerprints: [cluster.fingerprint],
        tokens,
        pools: { participant: pool },
        nodes: Object.fromEntries(nodes.map((node) => [node, { poweredBy: ['rack'] }])),
        poll,
        vmids: { from: 900, to: 999 },
        storage: 'local-lvm',
        bridge: 'vmbr0',
        templates: [{ id: 'debian', name: 'Debian 13', vmid: 9000 }],
      },
    ],
  };
}
