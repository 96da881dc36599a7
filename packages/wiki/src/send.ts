import type { Clock } from '@huismeester/clock';
import { Agent, type Dispatcher, request } from 'undici';
import { createCookies } from './cookies.ts';
import { connectionTrouble, WikiTrouble } from './trouble.ts';

export interface SenderOptions {
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

export interface Answered {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

export interface Sender {
  /** Sends one request. Throws {@link WikiTrouble}; rejects with its reason when the signal aborts. */
  send(params: Params, signal: AbortSignal): Promise<Answered>;
  /** Forgets who we are. */
  forget(): void;
  close(): Promise<void>;
}

/** MediaWiki's own limit of a result is 8 MB, before JSON's escapes. */
const mostBytes = 32 * 1024 * 1024;
/** Seconds that the replicas of its database may be behind; MediaWiki's advice for what nobody waits for. */
const maxlag = '5';

/** POST to one api.php with its cookies. Each request has a connection of its own: one that the server had given up would lose it. */
export function createSender({ api, ca, userAgent, timeoutMs, clock }: SenderOptions): Sender {
  const dispatcher = new Agent({
    pipelining: 0,
    allowH2: false,
    connect: { timeout: timeoutMs, ...(ca !== undefined && { ca }) },
  });
  const cookies = createCookies(clock);
  const post = (params: Params, signal: AbortSignal) => {
    const cookie = cookies.header();
    const headers = {
      'user-agent': userAgent,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(cookie !== '' && { cookie }),
    };
    const body = new URLSearchParams({ format: 'json', formatversion: '2', maxlag, ...params }).toString();
    const noLimits = { headersTimeout: 0, bodyTimeout: 0 };
    return request(api, { dispatcher, method: 'POST', headers, body, signal, ...noLimits });
  };
  return {
    async send(params, signal) {
      const deadline = new AbortController();
      const cancel = clock.after(timeoutMs, () => deadline.abort());
      try {
        const { headers, body, statusCode } = await post(params, AbortSignal.any([signal, deadline.signal]));
        cookies.take(headers['set-cookie']);
        return {
          status: statusCode,
          retryAfter: [headers['retry-after']].flat()[0],
          text: await textOf(body),
        };
      } catch (error) {
        signal.throwIfAborted();
        if (deadline.signal.aborted) throw new WikiTrouble('the wiki does not answer in time');
        throw error instanceof WikiTrouble ? error : connectionTrouble(error);
      } finally {
        cancel();
      }
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
