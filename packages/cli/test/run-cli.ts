import { PassThrough } from 'node:stream';
import { run, type Shell } from '../src/index.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly ended: Promise<Ran>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** As Ctrl-C. */
  stop(): void;
}

export type RunMore = Partial<
  Pick<Shell, 'env' | 'cwd' | 'root' | 'ask' | 'askSecret' | 'readInput' | 'now'>
>;

/** Starts one command line in this process, with streams of its own. */
export function startCli(args: string[], more: RunMore = {}): Running {
  const stop = new AbortController();
  const [stdout, stderr] = [collect(), collect()];
  const shell: Shell = {
    env: {},
    cwd: '/nowhere',
    root: '/nowhere',
    now: () => new Date('2026-11-22T12:00:00Z'),
    ...more,
    stdout: stdout.stream,
    stderr: stderr.stream,
    untilStopped: () => stop.signal,
  };
  const ended = run(args, shell).then((code) => ({ code, stdout: stdout.text(), stderr: stderr.text() }));
  return { ended, stdout: stdout.text, stderr: stderr.text, stop: () => stop.abort() };
}

export function runCli(args: string[], more: RunMore = {}): Promise<Ran> {
  return startCli(args, more).ended;
}

function collect() {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { stream, text: () => text };
}
