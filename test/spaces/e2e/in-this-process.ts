import type { Clock } from '@huismeester/clock';
import { createLogger, loadSettings, type RunningProcess, runServices } from '@huismeester/service';
import { loadServices, version } from '@huismeester/standalone/space';
import { collectLines, waitFor } from '@huismeester/testkit';
import type { LocalApi } from './local-api.ts';
import type { Program } from './program.ts';

/**
 * The services of these settings in the process of the test, not started yet: for what is not about processes. It starts in
 * a tenth of the time that a process needs, most of which is to load the program. It cannot be killed.
 */
export function inThisProcess(settingsFile: string, api: LocalApi, clock?: Clock): Program {
  const printed = collectLines();
  let running: RunningProcess | undefined;
  return {
    async start() {
      const logger = createLogger({ level: 'info', destination: printed.stream });
      const options = { version: version(), logger, ...(clock && { clock }) };
      running = await runServices(await loadSettings(settingsFile), await loadServices(), options);
      await waitFor('it is ready', api.isReady, { timeoutMs: 60_000 });
    },
    async end() {
      await running?.close();
      running = undefined;
    },
    kill: () => Promise.reject(new Error('to kill it takes a process of its own')),
    output: printed.text,
    pids: [],
  };
}
