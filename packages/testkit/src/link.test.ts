import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Link, startLink } from './link.ts';
import { waitFor } from './wait-for.ts';

/** Says everything back. */
async function startEcho(): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a link', () => {
  let echo: Server;
  let link: Link;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    echo = await startEcho();
    link = await startLink((echo.address() as AddressInfo).port);
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await link.close();
    echo.close();
  });

  const dial = () => {
    const socket = connect({ host: '127.0.0.1', port: link.port, noDelay: true });
    sockets.push(socket);
    const heard = { text: '', closed: false };
    socket.on('data', (chunk) => {
      heard.text += chunk.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      heard.closed = true;
    });
    return { socket, heard };
  };

  it('passes everything on, the end too', async () => {
    const { socket, heard } = dial();
    socket.write('one');
    socket.end('two');
    await waitFor('the end', () => heard.closed);
    expect(heard.text).toBe('onetwo');
    await waitFor('nothing is left', () => link.connections() === 0);
  });

  it('passes on more than it keeps', async () => {
    const { socket, heard } = dial();
    const text = 'x'.repeat(3_000_000);
    socket.end(text);
    await waitFor('the end', () => heard.closed);
    expect(heard.text.length).toBe(text.length);
  });

  it('ends connections when it is cut, refuses new ones, and takes them again', async () => {
    const { socket, heard } = dial();
    socket.write('one');
    await waitFor('the echo', () => heard.text === 'one');
    link.weather({ kind: 'cut' });
    await waitFor('it is ended', () => heard.closed);
    const refused = dial();
    await waitFor('the new one is refused', () => refused.heard.closed);
    link.weather({ kind: 'clear' });
    const again = dial();
    again.socket.write('two');
    await waitFor('the echo', () => again.heard.text === 'two');
  });

  it('swallows everything while it is silent, and delivers it in order afterwards', async () => {
    const { socket, heard } = dial();
    socket.write('one');
    await waitFor('the echo', () => heard.text === 'one');
    link.weather({ kind: 'silent' });
    socket.write('two');
    const other = dial();
    other.socket.write('new');
    await waitFor('both are connected', () => link.connections() === 2);
    // What could pass would have passed: a clear link of the same kind has gone there and back meanwhile.
    const clear = await startLink((echo.address() as AddressInfo).port);
    const beside = connect({ host: '127.0.0.1', port: clear.port });
    beside.write('beside');
    await once(beside, 'data');
    beside.destroy();
    await clear.close();
    expect([heard.text, other.heard.text]).toEqual(['one', '']);
    link.weather({ kind: 'clear' });
    socket.write('three');
    await waitFor('all of it', () => heard.text === 'onetwothree' && other.heard.text === 'new');
  });

  it('is late with the end too, and loses nothing that was said before it', async () => {
    link.weather({ kind: 'slow', ms: 60 });
    const { socket, heard } = dial();
    socket.end('last words');
    await waitFor('the end', () => heard.closed);
    expect(heard.text).toBe('last words');
  });

  it('is late by as much as it is told, and keeps the order when it gets quick again', async () => {
    link.weather({ kind: 'slow', ms: 150 });
    const { socket, heard } = dial();
    const began = performance.now();
    socket.write('one');
    await waitFor('the echo', () => heard.text === 'one');
    // There and back.
    expect(performance.now() - began).toBeGreaterThanOrEqual(299);
    socket.write('two');
    await waitFor('it is on its way', () => link.connections() === 1);
    link.weather({ kind: 'clear' });
    socket.write('three');
    await waitFor('both', () => heard.text === 'onetwothree');
  });
});
