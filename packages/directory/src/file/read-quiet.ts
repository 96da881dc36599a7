import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DirectoryError } from '../directory.ts';

/** A file that was not written to for so long is whole, as far as can be told. */
const quietMs = 200;

/** What is written for longer than this is not waited for. */
const mostTries = 10;

/**
 * The text of a file that nobody is writing to: it was quiet for a moment, did not change while it was read, and ends with a line's end.
 * Rejects with a {@link DirectoryError} `bad-file`.
 */
export async function readQuiet(file: string, signal: AbortSignal): Promise<string> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    signal.throwIfAborted();
    const { text, ageMs, changed } = await readOnce(file);
    // A clock that was set back makes an age below 0.
    const wait = ageMs >= 0 && ageMs < quietMs ? quietMs - ageMs : 0;
    if (!changed && wait === 0) return whole(text, file);
    await sleep(wait, undefined, { signal });
  }
  throw new DirectoryError('bad-file', `${file}: it is being written to all the time`);
}

async function readOnce(file: string) {
  try {
    await using handle = await open(file);
    const before = await handle.stat();
    const text = await handle.readFile('utf8');
    const after = await handle.stat();
    return {
      text,
      ageMs: Date.now() - after.mtimeMs,
      changed: before.mtimeMs !== after.mtimeMs || before.size !== after.size,
    };
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed';
    throw new DirectoryError('bad-file', `${file}: it cannot be read (${code})`, { cause });
  }
}

function whole(text: string, file: string): string {
  if (text.endsWith('\n')) return text;
  throw new DirectoryError(
    'bad-file',
    `${file}:${text.split('\n').length}: found no end of the last line, allowed: a whole file, which ends with one`,
  );
}
