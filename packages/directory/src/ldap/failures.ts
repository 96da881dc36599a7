import type { DirectoryReason } from '@huismeester/contracts';
import { DirectoryError } from '../directory.ts';

/** A result other than success (RFC 4511, 4.1.9). Its text is left out: servers write names and DNs into it. */
export class ResultError extends DirectoryError {
  readonly code: number;

  constructor(code: number, what: string) {
    super(reasons.get(code) ?? 'failed', `the server answered ${nameOf(code)} to ${what}`);
    this.code = code;
  }
}

/** Result codes (RFC 4511, appendix A) that a person can do something about. */
export const codes = {
  noSuchAttribute: 16,
  attributeOrValueExists: 20,
  noSuchObject: 32,
  objectClassViolation: 65,
} as const;

const reasons = new Map<number, DirectoryReason>([
  [4, 'size-limit'],
  [8, 'refused'],
  [10, 'referral'],
  [11, 'size-limit'],
  [13, 'refused'],
  [32, 'base-gone'],
  [48, 'wrong-secret'],
  [49, 'wrong-secret'],
  [50, 'refused'],
  // Busy and unavailable: another server may do better.
  [51, 'no-answer'],
  [52, 'no-answer'],
  [53, 'refused'],
]);

const names = new Map<number, string>([
  [3, 'time limit exceeded'],
  [
    4,
    'size limit exceeded: our login must be allowed to read all; in slapd: olcLimits with size.prtotal=unlimited',
  ],
  [8, 'stronger authentication required'],
  [10, 'a referral to another server'],
  [11, 'administrative limit exceeded'],
  [13, 'confidentiality required'],
  [19, 'constraint violation'],
  [32, 'no such object, or none that we may read'],
  [34, 'not a DN'],
  [48, 'inappropriate authentication'],
  [49, 'invalid credentials'],
  [50, 'insufficient access rights'],
  [51, 'busy'],
  [52, 'unavailable'],
  [53, 'unwilling to perform'],
  [65, 'object class violation'],
]);

function nameOf(code: number): string {
  const name = names.get(code);
  return name === undefined ? `LDAP ${code}` : `LDAP ${code} (${name})`;
}

/** What an error of a socket means. The causes of node:net and node:tls hold addresses, and nothing of what was sent. */
export function failureOfSocket(cause: unknown, server: string): DirectoryError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return isTls(code)
    ? new DirectoryError(
        'tls',
        `no trusted TLS connection to ${server} (${code}): see directory.ldap.ca and startTls`,
        { cause },
      )
    : new DirectoryError('no-answer', `${server} does not answer (${code || 'connection lost'})`, { cause });
}

/** Codes of node:tls, of OpenSSL's protocol (ERR_SSL_…), and of its judgement of a certificate, which have no number of the system. */
function isTls(code: string): boolean {
  return /^ERR_(TLS|SSL)_|^EPROTO$|CERT|SIGNATURE|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$/.test(code);
}
