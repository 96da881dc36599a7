import {
  DatabaseLocked,
  DatabaseRefused,
  EmbeddedDirectoryError,
  MigrationMismatch,
} from '@huismeester/database';
import type { Logger } from 'pino';
import { CannotListen } from '../listeners/cannot-listen.ts';
import { LocalSocketError } from '../listeners/local-socket.ts';
import { createLogger } from '../logger.ts';
import { SettingsError } from '../settings/error.ts';
import { endProcess } from './end-process.ts';
import { ServiceNotConfigured } from './sources.ts';

/** The settings are those of one process for all services; the message says what to set for one each. */
export class NotForProcesses extends Error {
  override readonly name = 'NotForProcesses';
  readonly code = 'not-for-processes';
}

/** What the person who starts it can mend: their messages say how. */
const mendable = [
  CannotListen,
  DatabaseLocked,
  DatabaseRefused,
  EmbeddedDirectoryError,
  LocalSocketError,
  MigrationMismatch,
  NotForProcesses,
  ServiceNotConfigured,
];

/**
 * Why the process cannot start, in words for the person who starts it; undefined for what that person can do nothing
 * about: a fault of the program, of which the whole error is to be shown.
 */
export function startFailure(error: unknown): string | undefined {
  if (error instanceof SettingsError) return error.message;
  return error instanceof Error && mendable.some((each) => error instanceof each)
    ? `Huismeester cannot start: ${error.message}.`
    : undefined;
}

/**
 * Ends the process, with the reason on standard error: 64 for a command line that makes no sense, or else 1. A
 * fault of the program is logged with all that is known of it.
 */
export function endUnstarted(error: unknown, logger: Logger = createLogger()): never {
  const why = isUsageError(error) ? error.message : startFailure(error);
  if (why === undefined) logger.fatal({ err: error }, 'cannot start');
  else process.stderr.write(`${why}\n`);
  endProcess(isUsageError(error) ? 64 : 1);
}

function isUsageError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
