import { parseArgs } from 'node:util';
import { endUnstarted, loadSettings } from '@huismeester/service';
import { welcome } from './banner.ts';
import { startSpace } from './space.ts';

const usage = `Usage: pnpm start [--config space.yaml]
Runs all services of Huismeester in one process; without a space.yaml, the demo space.`;

/** Runs the command line; what keeps it from starting goes to the standard error, and the process ends. */
export async function start(args: readonly string[]): Promise<void> {
  try {
    const options = { config: { type: 'string' }, help: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) process.stdout.write(`${usage}\n`);
    else if (values.config === undefined) {
      // Loaded here alone: a real site has no use for simulators.
      const { startDemo } = await import('./demo/demo.ts');
      process.stdout.write(welcome(await startDemo()));
    } else process.stdout.write(welcome(await startSpace(await loadSettings(values.config))));
  } catch (error) {
    endUnstarted(error);
  }
}
