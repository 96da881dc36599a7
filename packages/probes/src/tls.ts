import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import type { Attempt } from './attempt.ts';
import { judgeCertificate, parseAuthorities, sentChain } from './certificate.ts';
import { LookFailure } from './failure.ts';

export interface TlsSettings {
  /** PEM; the only authority to trust then, instead of those of Node. */
  readonly ca?: string;
  /** Whether an invalid certificate is a failure. */
  readonly certificate: 'fail' | 'warn';
}

/** The parts of an address, its host without the brackets of IPv6. Throws a {@link LookFailure} where it or `ca` cannot be used. */
export function parseTarget({ url: text, ca }: { url: string; ca?: string }): { url: URL; host: string } {
  const url = URL.parse(text);
  if (!url || url.hostname === '') throw new LookFailure('not-allowed-here', 'not a URL');
  if (ca !== undefined) parseAuthorities(ca);
  return { url, host: url.hostname.replace(/^\[|\]$/g, '') };
}

/**
 * Secures a connection, with a handshake of its own: no session is resumed, since a resumed one is authorized for any name. The
 * certificate is judged here and not by node:tls, so that it is seen also where it does not verify. Rejects with a
 * {@link LookFailure} `certificate` then, before anything was sent, unless the settings allow it. Closed with the socket.
 */
export async function secure(
  attempt: Attempt,
  socket: Socket,
  host: string,
  { ca, certificate }: TlsSettings,
): Promise<TLSSocket> {
  // Neither SNI (RFC 6066, 3) nor a certificate has the dot of the root.
  const name = host.replace(/\.$/, '');
  const tls = connect({
    socket,
    host: name,
    rejectUnauthorized: false,
    ...(isIP(name) === 0 && { servername: name }),
    ...(ca !== undefined && { ca }),
  });
  await handshake(attempt, tls, socket);
  judge(attempt, tls, name, { certificate, ...(ca !== undefined && { ca }) });
  return tls;
}

function handshake(attempt: Attempt, tls: TLSSocket, socket: Socket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  attempt.whenOver(() => tls.destroy());
  const closed = () => reject(new LookFailure('no-answer', 'closed during the TLS handshake'));
  // Both stay: a socket that fails when nobody waits for it any more must not end the process.
  tls.on('error', reject);
  socket.on('error', reject);
  tls.once('close', closed);
  tls.once('secureConnect', () => {
    tls.off('close', closed);
    resolve();
  });
  return promise;
}

function judge(attempt: Attempt, tls: TLSSocket, host: string, { ca, certificate }: TlsSettings): void {
  const [leaf, ...sent] = sentChain(tls);
  if (!leaf) throw new LookFailure('wrong-answer', 'no certificate');
  const verifies = !(checkServerIdentity(host, leaf.toLegacyObject()) instanceof Error);
  const { seen, detail } = judgeCertificate({
    leaf,
    sent,
    ca,
    nameMatches: verifies,
    verifyError: errorOf(tls),
    now: attempt.clock.now(),
  });
  attempt.shown(seen);
  if (seen.fault !== undefined && certificate === 'fail') throw new LookFailure('certificate', detail);
}

/** OpenSSL's error of the path, such as CERT_HAS_EXPIRED; undefined where it verifies, whatever its name. */
function errorOf({ authorizationError }: TLSSocket): string | undefined {
  // Declared as an Error, and a string in fact (Node 24): the code, where there is one.
  const error: unknown = authorizationError;
  if (error === undefined || error === null) return undefined;
  const code = error instanceof Error && 'code' in error ? error.code : error;
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? undefined : String(code);
}
