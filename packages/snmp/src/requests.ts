import { agentError, type SnmpError, type SnmpErrorCode } from './errors.ts';
import type { Ask } from './library-types.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
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

/** After so many requests in a row that failed, the next one begins anew: the name, and what v3 knew of the engine. */
const failuresToRenew = 3;

export function createRequests(options: SessionOptions): Requests {
  const sessions = createSessions(options);
  let failures = 0;
  let last: Promise<unknown> = Promise.resolve();
  const fail = (code: SnmpErrorCode, cause?: unknown): SnmpError =>
    agentError(code, `the SNMP agent ${options.host}:${options.port}`, cause);

  async function attempt(ask: Ask, attempts: number, signal: AbortSignal | undefined): Promise<Answer> {
    let renewed = false;
    for (let left = attempts; ; ) {
      signal?.throwIfAborted();
      if (sessions.closed) throw fail('closed');
      const session = await sessions.current();
      const result = 'ask' in session ? await askOnce(session, ask, signal) : session;
      if (!('failed' in result)) {
        failures = 0;
        return { ...result, bytes: result.bytes ?? 0 };
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
      throw fail(code, result.cause);
    }
  }

  return {
    ask(ask, { attempts, signal }) {
      const run = last.then(() => attempt(ask, attempts, signal));
      last = run.catch(() => undefined);
      return signal ? orAborted(run, signal) : run;
    },
    close: () => sessions.close(),
  };
}

/** The session of now; each failure to make one is tried again at the next request. */
function createSessions(options: SessionOptions) {
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
    async current(): Promise<Session | { failed: SnmpErrorCode; cause: unknown }> {
      if (session) return session;
      const made = await openSession(options);
      if (!('ask' in made)) return { failed: 'unreachable', cause: made.cause };
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

async function askOnce(session: Session, ask: Ask, signal: AbortSignal | undefined) {
  // Who aborted has its answer already; the next one in the queue need not wait for the deadline.
  const abort = () => session.end('timeout');
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await session.ask(ask);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Rejects at once when the signal aborts, in the queue too. */
function orAborted<T>(run: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    run.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
