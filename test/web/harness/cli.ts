import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const main = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
const run = promisify(execFile);

/** What the command line says to these arguments; throws where it fails. */
export async function cli(args: readonly string[], { cwd = '.' } = {}): Promise<string> {
  const { stdout } = await run(process.execPath, [main, ...args], { cwd });
  return stdout;
}
