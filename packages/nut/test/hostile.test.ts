import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freePort, startChild, waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { createNutClient, type NutClient, type NutClientOptions } from '../src/index.ts';

let server: Server | undefined;
let client: NutClient | undefined;
const sockets = new Set<Socket>();

/** A server that is not upsd: what it does with each connection is up to the test. */
async function serve(behave: (socket: Socket, count: number) => void): Promise<number> {
  let count = 0;
  server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // The client drops what it does not like.
    socket.on('error', () => socket.destroy());
    // Without a reader it would not see the end of the connection.
    socket.resume();
    count += 1;
    behave(socket, count);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function connectTo(port: number, options: Partial<NutClientOptions> = {}): NutClient {
  client = createNutClient({ host: '127.0.0.1', port, maxBackoffMs: 50, ...options });
  return client;
}

const answering = (text: string) => (socket: Socket) => void socket.on('data', () => socket.write(text));

afterEach(async () => {
  await client?.close();
  for (const socket of sockets) socket.destroy();
  server?.close();
});

describe('an answer that is none', () => {
  it.each([
    ['of another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['to another request', 'VAR attic ups.status "OL"\n'],
    ['with a quote that does not end', 'VAR rack ups.status "OL\n'],
    ['without a line feed, for ever', 'x'.repeat(20_000)],
    ['of bytes', '\0\xff\xfe\n'],
  ])('%s drops the connection', async (_what, text) => {
    const port = await serve(answering(text));
    const nut = connectTo(port);
    const both = [nut.getVar('rack', 'ups.status'), nut.getVar('rack', 'ups.load')];
    for (const request of await Promise.allSettled(both)) {
      expect(request).toMatchObject({ status: 'rejected', reason: { name: 'NutProtocolError' } });
    }
    await waitFor('the connection is dropped', () => sockets.size === 0);
  });

  it('and the next request connects anew', async () => {
    const port = await serve((socket, count) =>
      answering(count === 1 ? 'hello\n' : 'VAR rack ups.status "OL"\n')(socket),
    );
    const nut = connectTo(port);
    await expect(nut.getVar('rack', 'ups.status')).rejects.toMatchObject({ code: 'protocol' });
    expect(await nut.getVar('rack', 'ups.status')).toBe('OL');
  });

  it('as a second answer to one request drops the connection too', async () => {
    const port = await serve(answering('VAR rack ups.status "OL"\nVAR rack ups.status "OB"\n'));
    expect(await connectTo(port).getVar('rack', 'ups.status')).toBe('OL');
    await waitFor('the connection is dropped', () => sockets.size === 0);
  });
});

it('takes an answer in pieces', async () => {
  const port = await serve((socket) =>
    socket.once('data', async () => {
      for (const piece of ['BEGIN LIST V', 'AR rack\nVAR rack a "\\', '"1"\nEND LIST', ' VAR rack\n']) {
        socket.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }),
  );
  expect(await connectTo(port).listVars('rack')).toEqual({ a: '"1' });
});

it('does not wait for ever for an answer', async () => {
  const port = await serve(() => undefined);
  const nut = connectTo(port, { requestTimeoutMs: 50 });
  await expect(nut.ver()).rejects.toMatchObject({
    name: 'NutConnectionError',
    code: 'timeout',
    message: `upsd at 127.0.0.1:${port} did not answer VER in 50 ms`,
  });
  await waitFor('the connection is dropped', () => sockets.size === 0);
});

it('does not wait for ever for a connection', async () => {
  const port = await serve(() => undefined);
  const nut = connectTo(port, { username: 'u', password: 'p', connectTimeoutMs: 50 });
  await expect(nut.ver()).rejects.toMatchObject({ name: 'NutConnectionError', code: 'timeout' });
});

it('says so when the connection ends in the middle of an answer', async () => {
  const port = await serve((socket) => socket.once('data', () => socket.end('BEGIN LIST UPS\nUPS ra')));
  await expect(connectTo(port).listUps()).rejects.toMatchObject({ name: 'NutConnectionError', code: 'lost' });
});

it('takes no answer that was slipped in before the TLS handshake', async () => {
  for (const extra of ['VAR rack ups.status "OB"\n', 'VAR']) {
    const port = await serve((socket) => socket.once('data', () => socket.write(`OK STARTTLS\n${extra}`)));
    const nut = connectTo(port, { tls: 'required' });
    await expect(nut.ver()).rejects.toMatchObject({ name: 'NutProtocolError' });
    await nut.close();
    server?.close();
  }
});

it('never sends the password when TLS fails', async () => {
  let received = '';
  const port = await serve((socket) =>
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      socket.write(received === 'STARTTLS\n' ? 'OK STARTTLS\n' : 'no handshake this\n');
    }),
  );
  const nut = connectTo(port, { tls: 'required', username: 'user', password: 'password' });
  await expect(nut.ver()).rejects.toMatchObject({ name: 'NutTlsError', code: 'tls-failed' });
  expect(received).toContain('STARTTLS');
  expect(received).not.toMatch(/USERNAME|user|PASSWORD|password/);
});

it('tries an unreachable upsd less and less often, and never sleeps on it', async () => {
  const port = await freePort();
  const nut = connectTo(port, { maxBackoffMs: 60_000 });
  await expect(nut.ver()).rejects.toMatchObject({ code: 'unreachable', cause: { code: 'ECONNREFUSED' } });
  await expect(nut.ver()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await expect(nut.ver()).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/failed just now; not tried again for \d+ ms$/),
    cause: { name: 'NutConnectionError', cause: { code: 'ECONNREFUSED' } },
  });
});

describe('close', () => {
  it('rejects the requests that wait, and all after it', async () => {
    const port = await serve(() => undefined);
    const nut = connectTo(port);
    const waiting = expect(nut.ver()).rejects.toMatchObject({ code: 'closed' });
    await waitFor('it is connected', () => sockets.size === 1);
    await nut.close();
    await waiting;
    await expect(nut.ver()).rejects.toMatchObject({ name: 'NutConnectionError', code: 'closed' });
    await nut.close();
  });

  it('gives up a connection that is being made', async () => {
    const port = await serve(() => undefined);
    const nut = connectTo(port, { username: 'u' });
    const waiting = expect(nut.ver()).rejects.toMatchObject({ code: 'closed' });
    await nut.close();
    await waiting;
    await waitFor('the connection is dropped', () => sockets.size === 0);
  });

  it('leaves nothing that keeps the process alive', async () => {
    const port = await serve(answering('VAR rack ups.status "OL"\n'));
    const source = JSON.stringify(fileURLToPath(new URL('../src/index.ts', import.meta.url)));
    const script = `
      const { createNutClient } = await import(${source});
      const [good, bad] = [${port}, ${await freePort()}].map((port) => createNutClient({ host: '127.0.0.1', port }));
      console.log(await good.getVar('rack', 'ups.status'));
      await bad.ver().catch(({ code }) => console.log(code));
      await good.close();
      await bad.close();
      console.log('closed');`;
    const child = await startChild({
      command: process.execPath,
      args: ['--input-type=module', '-e', script],
    });
    try {
      await waitFor('it closed its clients', () => child.output().includes('closed'));
      await waitFor('it ended by itself', () => !child.running(), { timeoutMs: 2000 });
      expect(child.output()).toBe('OL\nunreachable\nclosed\n');
    } finally {
      await child.stop();
    }
  });
});
