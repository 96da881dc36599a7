import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  /** The exit code; undefined when a signal ended it. */
  readonly code: number | undefined;
  /** The last lines that it printed. */
  readonly tail: string;
}

const tailLimit = 4096;

/**
 * Runs a program to its end and shows what it prints as it comes. Killed when it takes longer than `limitMs`; a
 * program that cannot be started rejects.
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: { cwd: string; limitMs: number; env?: Record<string, string> | undefined },
): Promise<Ended> {
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.limitMs,
    killSignal: 'SIGKILL',
  });
  let tail = '';
  const collect = (chunk: Buffer) => {
    process.stdout.write(chunk);
    tail = (tail + chunk.toString()).slice(-tailLimit);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  // Killed for being late: what it started may hold its pipes open for ever.
  child.once('exit', (_, signal) => {
    if (signal === null) return;
    child.stdout.destroy();
    child.stderr.destroy();
  });
  await once(child, 'close');
  return { code: child.exitCode ?? undefined, tail };
}
