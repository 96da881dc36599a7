import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild, type TestSite } from '@huismeester/testkit';
import { askLocally, spaceOf } from './netwatch.ts';

const program = fileURLToPath(new URL('process.ts', import.meta.url));
const patient = { timeoutMs: 120_000, everyMs: 50 };

/** What the process has used since it began. */
export interface Used {
  /** Of all cores, user and system, ms. */
  readonly cpuMs: number;
  /** After a garbage collection. */
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly rssBytes: number;
}

export interface OwnProcess {
  readonly child: Child;
  /** Of the embedded broker. */
  readonly mqttUrl: string;
  used(): Promise<Used>;
  /** GET below /api/v1, as an administrator on the same machine. */
  get<T>(path: string): Promise<T>;
  close(): Promise<void>;
}

/** netwatch in a process of its own, so that what it uses can be counted. */
export async function startOwnProcess(options: {
  readonly settings: object;
  readonly site: Pick<TestSite, 'path' | 'url'>;
  readonly brokerUrl?: string;
}): Promise<OwnProcess> {
  const { path } = options.site;
  const child = await startChild({
    name: 'netwatch',
    command: process.execPath,
    args: [...process.execArgv, program],
    env: { NETWATCH_SETTINGS: spaceOf({ ...options, site: { ...options.site, remove: async () => {} } }) },
    cwd: path,
  });
  const close = () => child.stop({ graceMs: 20_000 });
  try {
    const broker = () => /broker at (\S+)/.exec(child.output())?.[1];
    await child.ready('it runs', () => broker() !== undefined, patient);
    const mqttUrl = options.brokerUrl ?? broker() ?? '';
    return {
      child,
      mqttUrl,
      used: counter(child),
      get: (url) => askLocally(join(path, 'socket'), url),
      close,
    };
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
    await child.ready('it counted', () => pattern.test(child.output()), patient);
    return JSON.parse(pattern.exec(child.output())?.[1] ?? '');
  };
}
