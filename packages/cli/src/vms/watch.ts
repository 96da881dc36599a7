import type { Api } from '../api.ts';
import { isAway, pause } from '../events/follow.ts';

interface Watch<T> {
  readonly api: Pick<Api, 'place'>;
  readonly read: () => Promise<T>;
  /** Of each reading. */
  readonly show: (found: T) => void;
  readonly isOver: (found: T) => boolean;
  /** Reports that Huismeester is away, or back. */
  readonly note: (text: string) => void;
  /** The person has seen enough. */
  readonly signal: AbortSignal;
  readonly everyMs?: number;
}

/**
 * Reads something again and again until it is over, and gives the last reading; undefined when the person stopped looking before. A Huismeester
 * that is away is waited for: what it does goes on when it is back.
 */
export async function watch<T>(options: Watch<T>): Promise<T | undefined> {
  const { api, read, show, isOver, note, signal, everyMs = 300 } = options;
  let away = false;
  while (!signal.aborted) {
    try {
      const found = await read();
      if (away) note(`${api.place} answers again`);
      away = false;
      show(found);
      if (isOver(found)) return found;
    } catch (error) {
      if (!isAway(error)) throw error;
      if (!away) note(`${api.place} does not answer: waiting for it`);
      away = true;
    }
    await pause(everyMs, signal);
  }
  return undefined;
}

/** In place of the shell where nobody wants to look how it goes (`--no-wait`). */
export const notWaiting = { untilStopped: () => AbortSignal.abort() };
