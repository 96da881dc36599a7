import type { Logger } from 'pino';
import type { Closing } from './closing.ts';
import { endProcess } from './end-process.ts';

/** How long a close may take before the process ends anyway. */
const defaultCloseMs = 10_000;

/**
 * Ends the process well on SIGINT and SIGTERM: 0 when everything closed in time, 1 with what hung when not; the same
 * signal a second time does not wait. An error that nobody caught is logged and ends it with 1: what state it left is not known.
 */
export function handleSignals(closing: Closing, logger: Logger, closeMs = defaultCloseMs): void {
  let ending = false;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (ending) endProcess(1);
    ending = true;
    logger.info({ signal }, 'closing');
    setTimeout(() => {
      logger.fatal({ part: closing.current(), waitedMs: closeMs }, 'part does not close; ending without it');
      endProcess(1);
    }, closeMs);
    try {
      await closing.close();
      logger.info({}, 'closed');
      endProcess(0);
    } catch {
      // Each failure was logged where it happened.
      endProcess(1);
    }
  };
  process.on('SIGINT', (signal) => void end(signal));
  process.on('SIGTERM', (signal) => void end(signal));
  const crash = (error: unknown) => {
    logger.fatal({ err: error }, 'error that nobody caught; ending');
    endProcess(1);
  };
  process.on('unhandledRejection', crash);
  process.on('uncaughtException', crash);
}
