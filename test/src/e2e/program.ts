import { fileURLToPath } from 'node:url';
import { type Child, startChild } from '@huismeester/testkit';
import type { LocalApi } from './local-api.ts';

const main = fileURLToPath(new URL('../../../deploy/standalone/src/main.ts', import.meta.url));
const laterClock = new URL('./later-clock.ts', import.meta.url).href;

/** Huismeester as a process of its own, over all of its lives. */
export interface Program {
  /** Starts it, and waits until it is ready; `laterMs`: with a clock that is so much ahead. */
  start(options?: { laterMs?: number }): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** As an operator ends it. */
  end(): Promise<void>;
  /** All that it printed. */
  output(): string;
  readonly pid: number;
}

/** The program with these settings, not started yet; `api` is its local socket. */
export function programOf(settingsFile: string, api: LocalApi): Program {
  let child: Child | undefined;
  let printed = '';
  const stop = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    await child?.stop({ signal, graceMs: 15_000 });
    printed += child?.output() ?? '';
    child = undefined;
  };
  return {
    async start({ laterMs } = {}) {
      const later = laterMs === undefined ? [] : ['--import', laterClock];
      child = await startChild({
        name: 'huismeester',
        command: process.execPath,
        args: [...later, main, '--config', settingsFile],
        ...(laterMs !== undefined && { env: { CLOCK_AHEAD_MS: String(laterMs) } }),
      });
      await child.ready('huismeester answers', api.isReady, { timeoutMs: 60_000 });
    },
    kill: () => stop('SIGKILL'),
    end: () => stop('SIGTERM'),
    output: () => printed + (child?.output() ?? ''),
    get pid() {
      return child?.pid ?? 0;
    },
  };
}
