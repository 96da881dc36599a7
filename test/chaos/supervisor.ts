import { readFile } from 'node:fs/promises';
import type { Child } from '@huismeester/testkit';
import type { Sample } from './checks/memory.ts';

/** Starts a process anew each time that it is told to, as systemd does; and notes when one ended that nobody killed. */
export interface Supervised {
  readonly name: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** All that its lives printed, of each at least the last 64 KiB. */
  output(): string;
  /** How its present life ended, if nobody ended it. */
  trouble(): string | undefined;
  sample(atMs: number): Promise<Sample | undefined>;
}

export function supervised(name: string, launch: () => Promise<Child>): Supervised {
  let child: Child | undefined;
  const lives: string[] = [];
  return {
    name,
    async start() {
      if (child?.running()) return;
      if (child) lives.push(child.output());
      child = await launch();
    },
    async kill() {
      const dying = child;
      child = undefined;
      await dying?.stop({ signal: 'SIGKILL' });
      if (dying) lives.push(dying.output());
    },
    signal: (signal) => child?.signal(signal),
    output: () => [...lives, child?.output() ?? ''].join(''),
    trouble: () =>
      child && !child.running() ? `${name} ended by itself:\n${child.output().slice(-2_000)}` : undefined,
    async sample(atMs) {
      if (!child) return undefined;
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      const kib = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
      return kib === undefined ? undefined : { process: name, atMs, rssMiB: Number(kib) / 1024 };
    },
  };
}
