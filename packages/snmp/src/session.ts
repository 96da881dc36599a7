import type { Clock } from '@huismeester/clock';
import type { Address, LookUp } from './agent-address.ts';
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
  /** The system's if left out. */
  readonly lookUp?: LookUp;
}

/** How a request ended. */
export interface Outcome {
  readonly result: LibraryResult;
  /** How large the answer was. */
  readonly bytes: number;
  readonly cause?: unknown;
}

/** A socket and what v3 learned about the agent's engine. One request at a time. */
export interface Session {
  /** Always resolves, at the deadline by the clock at the latest. */
  ask(ask: Ask): Promise<Outcome>;
  /** Ends the request that is in flight with this code. */
  end(code: SnmpErrorCode): void;
  close(): void;
}

/** Discovery, time synchronisation and the request itself take 3; an agent could ask for a repetition for ever. */
const mostDatagrams = 6;

const report = 0xa8;

/** Resolves to a failure when the address is not found in time, or there is no route to it. */
export async function openSession(
  options: SessionOptions,
  find: () => Promise<Address>,
): Promise<Session | { cause: unknown }> {
  const { port, timeoutMs, clock } = options;
  const overdue = Promise.withResolvers<{ cause: unknown }>();
  const cancel = clock.after(timeoutMs, () => overdue.resolve({ cause: undefined }));
  const connecting = find()
    .then((address) => connectSocket(address, port))
    .catch((cause: unknown) => ({ cause }));
  const socket = await Promise.race([connecting, overdue.promise]);
  cancel();
  if ('address' in socket) return sessionOn(socket, options);
  // A name that is found too late.
  void connecting.then((late) => 'address' in late && late.close());
  return socket;
}

interface Pending {
  readonly outcome: Promise<Outcome>;
  /** Only the first call counts. */
  finish(result: LibraryResult, cause?: unknown): void;
  finished: boolean;
  datagrams: number;
  bytes: number;
  malformed: boolean;
}

function createPending(clock: Clock, timeoutMs: number): Pending {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const cancel = clock.after(timeoutMs, () =>
    pending.finish({ failed: pending.malformed ? 'protocol' : 'timeout' }),
  );
  const pending: Pending = {
    outcome: promise,
    finish(result, cause) {
      if (pending.finished) return;
      pending.finished = true;
      cancel();
      resolve({ result, bytes: pending.bytes, cause });
    },
    finished: false,
    datagrams: 0,
    bytes: 0,
    malformed: false,
  };
  return pending;
}

function sessionOn(socket: AgentSocket, options: SessionOptions): Session {
  const { credentials, port, timeoutMs, clock } = options;
  let pending: Pending | undefined;
  const finish = (failed: SnmpErrorCode, cause?: unknown) => pending?.finish({ failed }, cause);
  const library = createLibrarySession({
    credentials,
    address: socket.address,
    port,
    forgetAfterMs: timeoutMs + 1_000,
    onMalformed: () => {
      if (pending) pending.malformed = true;
    },
    socket: socket.forLibrary({
      accepts: (message) => {
        if (pending) pending.bytes = message.length;
        return isSecured(message, credentials);
      },
      maySend: () => {
        if (!pending || pending.finished) return false;
        pending.datagrams += 1;
        if (pending.datagrams > mostDatagrams) finish('refused');
        return !pending.finished;
      },
      // The library throws after it has found the request, and does not call back then.
      onThrow: (cause) => finish('protocol', nameOf(cause)),
      onError: (cause) => finish('unreachable', cause),
    }),
  });
  return {
    ask(ask) {
      const current = createPending(clock, timeoutMs);
      pending = current;
      try {
        // It may call back twice, and does so for its own time-out when this request is long over.
        library.ask(ask, current.finish);
      } catch (cause) {
        current.finish({ failed: 'protocol' }, nameOf(cause));
      }
      return current.outcome;
    },
    end: finish,
    close: () => {
      finish('closed');
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
