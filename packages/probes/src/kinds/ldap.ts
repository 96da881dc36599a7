import type { Socket } from 'node:net';
import type { ProbeOf } from '@huismeester/contracts';
import { Client, FilterParser, MessageParserError, ResultCodeError } from 'ldapts';
import type { Attempt, Good } from '../attempt.ts';
import { failureOf, LookFailure } from '../failure.ts';
import { hostProbe } from '../host.ts';
import type { ProbeMaker } from '../look.ts';
import { openTcp } from '../tcp.ts';
import { parseTarget, secure } from '../tls.ts';

type Settings = ProbeOf<'ldap'>;

/** The extended operation StartTLS (RFC 4511, 4.14.1). */
const startTlsOid = '1.3.6.1.4.1.1466.20037';

/**
 * Binds (or not, without `bindDn`) and searches for one entry. A directory without an entry there, or where we may not read one, is a
 * wrong answer. A password is sent only after the certificate was judged.
 */
export const ldap: ProbeMaker<ProbeOf<'ldap'>> = (settings, around) => {
  const { url, host } = parseTarget(settings);
  requireUsable(settings);
  return hostProbe(host, settings, around, (attempt) => look(attempt, url, host, settings));
};

/** Throws a {@link LookFailure} where no server can be asked with these settings. */
function requireUsable({ bindDn, password, filter }: Settings): void {
  // Servers may take a name with an empty password for anonymous (RFC 4513, 5.1.2): it would look as if the login was good.
  if (bindDn !== undefined && !password)
    throw new LookFailure('not-allowed-here', 'bindDn without a password');
  try {
    FilterParser.parseString(filter);
  } catch (cause) {
    throw new LookFailure('not-allowed-here', 'not an LDAP filter', { cause });
  }
}

async function look(attempt: Attempt, url: URL, host: string, settings: Settings): Promise<Good> {
  const encrypted = url.protocol === 'ldaps:';
  const tcp = await openTcp(attempt, Number(url.port || (encrypted ? 636 : 389)));
  let socket: Socket = tcp;
  if (encrypted) socket = await secure(attempt, tcp, host, settings);
  else if (settings.startTls) {
    await withClient(tcp, (client) => client.exop(startTlsOid), { keep: true });
    socket = await secure(attempt, tcp, host, settings);
  }
  const entries = await withClient(socket, (client) => search(client, settings));
  if (entries === 0) throw new LookFailure('wrong-answer', 'no entry found');
  return { latencyMs: attempt.elapsedMs() };
}

/** One operation after the other: those that are begun together on a client without a connection hang for ever. */
async function search(client: Client, { bindDn, password, base, filter }: Settings): Promise<number> {
  if (bindDn !== undefined) await client.bind(bindDn, password);
  const { searchEntries } = await client.search(base, {
    scope: 'sub',
    filter,
    attributes: ['1.1'],
    // One is enough: of error 4, that there are more, ldapts makes a result.
    sizeLimit: 1,
  });
  return searchEntries.length;
}

/** Does something with a client of its own over this connection; rejects with a {@link LookFailure} or an error of the socket. */
async function withClient<T>(
  socket: Socket,
  run: (client: Client) => Promise<T>,
  { keep = false }: { keep?: boolean } = {},
): Promise<T> {
  let connections = 0;
  const createConnection = () => {
    connections += 1;
    // It would connect anew by itself after a loss: in clear text, and anonymously.
    if (connections > 1) throw new LookFailure('no-answer', 'connection lost');
    return socket;
  };
  const client = new Client({ url: 'ldap://connected', createConnection });
  const { promise, reject } = Promise.withResolvers<never>();
  socket.once('data', (chunk: Buffer) => {
    // Every message is a SEQUENCE (RFC 4511, 4.1.1); ldapts goes on waiting where it is not.
    if (chunk[0] !== 0x30) reject(new LookFailure('wrong-answer', 'not LDAP'));
  });
  try {
    return await Promise.race([run(client), promise]);
  } catch (error) {
    throw failureOfLdap(error, socket);
  } finally {
    // For StartTLS the connection goes on without this client. Otherwise also one that failed: it keeps the process alive.
    if (keep) socket.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close');
    else await client.unbind();
  }
}

/** Unwilling, busy, not available, wants stronger or encrypted logins, not enough rights (RFC 4511, appendix A). */
const refusals = new Set([8, 13, 48, 50, 51, 52, 53]);
const invalidCredentials = 49;

function failureOfLdap(cause: unknown, socket: Socket): unknown {
  if (cause instanceof ResultCodeError) {
    const detail = `LDAP ${cause.code}`;
    if (cause.code === invalidCredentials) return new LookFailure('wrong-secret', detail, { cause });
    return new LookFailure(refusals.has(cause.code) ? 'refused' : 'wrong-answer', detail, { cause });
  }
  if (cause instanceof MessageParserError) return new LookFailure('wrong-answer', 'not LDAP', { cause });
  const isLost = failureOf(cause) === undefined && (socket.destroyed || !socket.writable);
  return isLost ? new LookFailure('no-answer', 'connection lost', { cause }) : cause;
}
