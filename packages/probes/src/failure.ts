import type { LookReason } from '@huismeester/contracts';

/** A look that found the service failing, or that was not possible: why, and in a few words for people. */
export class LookFailure extends Error {
  override readonly name = 'LookFailure';
  readonly code: LookReason;
  readonly detail: string;
  /** Whether the other host said so; left out: whether it was heard before. */
  readonly answered: boolean | undefined;

  constructor(code: LookReason, detail: string, options: { answered?: boolean; cause?: unknown } = {}) {
    super(`${code}: ${detail}`, { cause: options.cause });
    this.code = code;
    this.detail = short(detail);
    this.answered = options.answered;
  }
}

/** The signal of the look aborted: it was stopped from outside. */
export class LookStopped extends Error {
  override readonly name = 'LookStopped';
  readonly code = 'stopped';
}

/** At most 79 printable ASCII characters. */
export function short(text: string): string {
  const ascii = text.replace(/[^\x20-\x7e]+/g, '?');
  return ascii.length < 80 ? ascii : `${ascii.slice(0, 76)}...`;
}

/** Of this machine, not of the service: rights, an address that is not ours, a lack of file handles or memory. */
const ours = new Set([
  'EPERM',
  'EACCES',
  'ENOENT',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EPROTONOSUPPORT',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EAGAIN',
]);

const lost = new Set([
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOTCONN',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_SOCKET_CLOSED',
]);

/** What an error of a socket or of a process means for a look; undefined: it is a fault of our own program. */
export function failureOf(error: unknown): LookFailure | undefined {
  if (error instanceof LookFailure) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return undefined;
  if (ours.has(code)) return new LookFailure('not-allowed-here', code, { answered: false, cause: error });
  if (code === 'ECONNREFUSED') return new LookFailure('refused', code, { answered: true, cause: error });
  if (lost.has(code)) return new LookFailure('no-answer', code, { cause: error });
  // Records that are no TLS, versions and ciphers that we refuse, alerts of the server.
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_'))
    return new LookFailure('wrong-answer', code, { answered: true, cause: error });
  if (code.startsWith('HPE_')) return new LookFailure('wrong-answer', `not HTTP (${code})`, { cause: error });
  return undefined;
}
