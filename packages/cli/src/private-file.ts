import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { NotFine } from './errors.ts';

/** Writes a file whole or not at all, for nobody else to read (0600). Throws {@link NotFine}. */
export async function writePrivately(file: string, text: string): Promise<void> {
  const half = `${file}.${randomUUID()}`;
  try {
    await writeFile(half, text, { mode: 0o600, flag: 'wx' });
    await rename(half, file);
  } catch (cause) {
    await rm(half, { force: true });
    throw new NotFine(`${file} cannot be written (${codeOf(cause)})`, { cause });
  }
}

/** What the system calls the error, such as EACCES. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
