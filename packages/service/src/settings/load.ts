import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { SpaceSettings } from '@huismeester/contracts';
import { SettingsError } from './error.ts';
import { parseSettings } from './parse.ts';
import type { Unneeded } from './unread.ts';

/**
 * The settings of a site from its space.yaml; secrets that are not needed may be missing. Throws a SettingsError with all
 * problems, also when the file cannot be read.
 */
export async function loadSettings(
  file: string,
  env = process.env,
  unneeded: Unneeded = () => false,
): Promise<SpaceSettings> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const found = `no file that can be read (${cause.code ?? 'unreadable'})`;
    const allowed = 'a space.yaml; docs/space.example.yaml shows one';
    throw new SettingsError(file, [{ line: 0, path: '', found, allowed }], { cause });
  });
  return parseSettings(text, { file, env, readFile: (path) => readFileSync(path, 'utf8'), unneeded });
}
