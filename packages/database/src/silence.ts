import { setImmediate as turn } from 'node:timers/promises';

/** Tells a server that is slow from one of which nothing is heard any more. */
export interface Silence {
  /** As the answer; rejects with a `ETIMEDOUT` when neither it, nor any other one, came for so long. */
  limit<T>(answer: Promise<T>, limitMs: number): Promise<T>;
}

/**
 * Of one connection, whose statements are answered one after the other: whoever waits behind others waits for as long as
 * those are answered.
 */
export function createSilence(): Silence {
  let heardAt = Number.NEGATIVE_INFINITY;
  const heard = () => {
    heardAt = performance.now();
  };
  return {
    async limit(answer, limitMs) {
      const askedAt = performance.now();
      const silent = Promise.withResolvers<never>();
      let timer: NodeJS.Timeout;
      let answered = false;
      const look = async (): Promise<void> => {
        // A process that was busy itself, or stopped, reads first what came meanwhile.
        await turn();
        await turn();
        if (answered) return;
        const leftMs = Math.max(askedAt, heardAt) + limitMs - performance.now();
        if (leftMs > 0) {
          timer = setTimeout(look, Math.ceil(leftMs));
          return;
        }
        const error = new Error(`the database said nothing for ${limitMs} ms`);
        silent.reject(Object.assign(error, { code: 'ETIMEDOUT' }));
      };
      timer = setTimeout(look, limitMs);
      answer.then(heard, heard);
      try {
        return await Promise.race([answer, silent.promise]);
      } finally {
        answered = true;
        clearTimeout(timer);
      }
    },
  };
}
