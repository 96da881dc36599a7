export type { Database, Orm, TransactionOptions, Tx } from './database.ts';
export {
  DatabaseLocked,
  DatabaseRefused,
  DatabaseUnavailable,
  DiskFull,
  EmbeddedDirectoryError,
  isDiskFull,
  isTransient,
  OuterConnectionInTransaction,
  QueryFailed,
  TransactionEnded,
} from './errors.ts';
export { createCommitBatch } from './group.ts';
export { MigrationMismatch, migrateSchema } from './migrate.ts';
export { type DatabaseSettings, openDatabase } from './open.ts';
export { rows } from './rows.ts';
export { isServerLocked, type ServerLock, takeServerLock } from './server-lock.ts';
export { afterCommit, allEnded, commitBehind, savepoint, statement } from './transaction.ts';
