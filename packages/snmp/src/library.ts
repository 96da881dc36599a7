import * as snmp from 'net-snmp';
import type { SnmpCredentials } from './credentials.ts';
import type {
  LibraryNotification,
  LibraryResult,
  LibrarySession,
  LibrarySessionOptions,
  LibrarySocket,
} from './library-types.ts';
import type { Varbind } from './value.ts';

// The only file that imports net-snmp (3.29.2). Its error messages hold communities and keys: none leaves this file.

/** A session of the library on a socket that is given. */
export function createLibrarySession(options: LibrarySessionOptions): LibrarySession {
  const { credentials, address, port, socket } = options;
  forgetKeys();
  const common = {
    port,
    retries: 0,
    timeout: options.forgetAfterMs,
    // Steps back are ours to see: the library would throw the whole answer away.
    backwardsGetNexts: true,
    dgramModule: { createSocket: () => socket },
  };
  const session =
    credentials.version === '3'
      ? snmp.createV3Session(address, libraryUser(credentials), common)
      : snmp.createSession(address, credentials.community, {
          ...common,
          version: credentials.version === '1' ? snmp.Version1 : snmp.Version2c,
        });
  session.on('error', options.onMalformed);
  return {
    ask(ask, done) {
      // Its types do not say that a variable of an answer always has its type and value.
      const respond = (error: unknown, found?: unknown[]) =>
        done(error ? failureOf(error) : listsOf(found as (Varbind | Varbind[])[] | undefined));
      const oids = [...ask.oids];
      if (ask.kind === 'next') session.getNext(oids, respond);
      else session.getBulk(oids, ask.scalars, ask.repetitions, respond);
    },
    close: () => {
      session.close();
    },
  };
}

function libraryUser(credentials: SnmpCredentials & { version: '3' }): snmp.User {
  const { user: name, auth, priv } = credentials;
  const { SecurityLevel, AuthProtocols, PrivProtocols } = snmp;
  if (!auth) return { name, level: SecurityLevel.noAuthNoPriv };
  const authenticated = { name, authProtocol: AuthProtocols[auth.protocol], authKey: auth.password };
  if (!priv) return { ...authenticated, level: SecurityLevel.authNoPriv };
  return {
    ...authenticated,
    level: SecurityLevel.authPriv,
    privProtocol: PrivProtocols[priv.protocol],
    privKey: priv.password,
  };
}

/** What repeats is a list of the library's already. */
function listsOf(found: readonly (Varbind | Varbind[])[] = []): LibraryResult {
  return { lists: found.map((each) => (Array.isArray(each) ? each : [each])) };
}

/** A receiver of the library for who has these credentials, on a socket that is given. It acknowledges informs. */
export function createLibraryReceiver(
  credentials: SnmpCredentials,
  socket: LibrarySocket,
  onNotification: (notification: LibraryNotification) => unknown,
): void {
  const options = { dgramModule: { createSocket: () => socket } };
  const receiver = snmp.createReceiver(options, (error: unknown, found?: { pdu: LibraryPdu }) => {
    onNotification(error || !found ? { failed: refusalIn(error) } : notificationOf(found.pdu));
  });
  const authorizer = receiver.getAuthorizer();
  if (credentials.version === '3') authorizer.addUser(libraryUser(credentials));
  else authorizer.addCommunity(credentials.community);
}

interface LibraryPdu {
  type: number;
  generic?: number;
  varbinds: Varbind[];
}

function notificationOf({ type, generic, varbinds }: LibraryPdu): LibraryNotification {
  return { varbinds, generic: type === snmp.PduType.Trap ? generic : undefined };
}

function refusalIn(error: unknown): 'refused' | 'malformed' {
  const { ECouldNotDecrypt, EAuthFailure } = snmp.ResponseInvalidCode;
  if (error instanceof snmp.RequestFailedError) return 'refused';
  const isKey =
    error instanceof snmp.ResponseInvalidError && [ECouldNotDecrypt, EAuthFailure].includes(error.code);
  return isKey ? 'refused' : 'malformed';
}

/**
 * The library keeps the keys of every engine that it ever heard of, and an agent can make up a new id each time: forgets
 * them all when they are very many. To make one anew costs about 2 ms.
 */
function forgetKeys(): void {
  // Exported for the library's own tests, and not in its types.
  const { Authentication } = snmp as unknown as { Authentication: { authToKeyCache: object } };
  if (Object.keys(Authentication.authToKeyCache).length > mostKeys) Authentication.authToKeyCache = {};
}

const mostKeys = 5_000;

/** Of its ResponseInvalidCode; its types do not have it. */
const notInTimeWindow = 14;

/** By the library's own codes; of its texts only those two that nothing else distinguishes. */
function failureOf(error: unknown): LibraryResult {
  const { message } = error as Error;
  if (error instanceof Error && error.name === 'RequestTimedOutError') return { failed: 'timeout' };
  if (error instanceof snmp.RequestFailedError) {
    const { ErrorStatus } = snmp;
    if (error.status === ErrorStatus.NoSuchName) return { noSuchName: message.split(': ')[1] };
    if (error.status === ErrorStatus.TooBig) return { failed: 'too-big' };
    return { failed: error.status === ErrorStatus.AuthorizationError ? 'refused' : 'protocol' };
  }
  if (error instanceof snmp.ResponseInvalidError) {
    const { ResponseInvalidCode: code } = snmp;
    const isOld = error.code === notInTimeWindow || message === 'Not In Time Window';
    if (isOld) return { failed: 'not-in-time-window' };
    const isReport = [code.ECouldNotDecrypt, code.EAuthFailure, code.EUnexpectedReport].includes(error.code);
    return { failed: isReport ? 'refused' : 'protocol' };
  }
  // Of the socket: node:dgram's errors have a code of the system.
  return { failed: error instanceof Error && 'syscall' in error ? 'unreachable' : 'protocol' };
}
