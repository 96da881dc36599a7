import { readFileSync } from 'node:fs';
import { type SpaceSettings, serviceNames } from '@huismeester/contracts';
import { type RunningProcess, type RunOptions, runServices, type Services } from '@huismeester/service';
import type { OpenedPage } from '@huismeester/web/build';

/** All that there are. The package of each has its name, exports `create`, and is a dependency of this one. */
export async function loadServices(): Promise<Services> {
  const entries = serviceNames.map(async (name) => [name, (await import(`@huismeester/${name}`)).create]);
  return Object.fromEntries(await Promise.all(entries));
}

/** A space that runs, and what a person needs to know to look at it. */
export interface RunningSpace extends RunningProcess {
  readonly settings: SpaceSettings;
  readonly demo: boolean;
  readonly page: OpenedPage;
}

/** Runs all services in this process, until a signal ends it. */
export async function startSpace(
  settings: SpaceSettings,
  options: Pick<RunOptions, 'extraRoutes'> & { demo?: boolean; page: OpenedPage },
): Promise<RunningSpace> {
  const { demo = false, page, ...rest } = options;
  const running = await runServices(settings, await loadServices(), {
    ...rest,
    page,
    version: version(),
    demo,
    handleSignals: true,
  });
  return { ...running, settings, demo, page };
}

/** Of the whole program. */
export function version(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
