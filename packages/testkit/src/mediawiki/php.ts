import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { daemonPath } from '../available.ts';

const run = promisify(execFile);

/** Runs a PHP program, and gives what it printed; what it printed is in the error where it fails. */
export async function runPhp(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await run(daemonPath('php'), args, { env: { ...process.env, ...env } });
  return stdout;
}
