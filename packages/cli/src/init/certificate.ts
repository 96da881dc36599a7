import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { NotFine } from '../errors.ts';

const timeoutMs = 5_000;

/**
 * The SHA-256 fingerprint of the certificate that a server shows; whether it is the right one is for a person to say, so
 * nothing is sent. Throws {@link NotFine} with what to do.
 */
export function fingerprintOf(origin: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      timeout: timeoutMs,
      rejectUnauthorized: false,
      ...(isIP(host) === 0 && { servername: host }),
    });
    const fail = (why: string, cause?: Error) => {
      socket.destroy();
      const hint =
        '  Proxmox VE listens on port 8006 of each node: is that the address, and no firewall between?';
      reject(new NotFine(`${origin} shows no certificate: ${why}\n${hint}`, { cause }));
    };
    socket.once('secureConnect', () => {
      const shown = socket.getPeerX509Certificate();
      if (shown === undefined) return fail('it has none');
      socket.destroy();
      resolve(shown.fingerprint256);
    });
    socket.once('timeout', () => fail(`no answer in ${timeoutMs / 1000} s`));
    socket.on('error', (error) => fail(error.message, error));
  });
}
