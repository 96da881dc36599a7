import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempDir {
  path: string;
  remove(): Promise<void>;
}

/** Makes an empty folder for one test. The name stays short: a Unix socket's path may have 107 bytes. */
export async function tempDir(purpose = 'test', parent = tmpdir()): Promise<TempDir> {
  const path = await mkdtemp(join(parent, `hm-${purpose}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
