import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { home } from './sources.ts';

/** Where builds are kept: each is a folder that is named by the hash of what it was made of. */
const usual = join(home, 'dist');
/** So many builds of before stay: a process that runs still serves the one that it began with. */
const most = 4;
/** What begins so is being made; after so long whoever made it was killed. */
const unfinished = '.making-';
const unfinishedMs = 3_600_000;

export function folderOf(hash: string, dist = usual): string {
  return join(dist, hash);
}

/** Whether there is a build of these sources, whole. */
export async function isBuilt(hash: string, dist = usual): Promise<boolean> {
  return await stat(folderOf(hash, dist)).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Has a build made in a folder beside, and named once it is whole: whoever reads finds all of it or nothing, also when two
 * make it at once, or one of them is killed.
 */
export async function publish(
  hash: string,
  make: (directory: string) => Promise<void>,
  dist = usual,
): Promise<void> {
  const beside = join(dist, `${unfinished}${randomUUID()}`);
  await mkdir(beside, { recursive: true });
  try {
    await make(beside);
    await rename(beside, folderOf(hash, dist)).catch(async (error: unknown) => {
      // Another one was first, with the same.
      if (!(await isBuilt(hash, dist))) throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  await tidy(dist, hash);
}

async function tidy(dist: string, newest: string): Promise<void> {
  const names = (await readdir(dist)).filter((name) => name !== newest);
  const found = await Promise.all(
    names.map(async (name) => {
      const at = await stat(join(dist, name)).catch(() => undefined);
      return { name, at: at?.mtimeMs ?? Date.now() };
    }),
  );
  const [making, builds] = [true, false].map((is) =>
    found.filter(({ name }) => name.startsWith(unfinished) === is).sort((one, other) => other.at - one.at),
  );
  const old = [
    ...(making ?? []).filter(({ at }) => at < Date.now() - unfinishedMs),
    ...(builds ?? []).slice(most),
  ];
  await Promise.all(old.map(({ name }) => rm(join(dist, name), { recursive: true, force: true })));
}
