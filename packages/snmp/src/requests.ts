import { createAgentAddress } from './agent-address.ts';
import { agentError, type SnmpError, type SnmpErrorCode } from './errors.ts';
import type { Ask } from './library-types.ts';
import { type Outcome, openSession, type Session, type SessionOptions } from './session.ts';
import type { Varbind } from './value.ts';

export type Answer =
  | { readonly lists: Varbind[][] /** How large the message was. */; readonly bytes: number }
  | { readonly noSuchName: string | undefined };

/** One agent's requests, one after the other. */
export interface Requests {
  /** Throws {@link SnmpError}, or the signal's reason. */
  ask(ask: Ask, options: { attempts: number; signal: AbortSignal | undefined }): Promise<Answer>;
  close(): void;
}

/** A request, and the session in which it is in flight. */
interface Request {
  readonly ask: Ask;
  readonly attempts: number;
  readonly signal: AbortSignal | undefined;
  session?: Session | undefined;
}

/** After so many requests in a row that failed, the next one begins anew: the name, and what v3 knew of the engine. */
const failuresToRenew = 3;

export function createRequests(options: SessionOptions): Requests {
  const sessions = createSessions(options);
  let failures = 0;
  let last: Promise<unknown> = Promise.resolve();
  const fail = (code: SnmpErrorCode, cause?: unknown): SnmpError =>
    agentError(code, `the SNMP agent ${options.host}:${options.port}`, cause);

  async function attempt(request: Request): Promise<Answer> {
    let renewed = false;
    for (let left = request.attempts; ; ) {
      request.signal?.throwIfAborted();
      if (sessions.closed) throw fail('closed');
      const session = await sessions.current();
      const { result, bytes, cause } = 'ask' in session ? await askOnce(session, request) : session;
      if (!('failed' in result)) {
        failures = 0;
        return 'lists' in result ? { lists: result.lists, bytes } : result;
      }
      const code = sessions.closed ? 'closed' : result.failed;
      if (code === 'not-in-time-window' && !renewed) {
        // An agent that restarted without counting its boots is refused for as long as it had been up.
        renewed = true;
        sessions.renew();
        continue;
      }
      left -= 1;
      if (code === 'timeout' && left > 0) continue;
      failures = code === 'too-big' ? 0 : failures + 1;
      if (failures % failuresToRenew === 0 || code === 'unreachable') sessions.renew();
      throw fail(code, cause);
    }
  }

  return {
    ask(ask, { attempts, signal }) {
      const request: Request = { ask, attempts, signal };
      const run = last.then(() => attempt(request));
      last = run.catch(() => undefined);
      return signal ? orAborted(run, request, signal) : run;
    },
    close: () => sessions.close(),
  };
}

/** The session of now; each failure to make one is tried again at the next request. */
function createSessions(options: SessionOptions) {
  const { host, clock, timeoutMs, lookUp } = options;
  const find = createAgentAddress({ host, clock, waitMs: timeoutMs / 2, lookUp });
  let session: Session | undefined;
  let closed = false;
  const renew = () => {
    session?.close();
    session = undefined;
  };
  return {
    get closed() {
      return closed;
    },
    renew,
    async current(): Promise<Session | Outcome> {
      if (session) return session;
      const made = await openSession(options, find);
      if (!('ask' in made)) return { result: { failed: 'unreachable' }, bytes: 0, cause: made.cause };
      session = made;
      if (closed) renew();
      return made;
    },
    close() {
      closed = true;
      renew();
    },
  };
}

async function askOnce(session: Session, request: Request): Promise<Outcome> {
  request.signal?.throwIfAborted();
  request.session = session;
  const outcome = await session.ask(request.ask);
  request.session = undefined;
  return outcome;
}

/** Rejects at once when the signal aborts, in the queue too; what is in flight ends: the next one need not wait for its deadline. */
function orAborted(run: Promise<Answer>, request: Request, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason);
      request.session?.end('timeout');
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    const ended = () => signal.removeEventListener('abort', abort);
    run.then(
      (answer) => {
        ended();
        resolve(answer);
      },
      (error: unknown) => {
        ended();
        reject(error);
      },
    );
  });
}
