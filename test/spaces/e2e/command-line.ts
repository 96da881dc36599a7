import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '@huismeester/cli';

/** How a command line ended, and what it printed. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `huismeester` in this process, as somebody who may open the local socket; what goes on until Ctrl-C goes on. */
export function huismeester(socket: string, ...args: string[]): Promise<Printed> {
  return runHere([...args, '--socket', socket], {});
}

/** The same, as whoever has this token. */
export function huismeesterAs(
  { url, token }: { url: string; token: string },
  ...args: string[]
): Promise<Printed> {
  return runHere([...args, '--url', url], { HUISMEESTER_TOKEN: token });
}

async function runHere(args: string[], env: Record<string, string>): Promise<Printed> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const code = await run(args, {
    env,
    cwd: '/',
    root: '/',
    stdout,
    stderr,
    now: () => new Date(),
    untilStopped: () => new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}
