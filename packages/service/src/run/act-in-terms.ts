import type { Logger } from 'pino';
import type { Closing } from './closing.ts';
import type { Patience } from './patience.ts';
import type { Term } from './term.ts';

interface Surroundings {
  readonly patience: Patience;
  readonly logger: Logger;
  readonly closing: Closing;
  /** Hears why no later term can be begun, when waiting does not help. */
  readonly failed: (error: unknown) => void;
}

/** Begins a term, and another one whenever it is over; resolves once the first has begun, with its tokens. */
export async function actInTerms(
  begin: () => Promise<Term>,
  { patience, logger, closing, failed }: Surroundings,
): Promise<Term['tokens']> {
  const first = await patience.patiently(begin);
  let current = first;
  let ended = false;
  closing.add('services', async () => {
    ended = true;
    patience.close();
    await current.close();
  });
  const goOn = async (): Promise<void> => {
    while (!ended) {
      const reason = await current.over;
      if (ended) return;
      logger.warn({ reason }, 'no longer acting; beginning anew');
      await current.close().catch(() => {
        // Each failure was logged; what is left of it may not write any more.
      });
      current = await patience.patiently(begin);
      logger.info({}, 'acting again');
    }
    await current.close();
  };
  void goOn().catch(failed);
  return first.tokens;
}
