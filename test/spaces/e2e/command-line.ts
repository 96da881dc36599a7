import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '@huismeester/cli';

/** How a command line ended, and what it printed. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `huismeester` in this process, as somebody who may open the local socket. */
export async function huismeester(socket: string, ...args: string[]): Promise<Printed> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const code = await run([...args, '--socket', socket], {
    env: {},
    cwd: '/',
    root: '/',
    stdout,
    stderr,
    now: () => new Date(),
    untilStopped: () => AbortSignal.abort(),
  });
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}
