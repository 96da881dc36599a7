import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseLocked } from './errors.ts';

export interface DirectoryLock {
  release(): void;
}

const sqliteBusy = 5;

/**
 * Takes the lock of an embedded database's directory, or throws {@link DatabaseLocked}. The kernel releases it with the
 * process, however that ends: it is the lock that SQLite holds on `<dir>.lock`.
 */
export function lockDirectory(dir: string): DirectoryLock {
  const path = `${dir}.lock`;
  // A file of its own: to open and close the locked file in this process would drop the process's lock on it (fcntl).
  const owner = `${dir}.pid`;
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    // In this mode SQLite keeps the lock after the commit, until the file is closed.
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; PRAGMA user_version = 1; COMMIT');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new DatabaseLocked(
      `the embedded database ${dir} is open in process ${readOwner(owner)}, most likely a Huismeester that already runs; one process at a time may open it: use that one, or end it, or name another directory (database.embedded.dir; of a demo, the directory that it is started in)`,
      { cause: error },
    );
  }
  writeFileSync(owner, `${process.pid}\n`);
  return {
    release() {
      rmSync(owner, { force: true });
      lock.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === sqliteBusy;
}

function readOwner(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim() || '(unknown)';
  } catch {
    // The other process holds the lock but has not written its id yet, or just removed it.
    return '(unknown)';
  }
}
