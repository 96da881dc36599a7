import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A message as the server took it. */
export interface TakenMail {
  readonly from: string;
  /** As RCPT TO named them. */
  readonly to: readonly string[];
  /** The whole message as it came, with its headers. */
  readonly source: string;
  /** A header, unfolded; undefined where there is none. */
  header(name: string): string | undefined;
}

/** What the server answers: a code with a text, nothing (it is taken), or it breaks the connection. */
export type MailAnswer = { readonly code: number; readonly text?: string } | 'drop' | undefined;

export interface MailServerOptions {
  readonly port?: number;
  /** Of this login alone; none if left out. */
  readonly login?: { readonly username: string; readonly password: string };
  readonly tls?: { readonly cert: string; readonly key: string };
  /** What it answers to MAIL FROM, to an address, and to a message for an address. */
  readonly onFrom?: (address: string) => MailAnswer;
  readonly onRecipient?: (address: string) => MailAnswer;
  readonly onMessage?: (mail: TakenMail) => MailAnswer;
}

export interface MailServer {
  readonly port: number;
  /** Taken so far, oldest first. */
  readonly mails: readonly TakenMail[];
  /** How many connections there have been. */
  connections(): number;
  close(): Promise<void>;
}

type Done = (error?: Error | null) => void;

/** Starts a mail server in this process, on a free port of 127.0.0.1 unless one is given. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const mails: TakenMail[] = [];
  let connections = 0;
  const { login, tls, onFrom, onRecipient, onMessage } = options;
  // To break a connection: the library gives a session no socket.
  const sockets = new Set<Socket>();
  const answer = (said: MailAnswer, { remotePort }: { remotePort: number }, done: Done): void => {
    if (said !== 'drop') done(said && refused(said));
    else for (const socket of sockets) if (socket.remotePort === remotePort) socket.destroy();
  };
  const server = new SMTPServer({
    ...(tls ? { cert: tls.cert, key: tls.key } : { disabledCommands: ['STARTTLS'] }),
    authOptional: login === undefined,
    allowInsecureAuth: true,
    logger: false,
    closeTimeout: 100,
    onConnect: (_, done) => {
      connections += 1;
      done();
    },
    onAuth: ({ username, password }, _, done) => {
      const isRight = username === login?.username && password === login?.password;
      done(isRight ? null : refused({ code: 535 }), isRight ? { user: username } : undefined);
    },
    onMailFrom: ({ address }, session, done) => answer(onFrom?.(address), session, done),
    onRcptTo: ({ address }, session, done) => answer(onRecipient?.(address), session, done),
    onData: async (stream, session, done) => {
      const source = Buffer.concat(await stream.toArray()).toString();
      const { mailFrom, rcptTo } = session.envelope;
      const mail: TakenMail = {
        from: mailFrom === false ? '' : mailFrom.address,
        to: rcptTo.map(({ address }) => address),
        source,
        header: (name) => headerOf(source, name),
      };
      const said = onMessage?.(mail);
      if (said === undefined) mails.push(mail);
      answer(said, session, done);
    },
  } satisfies SMTPServerOptions);
  server.on('error', () => {
    // A client that breaks its connection, or whose TLS is refused, is what some tests are about.
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return { port, mails, connections: () => connections, close };
}

function refused({ code, text = 'refused by the test' }: { code: number; text?: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

function headerOf(source: string, name: string): string | undefined {
  const [head = ''] = source.split('\r\n\r\n');
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const found = unfolded.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return found?.slice(name.length + 1).trim();
}
