/**
 * What upsd may answer after `ERR` (RFC 9271), and the two names that upsd 2.8 uses for what the RFC
 * calls ALREADY-ATTACHED and TLS-ALREADY-ENABLED.
 */
export const nutErrorCodes = [
  'ACCESS-DENIED',
  'ALREADY-ATTACHED',
  'ALREADY-LOGGED-IN',
  'ALREADY-SET-PASSWORD',
  'ALREADY-SET-USERNAME',
  'ALREADY-SSL-MODE',
  'CMD-NOT-SUPPORTED',
  'DATA-STALE',
  'DRIVER-NOT-CONNECTED',
  'FEATURE-NOT-CONFIGURED',
  'FEATURE-NOT-SUPPORTED',
  'INSTCMD-FAILED',
  'INVALID-ARGUMENT',
  'INVALID-PASSWORD',
  'INVALID-USERNAME',
  'INVALID-VALUE',
  'PASSWORD-REQUIRED',
  'READONLY',
  'SET-FAILED',
  'TLS-ALREADY-ENABLED',
  'TLS-NOT-ENABLED',
  'TOO-LONG',
  'UNKNOWN-COMMAND',
  'UNKNOWN-UPS',
  'USERNAME-REQUIRED',
  'VAR-NOT-SUPPORTED',
] as const;

export type KnownNutErrorCode = (typeof nutErrorCodes)[number];

/** A known code, or one that a newer upsd invented. */
export type NutErrorCode = KnownNutErrorCode | (string & {});

/** upsd understood the request and refused it. The connection stays usable. */
export class NutError extends Error {
  override readonly name = 'NutError';
  readonly code: NutErrorCode;

  constructor(code: NutErrorCode, request: string) {
    super(`upsd answered ${code} to ${request}`);
    this.code = code;
  }
}

export type NutConnectionErrorCode =
  /** No connection could be made, or it is too soon after a failure to try again. */
  | 'unreachable'
  /** The connection ended before the answer came. */
  | 'lost'
  /** The answer, or the connection, did not come in time. */
  | 'timeout'
  /** This client was closed. */
  | 'closed';

/** upsd was not reached, or the connection to it ended. The next request connects anew. */
export class NutConnectionError extends Error {
  override readonly name = 'NutConnectionError';
  readonly code: NutConnectionErrorCode;

  constructor(code: NutConnectionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type NutTlsErrorCode =
  /** upsd answered STARTTLS with an error: it has no certificate configured. */
  | 'tls-refused'
  /** The handshake failed, or the certificate is not the one that we trust. */
  | 'tls-failed';

/** The connection could not be secured; nothing secret was sent over it. */
export class NutTlsError extends Error {
  override readonly name = 'NutTlsError';
  readonly code: NutTlsErrorCode;

  constructor(code: NutTlsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What came back is not the NUT protocol, or not an answer to what was asked. The connection was dropped. */
export class NutProtocolError extends Error {
  override readonly name = 'NutProtocolError';
  readonly code = 'protocol';
}

/** The argument cannot be sent: upsd takes printable ASCII only, and discards the rest in silence. */
export class NutArgumentError extends Error {
  override readonly name = 'NutArgumentError';
  readonly code = 'unsendable';
}
