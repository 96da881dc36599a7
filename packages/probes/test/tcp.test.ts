import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { freePort, portOpen, startChild, startLink } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bothLoopbacks, lookOnce, withoutIpv6 } from './look-once.ts';

async function listen(host: string, port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  server.listen({ host, port });
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** A port to which nothing answers any more: its process is paused, and no more connections than wait already may wait. */
async function hungHost(): Promise<{ port: number; close: () => Promise<void> }> {
  const port = await freePort();
  const program = `require('node:net').createServer().listen({ port: ${port}, host: '127.0.0.1', backlog: 1 })`;
  const child = await startChild({ name: 'hung', command: process.execPath, args: ['-e', program] });
  await child.ready('it listens', () => portOpen(port));
  child.signal('SIGSTOP');
  const waiting = Array.from({ length: 4 }, () =>
    connect({ port, host: '127.0.0.1' }).on('error', () => undefined),
  );
  await once(waiting[0] as Socket, 'connect');
  const close = async () => {
    for (const socket of waiting) socket.destroy();
    await child.stop();
  };
  return { port, close };
}

describe('a TCP probe', () => {
  let four: Awaited<ReturnType<typeof listen>>;
  let closed: number;

  beforeAll(async () => {
    four = await listen('127.0.0.1');
    closed = await freePort();
  });
  afterAll(() => {
    four.server.close();
  });

  it('is up where a port accepts, and loopback is no other host', async () => {
    const look = await lookOnce('tcp', { host: '127.0.0.1', port: four.port });
    expect(look).toEqual({ outcome: 'up', latencyMs: expect.any(Number), answered: false });
  });

  it('is refused where nothing listens', async () => {
    expect(await lookOnce('tcp', { host: '127.0.0.1', port: closed })).toEqual({
      outcome: 'down',
      reason: 'refused',
      detail: 'ECONNREFUSED',
      answered: false,
    });
  });

  it.skipIf(withoutIpv6)('is degraded where one of two families fails', async () => {
    const look = await lookOnce('tcp', { host: 'web.test', port: four.port }, { resolveName: bothLoopbacks });
    expect(look).toMatchObject({ outcome: 'degraded', defect: 'one-family', detail: 'IPv6: ECONNREFUSED' });
  });

  it('is down where both fail', async () => {
    const look = await lookOnce('tcp', { host: 'web.test', port: closed }, { resolveName: bothLoopbacks });
    expect(look).toMatchObject({ outcome: 'down', reason: 'refused' });
  });

  it('takes one good address of a family for enough', async () => {
    const resolveName = async () =>
      ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 as const }));
    const look = await lookOnce('tcp', { host: 'web.test', port: four.port }, { resolveName });
    expect(look).toMatchObject({ outcome: 'up' });
  });

  it('is down in silence, at its deadline', async () => {
    const hung = await hungHost();
    try {
      const ended: unknown[] = [];
      const looking = ['2s', '300ms'].map(async (deadline) => {
        ended.push(await lookOnce('tcp', { host: '127.0.0.1', port: hung.port, deadline }));
      });
      await Promise.all(looking);
      const down = { outcome: 'down', reason: 'no-answer', answered: false };
      expect(ended).toEqual([
        { ...down, detail: 'no answer within 300ms' },
        { ...down, detail: 'no answer within 2s' },
      ]);
    } finally {
      await hung.close();
    }
  });

  it('ends when it is stopped', async () => {
    const link = await startLink(four.port);
    link.weather({ kind: 'silent' });
    const stop = new AbortController();
    const url = `http://127.0.0.1:${link.port}/`;
    const looking = lookOnce(
      'http',
      { url, status: [200], certificate: 'fail', deadline: '60s' },
      { signal: stop.signal },
    );
    stop.abort();
    expect(await looking).toEqual({ outcome: 'unknown', detail: 'stopped', answered: false });
    await link.close();
  });
});
