import { fileURLToPath } from 'node:url';
import { type Child, startChild, startPostgres, tempDir } from '@huismeester/testkit';

const program = fileURLToPath(new URL('../../services/netwatch/test/process.ts', import.meta.url));
const patient = { timeoutMs: 120_000 };

/** What the process has used since it began. */
export interface Used {
  /** Of all cores, user and system, ms. */
  readonly cpuMs: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly rssBytes: number;
}

export interface NetwatchProcess {
  readonly mqttUrl: string;
  readonly child: Child;
  used(): Promise<Used>;
  close(): Promise<void>;
}

/** netwatch in a process of its own on a PostgreSQL that waits for the disk, with these `switches`, `probes` and so on. */
export async function startNetwatchProcess(
  settings: object,
  { args = [] }: { readonly args?: readonly string[] } = {},
): Promise<NetwatchProcess> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('netwatch');
  // Nobody answers for the logs that it reads.
  const nobody = (name: string) => ({ url: 'http://127.0.0.1:9', secret: `the-secret-of-${name}` });
  const all = {
    site: { id: 'bench', name: 'Bench' },
    http: { port: 0, socket: `${dir.path}/socket` },
    broker: { embedded: { port: 0, anonymousRead: true } },
    database: { url: await postgres.createDatabase() },
    services: { 'ups-monitor': nobody('ups-monitor'), 'vm-lifecycle': nobody('vm-lifecycle') },
    ...settings,
  };
  const child = await startChild({
    name: 'netwatch',
    command: process.execPath,
    args: [...process.execArgv, ...args, program],
    env: { NETWATCH_SETTINGS: JSON.stringify(all) },
    cwd: dir.path,
  });
  const close = async () => {
    await child.stop({ graceMs: 20_000 });
    await postgres.close();
    await dir.remove();
  };
  try {
    const broker = () => /broker at (\S+)/.exec(child.output())?.[1];
    await child.ready('its broker answers', () => broker() !== undefined, patient);
    return { mqttUrl: broker() ?? '', child, used: counter(child), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function counter(child: Child): () => Promise<Used> {
  let times = 0;
  return async () => {
    times += 1;
    const pattern = new RegExp(`used ${times} (\\{.*\\})`);
    child.signal('SIGHUP');
    await child.ready('it counted', () => pattern.test(child.output()), { ...patient, everyMs: 20 });
    return JSON.parse(pattern.exec(child.output())?.[1] ?? '');
  };
}
