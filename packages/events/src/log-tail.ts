import type { StoredEvent } from '@huismeester/contracts';

/** The newest events of a log, which those that follow it are about to read. */
export interface LogTail {
  /** Keeps what was committed last. */
  add(appended: readonly StoredEvent[]): void;
  /** At most `limit` events from the one after this position on, without a gap; undefined when that one is not kept. */
  after(position: number, limit: number): StoredEvent[] | undefined;
  /** Keeps nothing of what was added until now. */
  clear(): void;
}

/** Each reader is woken by each append, so that it hardly ever asks for more than a commit's worth. */
const mostKept = 200;

/**
 * Keeps the events that this process appended last, so that publisher and consumers, who all read them at the same moment, need not
 * query for them. It says only what is there: whether there is more, of another process perhaps, the database alone knows.
 */
export function createLogTail(): LogTail {
  let kept: StoredEvent[] = [];
  const next = () => (kept.at(-1)?.position ?? 0) + 1;
  return {
    add(appended) {
      // The answers of two commits can overtake each other.
      if (appended[0]?.position !== next()) kept = [];
      kept = [...kept, ...appended].slice(-mostKept);
    },
    after(position, limit) {
      const [first] = kept;
      if (!first || position + 1 < first.position || position + 1 >= next()) return undefined;
      const begin = position + 1 - first.position;
      return kept.slice(begin, begin + limit);
    },
    clear() {
      kept = [];
    },
  };
}
