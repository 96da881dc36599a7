import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WaitOptions, waitFor } from './wait-for.ts';

export interface ChildOptions {
  /** For messages; the command if left out. */
  name?: string;
  command: string;
  args?: string[];
  /** Added to this process's own environment. */
  env?: Record<string, string>;
  cwd?: string;
  uid?: number;
  gid?: number;
}

export interface Child {
  readonly pid: number;
  /** Standard output and error as they came, the last 64 KiB. */
  output(): string;
  running(): boolean;
  /** Waits until the predicate holds; fails at once, with the output, when the process ends before that. */
  ready(
    description: string,
    predicate: () => boolean | Promise<boolean>,
    options?: WaitOptions,
  ): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Sends the signal (SIGTERM), and SIGKILL if it still runs after `graceMs` (2000). */
  stop(options?: { signal?: NodeJS.Signals; graceMs?: number }): Promise<void>;
}

/** A child process could not be started, or ended before it was ready. */
export class ChildError extends Error {
  override readonly name = 'ChildError';
  readonly code = 'child-failed';
}

const outputLimit = 64 * 1024;
const setpriv = '/usr/bin/setpriv';
const children = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts a child process that never outlives this one: it is killed when this process exits, and, where util-linux's
 * setpriv is there, the kernel kills it even when this process is killed itself.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name = options.command, command, args = [], env, cwd, uid, gid } = options;
  const [file, ...rest] = existsSync(setpriv)
    ? [setpriv, '--pdeathsig', 'KILL', '--', command, ...args]
    : [command, ...args];
  const child = spawn(file, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-outputLimit);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await started(child, name);
  children.add(child);
  child.once('exit', () => children.delete(child));
  return describeChild(child, name, () => output, closed);
}

function started(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new ChildError(`${name} could not be started`, { cause })));
  });
}

function describeChild(
  child: ChildProcess,
  name: string,
  output: () => string,
  closed: Promise<void>,
): Child {
  const running = () => child.exitCode === null && child.signalCode === null;
  const report = () => `${name} printed:\n${output() || '(nothing)'}`;
  return {
    pid: child.pid ?? 0,
    output,
    running,
    signal: (signal) => {
      child.kill(signal);
    },
    async ready(description, predicate, waitOptions) {
      let ended = false;
      try {
        await waitFor(
          description,
          async () => {
            ended = !running();
            return ended || (await predicate());
          },
          waitOptions,
        );
      } catch (cause) {
        throw new ChildError(`${name} was not ready: ${description}; ${report()}`, { cause });
      }
      if (!ended) return;
      await closed;
      throw new ChildError(
        `${name} ended (${child.signalCode ?? child.exitCode}) before it was ready: ${description}; ${report()}`,
      );
    },
    async stop({ signal = 'SIGTERM', graceMs = 2000 } = {}) {
      if (!running()) return;
      child.kill(signal);
      // A process that was paused handles the signal only once it goes on.
      child.kill('SIGCONT');
      const overdue = new AbortController();
      const kill = sleep(graceMs, undefined, { signal: overdue.signal }).then(
        () => child.kill('SIGKILL'),
        () => false,
      );
      await closed;
      overdue.abort();
      await kill;
    },
  };
}

/** Whether something accepts TCP connections there. */
export function portOpen(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      socket.destroy();
      resolve(false);
    });
  });
}
