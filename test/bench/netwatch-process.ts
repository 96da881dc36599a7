import { fileURLToPath } from 'node:url';
import { type Child, startChild, startPostgres, tempDir } from '@huismeester/testkit';

const program = fileURLToPath(new URL('../../services/netwatch/test/process.ts', import.meta.url));
const patient = { timeoutMs: 120_000, everyMs: 50 };

/** What the process has used since it began. */
interface Used {
  /** Of all cores, user and system, ms. */
  readonly cpuMs: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  readonly externalBytes: number;
}

export interface NetwatchProcess {
  readonly pid: number;
  readonly mqttUrl: string;
  used(): Promise<Used>;
  close(): Promise<void>;
}

/** netwatch in a process of its own on a PostgreSQL that waits for the disk, with these `switches`, `probes` and so on. */
export async function startNetwatchProcess(settings: object, brokerUrl?: string): Promise<NetwatchProcess> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('netwatch');
  let child: Child | undefined;
  const close = async () => {
    await child?.stop({ graceMs: 20_000 });
    await postgres.close();
    await dir.remove();
  };
  try {
    const place = { path: dir.path, url: await postgres.createDatabase() };
    const running = await startChild({
      name: 'netwatch',
      command: process.execPath,
      args: [...process.execArgv, program],
      env: { NETWATCH_SETTINGS: JSON.stringify({ ...spaceOf(place, brokerUrl), ...settings }) },
      cwd: dir.path,
    });
    child = running;
    const embedded = () => /broker at (\S+)/.exec(running.output())?.[1];
    await running.ready('it runs', () => embedded() !== undefined, patient);
    return { pid: running.pid, mqttUrl: brokerUrl ?? embedded() ?? '', used: counter(running), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function spaceOf({ path, url }: { readonly path: string; readonly url: string }, brokerUrl?: string): object {
  // Nobody answers for the logs that it reads.
  const nobody = (name: string) => ({ url: 'http://127.0.0.1:9', secret: `the-secret-of-${name}` });
  return {
    site: { id: 'bench', name: 'Bench' },
    http: { port: 0, socket: `${path}/socket` },
    broker: brokerUrl === undefined ? { embedded: { port: 0, anonymousRead: true } } : { url: brokerUrl },
    database: { url },
    services: { 'ups-monitor': nobody('ups-monitor'), 'vm-lifecycle': nobody('vm-lifecycle') },
  };
}

function counter(child: Child): () => Promise<Used> {
  let times = 0;
  return async () => {
    times += 1;
    const pattern = new RegExp(`used ${times} (\\{.*\\})`);
    child.signal('SIGHUP');
    await child.ready('it counted', () => pattern.test(child.output()), patient);
    return JSON.parse(pattern.exec(child.output())?.[1] ?? '');
  };
}
