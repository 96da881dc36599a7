/** Another process has the embedded database's directory open. */
export class DatabaseLocked extends Error {
  override readonly name = 'DatabaseLocked';
  readonly code = 'database-locked';
}

/** The embedded database's directory cannot be made or opened, or something else is in it; `cause` says what was met. */
export class EmbeddedDirectoryError extends Error {
  override readonly name = 'EmbeddedDirectoryError';
  readonly code = 'embedded-directory';
}

/** The outer connection, or another transaction, was used inside a transaction. */
export class OuterConnectionInTransaction extends Error {
  override readonly name = 'OuterConnectionInTransaction';
  readonly code = 'outer-connection-in-transaction';
}

/** A transaction was used after its commit or rollback: work in it was not awaited. */
export class TransactionEnded extends Error {
  override readonly name = 'TransactionEnded';
  readonly code = 'transaction-ended';
}

/** PostgreSQL refused a statement; the message has the statement but not its parameters, and `cause` PostgreSQL's error. */
export class QueryFailed extends Error {
  override readonly name = 'QueryFailed';
  readonly code = 'query-failed';

  constructor(statement: string, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(`${said}, in: ${statement}`, { cause });
  }
}

/** The database cannot be reached, refuses us, or went away; `cause` says how. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly code = 'database-unavailable';
}

/** PostgreSQL answers, and does not let us in: no such user or password. To ask again changes nothing. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
  readonly code = 'database-refused';
}

/** The database has no room left to write: nothing that was committed is lost, and what waits is done once there is. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
  readonly code = 'disk-full';
}

// Of PostgreSQL's appendix A: connection exceptions, a server that may only be read (a standby that has not taken over
// yet), a database that is not made yet or is just being replaced, lost races, no resources, an operator's doing, and faults
// of the machine below, which no statement is to blame for.
const transientStates = /^(08...|25006|3D000|40001|40P01|53...|55P03|57P0[1-5]|57014|58...)$/;
const diskFullState = '53100';

const connectionCodes = new Set([
  // postgres.js
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  // Node
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Whether the connection itself failed, as opposed to a query. Looks through causes: drizzle wraps errors. */
export function isConnectionError(error: unknown): boolean {
  return codes(error).some((code) => connectionCodes.has(code) || /^(08...|57P0[1-3]|53300)$/.test(code));
}

/** Whether the same work may well succeed when it is tried again. */
export function isTransient(error: unknown): boolean {
  return codes(error).some(
    (code) => code === 'database-unavailable' || connectionCodes.has(code) || transientStates.test(code),
  );
}

/** Whether the database could not write because its disk is full. */
export function isDiskFull(error: unknown): boolean {
  return codes(error).includes(diskFullState);
}

function codes(error: unknown): string[] {
  const found: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') found.push(each.code);
  }
  return found;
}
