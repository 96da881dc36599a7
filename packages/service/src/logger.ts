import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

const secretKeys = ['password', 'secret', 'community', 'authorization', 'cookie', 'token', 'auth', 'priv'];

/** At the top, or up to three levels down, in what is logged beside a message. */
const redacted = secretKeys.flatMap((key) => ['', '*.', '*.*.', '*.*.*.'].map((depth) => `${depth}${key}`));

/** Logs to the standard output: for people on a terminal, as JSON otherwise. The level is `LOG_LEVEL`'s, or info. */
export function createLogger(
  options: { level?: string; destination?: NodeJS.WritableStream & { isTTY?: boolean } } = {},
): Logger {
  const destination = options.destination ?? process.stdout;
  const settings = {
    level: options.level ?? process.env.LOG_LEVEL ?? 'info',
    redact: { paths: redacted, censor: '(secret)' },
  };
  const stream = destination.isTTY === true ? pretty({ destination, sync: true }) : destination;
  return pino(settings, stream);
}
