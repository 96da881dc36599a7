import { fileURLToPath } from 'node:url';
import { httpSource, type LogSource } from '@huismeester/events';
import { startChild, tempDir } from '@huismeester/testkit';

const program = fileURLToPath(new URL('source-process.ts', import.meta.url));
const secret = 'the-secret-of-the-bench';

/** ups-monitor's log in a process of its own. */
export interface Away {
  /** The log, over HTTP. */
  source(onWake?: LogSource['onWake']): LogSource;
  /** Has facts said at an even pace; answers when each was committed, ms since 1970. */
  say(facts: number, perSecond: number): Promise<number[]>;
  close(): Promise<void>;
}

/** Starts it on the database, with that many events in its log; `broker` is as in space.yaml, embedded if left out. */
export async function startAway(options: {
  readonly database: string;
  readonly events?: number;
  readonly broker?: object;
}): Promise<Away> {
  const dir = await tempDir('away');
  const settings = {
    site: { id: 'bench', name: 'Bench' },
    http: { port: 0, socket: `${dir.path}/hm.sock` },
    broker: options.broker ?? { embedded: { port: 0 } },
    database: { url: options.database },
    services: { policy: { url: 'http://127.0.0.1:1', secret } },
  };
  const child = await startChild({
    name: 'the log in another process',
    command: process.execPath,
    args: [program],
    env: { BENCH_SETTINGS: JSON.stringify(settings), BENCH_EVENTS: String(options.events ?? 0) },
  });
  const listening = () => /listening on (\S+)/.exec(child.output())?.[1];
  await child.ready('it listens', () => listening() !== undefined, { timeoutMs: 120_000 });
  const url = listening() ?? '';
  return {
    source: (onWake = () => () => undefined) => httpSource({ service: 'ups-monitor', url, secret, onWake }),
    async say(facts, perSecond) {
      const response = await fetch(`${url}/api/v1/bench/facts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ facts, perSecond }),
      });
      if (!response.ok) throw new Error(`facts were refused: ${await response.text()}`);
      return ((await response.json()) as { committed: number[] }).committed;
    },
    async close() {
      await child.stop({ graceMs: 10_000 });
      await dir.remove();
    },
  };
}
