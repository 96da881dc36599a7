import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { ProbeOf } from '@huismeester/contracts';
import type { Attempt, Good } from '../attempt.ts';
import { LookFailure } from '../failure.ts';
import { hostProbe } from '../host.ts';
import type { ProbeMaker } from '../look.ts';
import { openTcp } from '../tcp.ts';
import { parseTarget, secure } from '../tls.ts';

type Settings = ProbeOf<'http'>;

/** Of a page no more is read than this. */
const mostBody = 1024 * 1024;

/**
 * One GET of a page, over a connection of its own. Its latency ends with the head of the answer: of the body no more is read
 * than until the text is found, and nothing where none is wanted.
 */
export const http: ProbeMaker<ProbeOf<'http'>> = (settings, around) => {
  const { url, host } = parseTarget(settings);
  const target = { url, host, auth: authOf(url) };
  return hostProbe(host, settings, around, (attempt) => get(attempt, target, settings));
};

interface Target {
  readonly url: URL;
  readonly host: string;
  readonly auth: string | undefined;
}

/** The user and password of an address. Throws a {@link LookFailure} where they are not percent-encoded as they must be. */
function authOf({ username, password }: URL): string | undefined {
  if (username === '') return undefined;
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch (cause) {
    // The cause is a URIError, which does not name what it could not decode.
    throw new LookFailure('not-allowed-here', 'user or password of the URL: a % that encodes nothing', {
      cause,
    });
  }
}

async function get(attempt: Attempt, { url, host, auth }: Target, settings: Settings): Promise<Good> {
  const encrypted = url.protocol === 'https:';
  const tcp = await openTcp(attempt, Number(url.port || (encrypted ? 443 : 80)));
  const socket = encrypted ? await secure(attempt, tcp, host, settings) : tcp;
  const answer = await ask(attempt, socket, { url, auth });
  const latencyMs = attempt.elapsedMs();
  const status = answer.statusCode ?? 0;
  if (!settings.status.includes(status)) throw new LookFailure('wrong-answer', String(status));
  const { contains } = settings;
  if (contains !== undefined && !(await holds(answer, Buffer.from(contains))))
    throw new LookFailure('wrong-answer', 'text not found');
  return { latencyMs, detail: String(status) };
}

function ask(
  attempt: Attempt,
  socket: Socket,
  { url, auth }: Pick<Target, 'url' | 'auth'>,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asking = request({
    createConnection: () => socket,
    host: url.hostname,
    path: `${url.pathname}${url.search}`,
    headers: {
      host: url.host,
      'user-agent': 'huismeester-probe',
      accept: '*/*',
      'accept-encoding': 'identity',
      connection: 'close',
    },
    ...(auth !== undefined && { auth }),
  });
  attempt.whenOver(() => asking.destroy());
  asking.on('error', reject);
  asking.once('response', resolve);
  asking.end();
  return promise;
}

/** Whether a text is in the first part of the answer; rejects where the answer breaks off before its end. */
async function holds(answer: IncomingMessage, wanted: Buffer): Promise<boolean> {
  let read = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    const part = chunk.subarray(0, mostBody - read);
    read += part.length;
    const window = Buffer.concat([tail, part]);
    if (window.includes(wanted)) return true;
    if (read >= mostBody) return false;
    // So much as a text that begins in this part and ends in the next can have here.
    tail = window.subarray(Math.max(0, window.length - wanted.length + 1));
  }
  return false;
}
