import type { ServerResponse } from 'node:http';
import type { LiveHeads } from '@huismeester/contracts';
import { createLoop } from '@huismeester/events';
import type { Clock, Going } from '@huismeester/service';

/** One that listens; `mayStay` is asked again and again whether the stream is still for whoever opened it. */
export interface Listener {
  readonly response: Pick<ServerResponse, 'write' | 'end' | 'destroy' | 'writableLength' | 'on'>;
  readonly mayStay: () => Promise<boolean>;
}

export interface Streams extends Going {
  add(listener: Listener): void;
  /** There are as many as there may be. */
  isFull(): boolean;
  /** Ends all of them, so that the server can close. */
  end(): void;
}

/** At most one message a second. */
const everyMs = 1_000;
/** So many rounds between two beats, and between two looks at who listens: silent sockets are closed after 30 s. */
const beatRounds = 10;
const lookRounds = 2;
const mostStreams = 500;
/** Who reads so little that this much waits is let go: they come back and fetch what they show, bytes. */
const mostWaiting = 64 * 1024;

/** Tells all listeners the heads of logs as they are now, when they change. Long, since its functions share who listens. */
export function createStreams({
  clock,
  heads,
  failed,
}: {
  readonly clock: Clock;
  readonly heads: () => LiveHeads;
  readonly failed: (error: unknown) => void;
}): Streams {
  const all = new Set<Listener>();
  let last = '';
  let round = 0;
  const drop = (listener: Listener): void => {
    all.delete(listener);
    listener.response.end();
  };
  const send = (listener: Listener, text: string): void => {
    if (listener.response.writableLength > mostWaiting) {
      all.delete(listener);
      listener.response.destroy();
    } else listener.response.write(text);
  };
  const message = (): string => `event: heads\ndata: ${JSON.stringify(heads())}\n\n`;
  const loop = createLoop({
    everyMs,
    clock,
    onError: failed,
    async pass() {
      round += 1;
      const newest = message();
      const text = newest === last ? (round % beatRounds === 0 ? ': beat\n\n' : '') : newest;
      last = newest;
      if (text !== '') for (const each of all) send(each, text);
      if (round % lookRounds === 0) await lookAt([...all], drop);
      return undefined;
    },
  });
  return {
    start: () => loop.start(),
    async close() {
      await loop.close();
      this.end();
    },
    add(listener) {
      all.add(listener);
      listener.response.on('close', () => all.delete(listener));
      listener.response.on('error', () => all.delete(listener));
      listener.response.write(`retry: 2000\n\n${message()}`);
    },
    isFull: () => all.size >= mostStreams,
    end() {
      for (const each of all) drop(each);
    },
  };
}

/** Those whose session or token has ended are let go; where it cannot be checked now nobody is. */
async function lookAt(all: readonly Listener[], drop: (listener: Listener) => void): Promise<void> {
  await Promise.all(
    all.map(async (each) => {
      if (!(await each.mayStay().catch(() => true))) drop(each);
    }),
  );
}
