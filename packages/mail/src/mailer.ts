import { createTransport } from 'nodemailer';
import { isUsableAddress, safeName } from './address.ts';
import type { Message, Outcome } from './message.ts';
import { type Failure, outcomeOf, whyOf } from './outcome.ts';

export interface MailerOptions {
  /** `smtps://host` or `smtp://host`, with a port if it is not the usual one. */
  readonly url: string;
  /** The sender: an address, or a name with an address in angle brackets. */
  readonly from: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** The authority of its certificate, PEM, instead of the system's. */
  readonly ca?: string | undefined;
  /** Of `smtp://`: STARTTLS, verified, or nothing is sent; left out: unless it is on this machine. */
  readonly requireTls?: boolean | undefined;
  /** How long one answer may take, ms; 30 s. */
  readonly timeoutMs?: number;
}

/** A mail server. Its connections are kept for a moment, so that many messages go over few. */
export interface Mailer {
  /** Sends to one person; never throws. */
  send(message: Message): Promise<Outcome>;
  /** Connects and logs in, and sends nothing; throws an Error whose message is for people, without secrets. */
  check(): Promise<void>;
  close(): void;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const connections = 3;

/** Opens nothing by itself: a connection is made for the first message. */
export function createMailer(options: MailerOptions): Mailer {
  const transport = transportTo(options);
  const { from } = options;
  return {
    async send({ id, to, subject, text, html, date, language }) {
      if (!isUsableAddress(to.address)) {
        return {
          outcome: 'rejected',
          code: 'no-address',
          why: 'the address is none that mail can go to',
        };
      }
      try {
        const { rejected } = await transport.sendMail({
          from,
          to: { name: safeName(to.name ?? ''), address: to.address },
          subject: safeName(subject),
          text,
          html,
          date,
          messageId: `<${id}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        // With one recipient a refusal is an error; whoever is in here all the same was not written to.
        return rejected.length === 0
          ? { outcome: 'accepted' }
          : { outcome: 'unavailable', why: 'the recipient was refused' };
      } catch (error) {
        return outcomeOf(error as Failure);
      }
    },
    async check() {
      try {
        await transport.verify();
      } catch (error) {
        throw new Error(whyOf(error as Failure));
      }
    },
    close: () => transport.close(),
  };
}

function transportTo({ url, username, password, ca, requireTls, timeoutMs = 30_000 }: MailerOptions) {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'smtps:';
  const tls = requireTls ?? !loopback.has(hostname);
  return createTransport({
    pool: true,
    maxConnections: connections,
    maxMessages: 100,
    // Whether a message whose connection broke is sent again is decided where that is recorded.
    maxRequeues: 0,
    idleTimeout: 5_000,
    host: hostname.replaceAll(/[[\]]/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(!secure && { requireTLS: tls, ignoreTLS: !tls }),
    ...(username !== undefined && { auth: { user: username, pass: password ?? '' } }),
    ...(ca !== undefined && { tls: { ca } }),
    connectionTimeout: Math.min(timeoutMs, 10_000),
    greetingTimeout: Math.min(timeoutMs, 10_000),
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
