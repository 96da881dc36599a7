import { fileURLToPath } from 'node:url';
import type { ServiceName } from '@huismeester/contracts';
import { type Child, startChild } from '@huismeester/testkit';
import type { LocalApi } from './local-api.ts';

/** The file that runs all services in one process. */
export const standaloneMain = fileURLToPath(
  new URL('../../../deploy/standalone/src/main.ts', import.meta.url),
);
const laterClock = new URL('./later-clock.ts', import.meta.url).href;

/** Huismeester as one or more processes, over all of their lives. */
export interface Program {
  /** Starts it, and waits until it is ready; `laterMs`: with a clock that is so much ahead. */
  start(options?: { laterMs?: number }): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** As an operator ends it. */
  end(): Promise<void>;
  /** All that it printed. */
  output(): string;
  /** Of the processes that were started last. */
  readonly pids: readonly number[];
}

/** A program of one process. */
export interface OneProgram extends Program {
  /** Starts it, and waits for nothing. */
  launch(options?: { laterMs?: number }): Promise<Child>;
  signal(signal: NodeJS.Signals): void;
}

/** The file that runs a service alone. */
export function mainOf(service: ServiceName): string {
  return fileURLToPath(new URL(`../../../services/${service}/src/main.ts`, import.meta.url));
}

/** One process with these settings, not started yet; `api` is its local socket. `main`: that of all services in one. */
export function programOf(
  settingsFile: string,
  api: LocalApi,
  { name = 'huismeester', main = standaloneMain }: { name?: string; main?: string } = {},
): OneProgram {
  let child: Child | undefined;
  let printed = '';
  const stop = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    await child?.stop({ signal, graceMs: 15_000 });
    printed += child?.output() ?? '';
    child = undefined;
  };
  const launch: OneProgram['launch'] = async ({ laterMs } = {}) => {
    const later = laterMs === undefined ? [] : ['--import', laterClock];
    child = await startChild({
      name,
      command: process.execPath,
      args: [...later, main, '--config', settingsFile],
      ...(laterMs !== undefined && { env: { CLOCK_AHEAD_MS: String(laterMs) } }),
    });
    return child;
  };
  return {
    launch,
    async start(options) {
      const started = await launch(options);
      // A dozen processes may start at once on two cores.
      await started.ready(`${name} answers`, api.isReady, { timeoutMs: 120_000 });
    },
    kill: () => stop('SIGKILL'),
    end: () => stop('SIGTERM'),
    signal: (signal) => child?.signal(signal),
    output: () => printed + (child?.output() ?? ''),
    get pids() {
      return child ? [child.pid] : [];
    },
  };
}
