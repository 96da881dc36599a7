import { createLogger } from '../../src/logger.ts';
import { createClosing } from '../../src/process/closing.ts';
import { handleSignals } from '../../src/process/signals.ts';

/** A process that handles signals, with a part that closes, hangs or fails, or that goes wrong by itself. */
const [kind] = process.argv.slice(2);
const logger = createLogger();
const closing = createClosing(logger);
handleSignals(closing, logger, 300);
closing.add('first', () => logger.info({}, 'first closed'));
closing.add('second', async () => {
  if (kind === 'hangs') await new Promise(() => {});
  if (kind === 'fails') throw new Error('no');
});
setInterval(() => {}, 1_000);
if (kind === 'rejects') void Promise.reject(new Error('nobody caught this'));
logger.info({}, 'up');
