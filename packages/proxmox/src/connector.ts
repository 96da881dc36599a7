import { type ConnectionOptions, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { normalizeFingerprint } from './fingerprint.ts';

/** How the server proves that it is the right one. */
export interface Trust {
  /** PEM of the CA, or of a certificate that signs itself. Without it and without fingerprints: the system's CAs. */
  ca?: string | undefined;
  /** SHA-256 of the server's own certificate; one of them must match. */
  fingerprints?: readonly string[] | undefined;
}

/** The server showed another certificate than the pinned one. */
export class FingerprintMismatch extends Error {
  override readonly name = 'FingerprintMismatch';
  readonly code = 'proxmox.fingerprint-mismatch';
}

type TlsTrust = Pick<ConnectionOptions, 'ca' | 'rejectUnauthorized' | 'checkServerIdentity'>;

function tlsOptions(trust: Trust, pinned: boolean): TlsTrust {
  if (!pinned) return trust.ca === undefined ? {} : { ca: trust.ca };
  // The pin says more than a name does: with a CA the chain is verified too, without one the pin stands alone.
  const checkServerIdentity = (): undefined => undefined;
  return trust.ca === undefined
    ? { rejectUnauthorized: false, checkServerIdentity }
    : { ca: trust.ca, checkServerIdentity };
}

function mismatch(socket: unknown, pins: ReadonlySet<string>): FingerprintMismatch | undefined {
  const leaf = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (leaf && pins.has(leaf.fingerprint256)) return undefined;
  const found = leaf ? `the certificate ${leaf.fingerprint256}` : 'no certificate';
  return new FingerprintMismatch(
    `the server showed ${found}, which is not pinned; if it was renewed, put its fingerprint in the settings`,
  );
}

/**
 * Makes the function that connects. It hands a socket over only after the handshake and the check of the pin:
 * before that not one byte of a request, and so not the token, can be written to it.
 */
export function createConnector(trust: Trust, timeoutMs: number): buildConnector.connector {
  const pins = new Set((trust.fingerprints ?? []).map(normalizeFingerprint));
  const connect = buildConnector({
    ...tlsOptions(trust, pins.size > 0),
    timeout: timeoutMs,
    allowH2: false,
    // A resumed session shows no certificate, so each connection makes a full handshake.
    maxCachedSessions: 0,
  });
  if (pins.size === 0) return connect;
  return (options, callback) => {
    connect(options, (error, socket) => {
      if (error) {
        callback(error, null);
        return;
      }
      const wrong = mismatch(socket, pins);
      if (!wrong) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(wrong, null);
    });
  };
}
