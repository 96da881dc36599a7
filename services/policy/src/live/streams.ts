import type { ServerResponse } from 'node:http';
import type { LiveHeads } from '@huismeester/contracts';
import { createLoop } from '@huismeester/events';
import type { Clock, Going } from '@huismeester/service';

/** Somebody who opened a stream; `mayStay` is asked again and again whether it is still for them. */
export interface Listener {
  readonly response: Pick<ServerResponse, 'write' | 'end' | 'destroy' | 'writableLength' | 'on'>;
  readonly mayStay: () => Promise<boolean>;
}

export interface Streams extends Going {
  /** Sends the heads at once, and as they change; the header of the response was written. */
  add(listener: Listener): void;
  /** There are as many as there may be, or they were ended. */
  isFull(): boolean;
  /** Heads may have changed: whoever got none in the last second gets them within a quarter of a second. */
  wake(): void;
  /** Ends all of them for good, so that the server can close. */
  end(): void;
}

/** No stream has more than one message in this time, ms. */
const everyMs = 1_000;
/**
 * Each stream hears of a change by its own delay, from the first to the last of these, ms: what follows from the change (a VM is asked to go off) comes first,
 * and not all pages ask for all that they show at the same moment.
 */
const delays = { from: 50, to: 250, step: 25 };
/** The server closes a socket that is silent for 30 s, and so may what stands in between, ms. */
const beatMs = 10_000;
/** How often it is looked whether each stream is still for whoever opened it, ms. */
const lookMs = 1_000;
const mostStreams = 500;
/** What may wait for one who does not read, bytes: over a minute of messages. They come back, and fetch what they show. */
const mostWaiting = 16 * 1024;

interface Stream extends Listener {
  /** How long a change waits for it, ms. */
  readonly delayMs: number;
  /** When it is due what has changed, ms of the monotonic clock; undefined while it was told all. */
  dueAt: number | undefined;
  /** The message that it got last. */
  said: string;
  /** When that was, and when it got a beat, ms of the monotonic clock. */
  saidAt: number;
  beatAt: number;
}

/** One loop for all streams. Long, since its functions share who listens. */
export function createStreams({
  clock,
  heads,
  failed,
}: {
  readonly clock: Clock;
  readonly heads: () => LiveHeads;
  readonly failed: (error: unknown) => void;
}): Streams {
  const all = new Set<Stream>();
  let delayMs = delays.from;
  let isEnded = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  const message = (): string => `event: heads\ndata: ${JSON.stringify(heads())}\n\n`;
  const drop = (stream: Stream): void => {
    all.delete(stream);
    stream.response.end();
  };
  const send = (stream: Stream, text: string): void => {
    if (stream.response.writableLength > mostWaiting) {
      all.delete(stream);
      stream.response.destroy();
    } else stream.response.write(text);
  };
  /** Sends what a stream is due; in how many ms it is due something that waits, if anything does. */
  const serve = (stream: Stream, newest: string, now: number): number => {
    if (now - stream.beatAt >= beatMs) {
      stream.beatAt = now;
      send(stream, ': beat\n\n');
    }
    if (newest === stream.said) return everyMs;
    stream.dueAt ??= Math.max(now + stream.delayMs, stream.saidAt + everyMs);
    if (stream.dueAt > now) return stream.dueAt - now;
    Object.assign(stream, { said: newest, saidAt: now, dueAt: undefined });
    send(stream, newest);
    return everyMs;
  };
  const look = async (): Promise<void> => {
    const found = await Promise.all([...all].map(async (each) => ((await mayStay(each)) ? [] : [each])));
    for (const each of found.flat()) drop(each);
  };
  const loop = createLoop({
    everyMs,
    clock,
    onError: failed,
    async pass() {
      const now = clock.monotonicMs();
      if (now - lookedAt >= lookMs && looking === undefined) {
        lookedAt = now;
        // No message waits for the database.
        looking = look().finally(() => {
          looking = undefined;
        });
      }
      if (all.size === 0) return undefined;
      const newest = message();
      return Math.min(...[...all].map((each) => serve(each, newest, now)));
    },
  });
  const end = (): void => {
    isEnded = true;
    for (const each of all) drop(each);
  };
  return {
    start: () => loop.start(),
    async close() {
      await loop.close();
      await looking;
      end();
    },
    wake() {
      if (all.size > 0) loop.wake();
    },
    add(listener) {
      const { response } = listener;
      const now = clock.monotonicMs();
      const stream = { ...listener, delayMs, dueAt: undefined, said: message(), saidAt: now, beatAt: now };
      delayMs = delayMs < delays.to ? delayMs + delays.step : delays.from;
      all.add(stream);
      response.on('close', () => all.delete(stream));
      response.on('error', () => all.delete(stream));
      response.write(`retry: 2000\n\n${stream.said}`);
    },
    isFull: () => isEnded || all.size >= mostStreams,
    end,
  };
}

/** Where it cannot be found out now (the database does not answer) everybody may. */
async function mayStay(stream: Stream): Promise<boolean> {
  return await stream.mayStay().catch(() => true);
}
