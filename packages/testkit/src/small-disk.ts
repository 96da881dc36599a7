import { execFile, execFileSync } from 'node:child_process';
import { chmod, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tempDir } from './temp-dir.ts';

const run = promisify(execFile);
const megabyte = 1024 * 1024;

/** A file system of its own, in memory, that a test can fill. */
export interface SmallDisk {
  readonly path: string;
  /** Leaves no byte free. */
  fill(): Promise<void>;
  /** Frees what `fill` took. */
  free(): Promise<void>;
  close(): Promise<void>;
}

/** Mounts one of so many megabytes, in which everybody may write. */
export async function startSmallDisk(megabytes: number): Promise<SmallDisk> {
  const dir = await tempDir('disk');
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir.path]);
  await chmod(dir.path, 0o777);
  const ballast = join(dir.path, 'ballast');
  return {
    path: dir.path,
    fill: () => fill(ballast),
    free: () => rm(ballast, { force: true }),
    async close() {
      // What still has a file open there keeps it until it ends.
      await run('umount', ['--lazy', dir.path]);
      await dir.remove();
    },
  };
}

async function fill(ballast: string): Promise<void> {
  const file = await open(ballast, 'a');
  try {
    for (let size = megabyte; size >= 1; ) {
      const { bytesWritten } = await file.write(Buffer.alloc(size)).catch(noSpace);
      if (bytesWritten < size) size = Math.floor(size / 2);
    }
  } finally {
    await file.close();
  }
}

function noSpace(error: unknown): { bytesWritten: number } {
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return { bytesWritten: 0 };
  throw error;
}

let mayMount: boolean | undefined;

/** For `describe.skipIf`: only root may mount, and not in every container. */
export function skipWithoutSmallDisk(): boolean {
  mayMount ??= tryToMount();
  return !mayMount;
}

function tryToMount(): boolean {
  // In a mount namespace of its own, which ends with it.
  const script = `mount -t tmpfs -o size=1m tmpfs ${tmpdir()}`;
  try {
    execFileSync('/usr/bin/unshare', ['--mount', 'sh', '-c', script], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
