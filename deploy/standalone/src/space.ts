import { readFileSync } from 'node:fs';
import type { SpaceSettings } from '@huismeester/contracts';
import { createPolicy } from '@huismeester/policy';
import { type RunningProcess, type RunOptions, runServices } from '@huismeester/service';
import { createUpsMonitor } from '@huismeester/ups-monitor';
import { createVmLifecycle } from '@huismeester/vm-lifecycle';

/** All that there are. */
export const services = {
  'ups-monitor': createUpsMonitor,
  'vm-lifecycle': createVmLifecycle,
  policy: createPolicy,
};

/** A space that runs, and what a person needs to know to look at it. */
export interface RunningSpace extends RunningProcess {
  readonly settings: SpaceSettings;
  readonly demo: boolean;
}

/** Runs all services in this process, until a signal ends it. */
export async function startSpace(
  settings: SpaceSettings,
  options: Pick<RunOptions, 'extraRoutes'> & { demo?: boolean } = {},
): Promise<RunningSpace> {
  const { demo = false, ...rest } = options;
  const running = await runServices(settings, services, { ...rest, version: version(), handleSignals: true });
  return { ...running, settings, demo };
}

/** Of the whole program. */
export function version(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
