import type { Outcome } from './message.ts';

/** What the library says of a failure. */
export interface Failure {
  readonly code?: unknown;
  /** The command that was answered, such as `RCPT TO`. */
  readonly command?: unknown;
  /** The server's whole answer; it may repeat the address. */
  readonly response?: unknown;
  readonly responseCode?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
}

/** Answers to RCPT or DATA that are about the session and not about who is to get it: a wrong order, and no login or TLS. */
const ofSession = new Set([421, 503, 530, 534, 535, 538]);

/**
 * What a failed attempt means. Only what the server answers to RCPT or DATA is about the person, and of that not what is about the whole server
 * (5.3, RFC 3463), the way there (5.4), or what we may at all (5.7: relaying denied, a policy, a filter): that fails for everybody, or is our own to put
 * right, and nobody's machine may be switched off for it.
 */
export function outcomeOf(failure: Failure): Outcome {
  const { command, responseCode: code } = failure;
  const isAnswer = typeof code === 'number' && (command === 'RCPT TO' || command === 'DATA');
  if (!isAnswer || ofSession.has(code) || /^[245]\d\d[ -][45]\.[347]\./.test(String(failure.response))) {
    return { outcome: 'unavailable', why: whyOf(failure) };
  }
  const why = `the mail server answered ${code} to ${command === 'DATA' ? 'the message' : 'the address'}`;
  if (code >= 500 && code < 600) return { outcome: 'rejected', code, why };
  if (code >= 400 && code < 500) return { outcome: 'deferred', code, why };
  return { outcome: 'unavailable', why };
}

const words: Readonly<Record<string, string>> = {
  ECONNECTION: 'the mail server cannot be reached',
  ESOCKET: 'the connection to the mail server broke',
  ETIMEDOUT: 'the mail server does not answer in time',
  EDNS: 'the name of the mail server cannot be looked up',
  ETLS: 'TLS with the mail server failed',
  EAUTH: 'the mail server refuses our login',
  ENOAUTH: 'the mail server wants a login, and settings have none',
  EPROTOCOL: 'what answers is no mail server',
};

/** Why, for people: the server's own text is left out, since it may repeat an address. */
export function whyOf({ code, command, responseCode, syscall, message }: Failure): string {
  // The library gives every trouble of a socket one code.
  if (syscall === 'connect' || syscall === 'getaddrinfo') return 'the mail server cannot be reached';
  if (/certificate|self.signed|altname/i.test(String(message)))
    return 'the certificate of the mail server is not accepted';
  const said = typeof code === 'string' ? words[code] : undefined;
  const answer =
    typeof responseCode === 'number' ? ` (it answered ${responseCode} to ${commandName(command)})` : '';
  return `${said ?? 'sending failed'}${answer}`;
}

/** The first words of the command alone: after them come addresses and secrets. */
function commandName(command: unknown): string {
  return typeof command === 'string' ? (/^[A-Z]+( (FROM|TO))?/.exec(command)?.[0] ?? 'us') : 'us';
}
