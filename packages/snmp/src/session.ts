import type { Clock } from '@huismeester/clock';
import { type SnmpCredentials, securityFlags } from './credentials.ts';
import type { SnmpErrorCode } from './errors.ts';
import { readHeader } from './header.ts';
import { createLibrarySession } from './library.ts';
import type { Ask, LibraryResult } from './library-types.ts';
import { type AgentSocket, connectSocket } from './socket.ts';

export interface SessionOptions {
  readonly host: string;
  readonly port: number;
  readonly credentials: SnmpCredentials;
  /** How long one request may take, ms. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

export type SessionResult = LibraryResult & {
  /** How large the answer was, bytes. */
  readonly bytes?: number;
  readonly cause?: unknown;
};

/** A socket and what v3 learned about the agent's engine. One request at a time. */
export interface Session {
  /** Always resolves: the last word is the deadline's, by the clock. */
  ask(ask: Ask): Promise<SessionResult>;
  /** Ends the request that waits with this code. */
  end(code: SnmpErrorCode): void;
  close(): void;
}

/** Discovery, time synchronisation and the request itself take 3; an agent could ask for a repetition for ever. */
const mostDatagrams = 6;

const report = 0xa8;

/** Resolves to a failure when the name is not found, or there is no route. */
export async function openSession(options: SessionOptions): Promise<Session | { cause: unknown }> {
  const { host, port, timeoutMs, clock } = options;
  const overdue = Promise.withResolvers<{ cause: unknown }>();
  const cancel = clock.after(timeoutMs, () => overdue.resolve({ cause: undefined }));
  const connecting = connectSocket(host, port).catch((cause: unknown) => ({ cause }));
  const socket = await Promise.race([connecting, overdue.promise]);
  cancel();
  if ('address' in socket) return sessionOn(socket, options);
  // A name that is found too late.
  void connecting.then((late) => 'address' in late && late.close());
  return socket;
}

interface Waiting {
  readonly result: Promise<SessionResult>;
  /** Only the first one counts. */
  settle(result: SessionResult): void;
  settled: boolean;
  datagrams: number;
  bytes: number;
  malformed: boolean;
}

function createWaiting(clock: Clock, timeoutMs: number): Waiting {
  const { promise, resolve } = Promise.withResolvers<SessionResult>();
  const cancel = clock.after(timeoutMs, () =>
    waiting.settle({ failed: waiting.malformed ? 'protocol' : 'timeout' }),
  );
  const waiting: Waiting = {
    result: promise,
    settle(result) {
      waiting.settled = true;
      cancel();
      resolve({ ...result, bytes: waiting.bytes });
    },
    settled: false,
    datagrams: 0,
    bytes: 0,
    malformed: false,
  };
  return waiting;
}

function sessionOn(socket: AgentSocket, options: SessionOptions): Session {
  const { credentials, port, timeoutMs, clock } = options;
  let waiting: Waiting | undefined;
  const settle = (result: SessionResult) => waiting?.settle(result);
  const library = createLibrarySession({
    credentials,
    address: socket.address,
    port,
    forgetAfterMs: timeoutMs + 1_000,
    onMalformed: () => {
      if (waiting) waiting.malformed = true;
    },
    socket: socket.forLibrary({
      accepts: (message) => {
        if (waiting) waiting.bytes = message.length;
        return isSecured(message, credentials);
      },
      maySend: () => {
        if (!waiting || waiting.settled) return false;
        waiting.datagrams += 1;
        if (waiting.datagrams > mostDatagrams) settle({ failed: 'refused' });
        return !waiting.settled;
      },
      // The library throws after it has found the request, and does not call back then.
      onThrow: (cause) => settle({ failed: 'protocol', cause: nameOf(cause) }),
      onError: (cause) => settle({ failed: 'unreachable', cause }),
    }),
  });
  return {
    ask(ask) {
      const current = createWaiting(clock, timeoutMs);
      waiting = current;
      try {
        // It may call back twice, and does so for its own time-out when this request is long over.
        library.ask(ask, current.settle);
      } catch (cause) {
        current.settle({ failed: 'protocol', cause: nameOf(cause) });
      }
      return current.result;
    },
    end: (failed) => settle({ failed }),
    close: () => {
      settle({ failed: 'closed' });
      library.close();
    },
  };
}

/** Without its text, which may hold a community or a key. */
function nameOf(cause: unknown): Error {
  return new Error(`net-snmp threw ${cause instanceof Error ? cause.name : 'something'}`);
}

/**
 * The library takes an answer that is not authenticated from an agent that it asked with authentication. A report is
 * not authenticated as a rule: it has no value in it.
 */
function isSecured(message: Buffer, credentials: SnmpCredentials): boolean {
  const wanted = securityFlags(credentials);
  if (wanted === 0) return true;
  const header = readHeader(message);
  if (header?.version !== '3') return false;
  return (header.flags & 3) === wanted || header.pdu === report;
}
