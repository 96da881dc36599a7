import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackDirectory } from './archive.ts';
import { EmbeddedDirectoryError } from './errors.ts';

// What PGlite's own initdb makes, which takes seconds; template/make.ts packs it.
const template = new URL('../template/cluster.br', import.meta.url);

/**
 * Makes an empty database in the directory, if there is none; whoever calls this holds the directory's lock. It is made
 * beside it and moved there whole: a start that is killed leaves nothing that the next one would take for a database.
 * Throws an {@link EmbeddedDirectoryError} when something else is there.
 */
export async function makeCluster(dir: string): Promise<void> {
  // The first thing that PostgreSQL itself looks for.
  if (existsSync(join(dir, 'PG_VERSION'))) return;
  if (existsSync(dir) && (await readdir(dir)).length > 0) {
    throw new EmbeddedDirectoryError(
      `${dir} is not empty and holds no database; name another directory, or empty it`,
    );
  }
  const draft = `${dir}.new`;
  await rm(draft, { recursive: true, force: true });
  await unpackDirectory(template, draft);
  await rename(draft, dir);
}
