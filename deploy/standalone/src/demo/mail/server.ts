import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { DemoMail } from '@huismeester/contracts';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail server of the demo's own: it takes everything, for whomever, and sends nothing on. */
export interface DemoMailServer {
  readonly port: number;
  /** The newest, oldest first. */
  readonly mails: readonly DemoMail[];
  close(): Promise<void>;
}

/** So many are kept, in memory alone. */
const mostKept = 100;
const mostBytes = 1_000_000;

/** Starts one, on a free port of loopback. */
export async function startDemoMail(): Promise<DemoMailServer> {
  const mails: DemoMail[] = [];
  let number = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: mostBytes,
    logger: false,
    closeTimeout: 100,
    onData: (stream, { envelope }, done) => {
      const take = async () => {
        const source = Buffer.concat(await stream.toArray());
        const { subject = '', text = '' } = await PostalMime.parse(source);
        number += 1;
        mails.push({
          number,
          at: new Date().toISOString(),
          to: envelope.rcptTo.map(({ address }) => address),
          subject,
          text: text.trimEnd(),
        });
        mails.splice(0, mails.length - mostKept);
      };
      take().then(() => done(), done);
    },
  });
  // A client that breaks its connection is no fault of the demo.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
