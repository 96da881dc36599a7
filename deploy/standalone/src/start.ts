import { parseArgs } from 'node:util';
import { endUnstarted, loadSettings } from '@huismeester/service';
import { openPage } from '@huismeester/web/build';
import { welcome } from './banner.ts';
import { pageLine } from './page.ts';
import { type RunningSpace, startSpace } from './space.ts';

const usage = `Usage: pnpm start [--config space.yaml]
Runs all services of Huismeester in one process; without a space.yaml, the demo space.`;

/** Runs the command line; what keeps it from starting goes to the standard error, and the process ends. */
export async function start(args: readonly string[]): Promise<void> {
  try {
    const options = { config: { type: 'string' }, help: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) process.stdout.write(`${usage}\n`);
    else {
      const running = await run(values.config);
      process.stdout.write(welcome(running, await pageLine(running)));
    }
  } catch (error) {
    endUnstarted(error);
  }
}

/** Runs the space of these settings, or the demo's. The page is built meanwhile. */
async function run(config: string | undefined): Promise<RunningSpace> {
  if (config !== undefined) {
    const settings = await loadSettings(config);
    return await startSpace(settings, { page: openPage() });
  }
  const page = openPage();
  // Loaded here alone: a real site has no use for simulators.
  const { startDemo } = await import('./demo/demo.ts');
  return await startDemo(page);
}
