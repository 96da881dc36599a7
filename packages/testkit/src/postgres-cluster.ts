import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { daemonPath } from './available.ts';

/** Who runs PostgreSQL. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The superuser of every cluster. */
export const user = 'huismeester';

const run = promisify(execFile);

/**
 * Makes an empty cluster. initdb takes a second of a core, so it is a copy of one that was made before and is kept in the
 * system's temporary folder, by the version that made it.
 */
export async function copyCluster(data: string, owner: Owner | undefined): Promise<void> {
  await run('cp', ['-a', await template(owner), data], { ...owner, cwd: tmpdir() });
}

/** PostgreSQL refuses to run as root; then the package's own user runs it. */
export async function ownerOf(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

let made: Promise<string> | undefined;

function template(owner: Owner | undefined): Promise<string> {
  made ??= makeTemplate(owner);
  return made;
}

async function makeTemplate(owner: Owner | undefined): Promise<string> {
  const { stdout } = await run(daemonPath('initdb'), ['--version']);
  const version = /\d+(\.\d+)*/.exec(stdout)?.[0] ?? 'unknown';
  const place = join(tmpdir(), `hm-postgres-${version}-${owner?.uid ?? process.getuid?.()}`);
  if (existsSync(place)) return place;
  const draft = await mkdtemp(`${place}-`);
  if (owner) await chown(draft, owner.uid, owner.gid);
  try {
    const settings = [
      '-U',
      user,
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ];
    await run(daemonPath('initdb'), ['-D', join(draft, 'data'), ...settings], { ...owner, cwd: draft });
    await rename(join(draft, 'data'), place);
  } catch (error) {
    // Another test process was first, and its cluster is as good.
    if (!existsSync(place)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return place;
}
