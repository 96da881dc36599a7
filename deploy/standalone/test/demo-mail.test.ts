import { once } from 'node:events';
import { createConnection } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startDemoMail } from '../src/demo/mail/server.ts';

/** Sends these over one connection as a client does, by the protocol itself. */
async function send(port: number, to: string, messages: readonly string[]): Promise<void> {
  const socket = createConnection(port, '127.0.0.1');
  const each = messages.flatMap((message) => [
    'MAIL FROM:<h@demo.example>',
    `RCPT TO:<${to}>`,
    'DATA',
    `${message}\r\n.`,
  ]);
  const lines = ['EHLO x', ...each, 'QUIT'];
  socket.on('data', (chunk: Buffer) => {
    // A reply's last line has a blank behind its code (RFC 5321, 4.2.1).
    if (!/^\d{3} .*\r\n$/m.test(chunk.toString())) return;
    const next = lines.shift();
    if (next !== undefined) socket.write(`${next}\r\n`);
  });
  await once(socket, 'close');
}

it('keeps the newest 100 mails, read as a person reads them', async () => {
  const server = await startDemoMail();
  onTestFinished(() => server.close());
  const numbers = Array.from({ length: 101 }, (_, index) => index + 1);
  const messages = numbers.map((number) =>
    [
      `Subject: ${number === 101 ? '=?utf-8?q?caf=C3=A9?=' : `mail ${number}`}`,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'K=C3=A9k',
    ].join('\r\n'),
  );
  await send(server.port, 'lisa@demo.example', messages);
  expect(server.mails).toHaveLength(100);
  expect(server.mails[0]).toMatchObject({ number: 2, subject: 'mail 2' });
  expect(server.mails.at(-1)).toMatchObject({
    number: 101,
    to: ['lisa@demo.example'],
    subject: 'café',
    text: 'Kék',
  });
});
