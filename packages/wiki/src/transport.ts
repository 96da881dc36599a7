import { type Clock, pause } from '@huismeester/clock';
import { Agent, type Dispatcher, request } from 'undici';
import { createCookies } from './cookies.ts';
import { connectionTrouble, errorTrouble, WikiTrouble } from './trouble.ts';

export interface TransportOptions {
  /** The URL of api.php. */
  readonly api: string;
  /** The authority of its certificate, PEM, instead of the system's. */
  readonly ca?: string | undefined;
  readonly userAgent: string;
  /** How long one answer may take, ms. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

export type Params = Readonly<Record<string, string>>;
export type Body = Readonly<Record<string, unknown>>;

export interface Transport {
  /** The JSON object that the wiki answers, which is no error. Throws {@link WikiTrouble}; rejects with its reason when the signal aborts. */
  post(params: Params, signal?: AbortSignal): Promise<Body>;
  /** Forgets who we are. */
  forget(): void;
  close(): Promise<void>;
}

/** MediaWiki's own limit of a result is 8 MB, before JSON's escapes. */
const mostBytes = 32 * 1024 * 1024;
/** Where the wiki asks to come back later, we wait so long for one answer in all, ms; it is unknown after that. */
const longestWaitMs = 60_000;
/** A wiki that asks for more than this, ms, is asked again all the same. */
const longestPauseMs = 3_600_000;
/** Where it says busy and not how long, ms. */
const usualWaitMs = 5_000;
/** Seconds that the replicas of its database may be behind; MediaWiki's advice for what nobody waits for. */
const maxlag = '5';

interface Answered {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/**
 * POST to one api.php, one request at a time, as the API's etiquette asks. It waits where the wiki says so (Retry-After, maxlag), and asks nothing
 * before that time is over. Each request has a connection of its own: one that the server had given up would lose it.
 */
export function createTransport({ api, ca, userAgent, timeoutMs, clock }: TransportOptions): Transport {
  const dispatcher = new Agent({
    pipelining: 0,
    allowH2: false,
    connect: { timeout: timeoutMs, ...(ca !== undefined && { ca }) },
  });
  const cookies = createCookies(clock);
  let last: Promise<unknown> = Promise.resolve();
  /** By the monotonic clock: the wiki asked not to be asked before. */
  let notBefore = 0;

  async function once(params: Params, signal: AbortSignal | undefined): Promise<Answered> {
    const deadline = new AbortController();
    const cancel = clock.after(timeoutMs, () => deadline.abort());
    const cookie = cookies.header();
    const headers = {
      'user-agent': userAgent,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(cookie !== '' && { cookie }),
    };
    try {
      const answer = await request(api, {
        dispatcher,
        method: 'POST',
        headers,
        body: new URLSearchParams({ format: 'json', formatversion: '2', maxlag, ...params }).toString(),
        signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      cookies.take(answer.headers['set-cookie']);
      const retryAfter = answer.headers['retry-after'];
      const text = await textOf(answer.body);
      return { status: answer.statusCode, text, retryAfter: [retryAfter].flat()[0] };
    } catch (error) {
      signal?.throwIfAborted();
      if (deadline.signal.aborted) throw new WikiTrouble('the wiki does not answer in time');
      throw error instanceof WikiTrouble ? error : connectionTrouble(error);
    } finally {
      cancel();
    }
  }

  /** Waits until the wiki may be asked; throws where that takes longer than `left`, ms. */
  async function wait(left: number, signal: AbortSignal | undefined): Promise<number> {
    const ms = notBefore - clock.monotonicMs();
    if (ms <= 0) return left;
    if (ms > left) throw new WikiTrouble(`the wiki asks us to wait ${Math.ceil(ms / 1000)} s`);
    await pause(clock, ms, signal);
    signal?.throwIfAborted();
    return left - ms;
  }

  async function untilAnswered(params: Params, signal: AbortSignal | undefined): Promise<Body> {
    for (let left = longestWaitMs; ; ) {
      signal?.throwIfAborted();
      left = await wait(left, signal);
      const answered = await once(params, signal);
      const body = bodyOf(answered);
      if (body !== 'later') return body;
      notBefore = clock.monotonicMs() + waitMs(answered.retryAfter, clock);
    }
  }

  return {
    async post(params, signal) {
      const mine = last.then(() => untilAnswered(params, signal));
      last = mine.catch(() => undefined);
      return await mine;
    },
    forget: cookies.clear,
    close: () => dispatcher.destroy(),
  };
}

async function textOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      body.destroy();
      throw new WikiTrouble(`the answer of the wiki is bigger than ${mostBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
