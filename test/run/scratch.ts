import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
/** Linux's magic number of tmpfs (statfs(2)). */
const tmpfs = 0x01021994;
/** Several times what the tests of a run have at once. */
const enoughBytes = 4 * 1024 ** 3;

/**
 * A folder for what the tests write, databases above all: in memory where there is plenty, since the disk takes a third of their CPU time,
 * and its stalls make them wait.
 */
export async function scratchDir(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join((await hasRoom(memory)) ? memory : tmpdir(), 'hm-'));
  // PostgreSQL's user must be able to reach its own folder in it.
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function hasRoom(dir: string): Promise<boolean> {
  try {
    const { type, bavail, bsize } = await statfs(dir);
    return type === tmpfs && bavail * bsize >= enoughBytes;
  } catch {
    return false;
  }
}
