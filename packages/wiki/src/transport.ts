import { type Clock, pause } from '@huismeester/clock';
import type { Answered, Params, Sender } from './send.ts';
import { errorTrouble, WikiTrouble } from './trouble.ts';

export type Body = Readonly<Record<string, unknown>>;

export interface Transport {
  /** The JSON object that the wiki answers, which is no error. Throws {@link WikiTrouble}; rejects with its reason when the signal aborts. */
  post(params: Params, signal?: AbortSignal): Promise<Body>;
  /** Ends what is asked and what waits. */
  close(): Promise<void>;
}

/** Where the wiki asks to come back later, we wait so long for one answer in all, ms; it is unknown after that. */
const longestWaitMs = 60_000;
/** A wiki that asks for more than this, ms, is asked again all the same. */
const longestPauseMs = 3_600_000;
/** Where it says busy and not how long, ms. */
const usualWaitMs = 5_000;

/** What all clients of one wiki in this process have in common. */
interface Turns {
  last: Promise<unknown>;
  /** By the monotonic clock: the wiki asked not to be asked before. */
  notBefore: number;
}

/** By the clock, since what is shared are its times. */
const turns = new WeakMap<Clock, Map<string, Turns>>();

function turnsOf(api: string, clock: Clock): Turns {
  const ofClock = turns.get(clock) ?? new Map<string, Turns>();
  turns.set(clock, ofClock);
  const found = ofClock.get(api) ?? { last: Promise.resolve(), notBefore: 0 };
  ofClock.set(api, found);
  return found;
}

/**
 * One request at a time, as the API's etiquette asks, of all clients of this api.php together. It waits where the wiki says so (Retry-After, maxlag), and
 * asks nothing before that time is over.
 */
export function createTransport(
  sender: Pick<Sender, 'send' | 'close'>,
  { api, clock }: { readonly api: string; readonly clock: Clock },
): Transport {
  const closing = new AbortController();
  const shared = turnsOf(api, clock);
  let last: Promise<unknown> = Promise.resolve();

  async function untilAnswered(params: Params, signal: AbortSignal): Promise<Body> {
    for (let left = longestWaitMs; ; ) {
      signal.throwIfAborted();
      const ms = shared.notBefore - clock.monotonicMs();
      if (ms > left) throw new WikiTrouble(`the wiki asks us to wait ${Math.ceil(ms / 1000)} s`);
      if (ms > 0) {
        await pause(clock, ms, signal);
        signal.throwIfAborted();
        left -= ms;
      }
      const answered = await sender.send(params, signal);
      const body = bodyOf(answered);
      if (body !== 'later') return body;
      shared.notBefore = clock.monotonicMs() + waitMs(answered.retryAfter, clock);
    }
  }

  return {
    async post(params, given) {
      const signal = given ? AbortSignal.any([given, closing.signal]) : closing.signal;
      const mine = shared.last.then(() => untilAnswered(params, signal));
      last = mine.catch(() => undefined);
      shared.last = last;
      return await mine;
    },
    async close() {
      closing.abort(new WikiTrouble('the client of the wiki was closed'));
      await last;
      await sender.close();
    },
  };
}

/** What was answered; `later`: ask again after a while. */
function bodyOf({ status, text, retryAfter }: Answered): Body | 'later' {
  if (status === 429 || (status === 503 && retryAfter !== undefined)) return 'later';
  if (status !== 200) throw new WikiTrouble(`the wiki answers with HTTP ${status}`);
  const body = parsed(text);
  if (body === undefined) {
    const found = text.trimStart().startsWith('<') ? 'HTML' : 'no JSON object';
    throw new WikiTrouble(`what answers is not MediaWiki’s API: it gives ${found}`);
  }
  if (!('error' in body)) return body;
  const { error } = body;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'maxlag') return 'later';
  throw errorTrouble(code);
}

function parsed(text: string): Body | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isBody(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isBody(body: unknown): body is Body {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function waitMs(retryAfter: string | undefined, clock: Clock): number {
  if (retryAfter === undefined) return usualWaitMs;
  const seconds = Number(retryAfter);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - clock.now().getTime() : seconds * 1000;
  return Number.isNaN(ms) ? usualWaitMs : Math.min(Math.max(ms, 1000), longestPauseMs);
}
