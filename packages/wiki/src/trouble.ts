/**
 * The wiki gave no answer that says what was asked. `why` is for people. It is made of words of our own and of MediaWiki's error codes: texts of the
 * server may repeat what was sent.
 */
export class WikiTrouble extends Error {
  override readonly name = 'WikiTrouble';
  readonly code = 'wiki.trouble';
  readonly why: string;
  /** MediaWiki's error code, of an answer that is an error; `login-refused` and `no-bot` are our own. */
  readonly error: string | undefined;

  constructor(why: string, { error, cause }: { error?: string; cause?: unknown } = {}) {
    super(why, { cause });
    this.why = why;
    this.error = error;
  }
}

/** A setting with which the wiki could never be used. */
export class WikiSettingsError extends Error {
  override readonly name = 'WikiSettingsError';
  readonly code = 'wiki.bad-settings';
}

const certificate =
  /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET|DECRYPT)|HOSTNAME_MISMATCH)/;

/** Why a connection failed, for people: of the error only its code, which is a word of Node or OpenSSL. */
export function connectionTrouble(cause: unknown): WikiTrouble {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (certificate.test(code)) {
    return new WikiTrouble(`the certificate of the wiki is not accepted (${code})`, { cause });
  }
  const known = /^[A-Z_0-9]{2,40}$/.test(code) ? ` (${code})` : '';
  return new WikiTrouble(`the wiki cannot be reached${known}`, { cause });
}

/** MediaWiki's error of an answer with HTTP 200. */
export function errorTrouble(code: string): WikiTrouble {
  const error = /^[\w:.-]{1,60}$/.test(code) ? code : 'an error without a code';
  return new WikiTrouble(`the wiki refuses: ${error}`, { error });
}
