import { join } from 'node:path';
import { type Child, freePort, startChild, type TempDir, tempDir } from '@huismeester/testkit';
import { askLocally, type LocalApi } from '../../spaces/e2e/local-api.ts';
import { standaloneMain } from '../../spaces/e2e/program.ts';

/** The demo as people start it, in a folder and on a port of its own. */
export interface Demo {
  /** Where it listens, such as `http://127.0.0.1:23456`. */
  readonly url: string;
  readonly socket: string;
  /** What an administrator on the host may ask. */
  readonly local: LocalApi;
  /** kill -9. */
  kill(): Promise<void>;
  /** Starts it again, at the same address. */
  restart(): Promise<void>;
  /** All that it printed since it was started last. */
  output(): string;
  close(): Promise<void>;
}

/** The first start builds the page, and two cores may have other things to do. */
const startMs = 120_000;

/** Starts the demo, and waits until it answers. */
export async function startDemo(): Promise<Demo> {
  const dir = await tempDir('web');
  const socket = join(dir.path, 'var/huismeester.sock');
  const local = askLocally(socket);
  // Not 8080, which another demo may take between its look and its start.
  const port = await freePort();
  let child = await launched(dir, local, port);
  return {
    url: `http://127.0.0.1:${port}`,
    socket,
    local,
    kill: () => child.stop({ signal: 'SIGKILL' }),
    async restart() {
      child = await launched(dir, local, port);
    },
    output: () => child.output(),
    async close() {
      await local.close();
      await child.stop({ graceMs: 15_000 });
      await dir.remove();
    },
  };
}

async function launched(dir: TempDir, local: LocalApi, port: number): Promise<Child> {
  const child = await startChild({
    name: 'the demo',
    command: process.execPath,
    args: [standaloneMain],
    cwd: dir.path,
    env: { HUISMEESTER_DEMO_PORT: String(port) },
  });
  await child.ready('it answers', local.isReady, { timeoutMs: startMs });
  return child;
}
