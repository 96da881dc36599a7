import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Surroundings } from '../target.ts';
import { yamlText } from './yaml-text.ts';

export interface Secret {
  /** Undefined when there is none yet. */
  readonly value: string | undefined;
  /** How the YAML refers to it. */
  readonly reference: string;
}

const variable = 'PVE_OPERATE_SECRET';

/** The secret of a file, or else of the environment. Throws a {@link UsageError}. */
export async function secretOf(
  file: string | undefined,
  { env, cwd }: Pick<Surroundings, 'env' | 'cwd'>,
): Promise<Secret> {
  if (file === undefined) return { value: env[variable] || undefined, reference: `"\${${variable}}"` };
  const path = resolve(cwd, file);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`--secret-file ${path} cannot be read (${cause.code ?? cause.message})`, { cause });
  });
  const value = text.trim();
  if (value === '') throw new UsageError(`--secret-file ${path} is empty: it holds the secret of the token`);
  return { value, reference: `{ file: ${yamlText(path)} }` };
}
