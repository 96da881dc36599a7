import { rmSync } from 'node:fs';
import { chmod, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
/** Linux's magic number of tmpfs (statfs(2)). */
const tmpfs = 0x01021994;
/** Several times what the tests of a run have at once. */
const enoughBytes = 4 * 1024 ** 3;

/**
 * A folder for what the tests write, databases above all: in memory where there is plenty, since the disk takes a third of their CPU time,
 * and its stalls make them wait. It is removed when this process ends, by a signal too: memory is not a place to leave things in.
 */
export async function scratchDir(): Promise<string> {
  const path = await mkdtemp(join((await hasRoom(memory)) ? memory : tmpdir(), 'hm-'));
  // PostgreSQL's user must be able to reach its own folder in it.
  await chmod(path, 0o755);
  process.once('exit', () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  return path;
}

async function hasRoom(dir: string): Promise<boolean> {
  try {
    const { type, bavail, bsize } = await statfs(dir);
    return type === tmpfs && bavail * bsize >= enoughBytes;
  } catch {
    return false;
  }
}
