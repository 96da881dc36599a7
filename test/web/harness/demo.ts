import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, startChild, type TempDir, tempDir, waitFor } from '@huismeester/testkit';
import { askLocally, type LocalApi } from '../../spaces/e2e/local-api.ts';
import { standaloneMain } from '../../spaces/e2e/program.ts';

/** The demo as people start it, in a folder of its own. */
export interface Demo {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
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

/** Starts the demo, and waits until it answers; on 8080 if that is free, as for people. */
export async function startDemo(): Promise<Demo> {
  const dir = await tempDir('web');
  const socket = join(dir.path, 'var/huismeester.sock');
  const local = askLocally(socket);
  let child = await launched(dir, local);
  const url = await urlOf(child);
  return {
    url,
    socket,
    local,
    kill: () => child.stop({ signal: 'SIGKILL' }),
    async restart() {
      child = await launched(dir, local, new URL(url).port);
    },
    output: () => child.output(),
    async close() {
      await local.close();
      await child.stop({ graceMs: 15_000 });
      await dir.remove();
    },
  };
}

async function launched(dir: TempDir, local: LocalApi, port?: string): Promise<Child> {
  await mkdir(dir.path, { recursive: true });
  const child = await startChild({
    name: 'the demo',
    command: process.execPath,
    args: [standaloneMain],
    cwd: dir.path,
    ...(port !== undefined && { env: { HUISMEESTER_DEMO_PORT: port } }),
  });
  await child.ready('it answers', local.isReady, { timeoutMs: startMs });
  return child;
}

async function urlOf(child: Child): Promise<string> {
  const line = /"url":"(http[^"]+)"/;
  return await waitFor('the demo says where it listens', () => line.exec(child.output())?.[1]);
}
