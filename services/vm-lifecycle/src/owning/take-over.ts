import type { TaskHandler } from '@huismeester/events';
import type { Parts } from '../parts.ts';

/** What follows when somebody took over a VM, each in a transaction of its own; may be done twice. */
export type AfterTakeOver = (ownership: string) => Promise<void>;

/** The durable task that does what follows: an aggregate more, each, than the command may lock. */
export function takeOverTask(ownership: string) {
  return { kind: 'take-over', key: ownership };
}

/** Does all that follows, in order: its project begins, and the lease of one that runs. */
export function takeOverHandler(
  { logger }: Pick<Parts, 'logger'>,
  follows: readonly AfterTakeOver[],
): TaskHandler {
  return async ({ key }) => {
    for (const follow of follows) await follow(key);
    logger.info({ ownership: key }, 'somebody took over a VM');
  };
}
