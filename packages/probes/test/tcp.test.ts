import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { freePort, startLink } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bothLoopbacks, lookOnce } from './look-once.ts';

async function listen(host: string, port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  server.listen({ host, port });
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
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

  it('is degraded where one of two families fails', async () => {
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
    // 192.0.2.0/24 is for documentation (RFC 5737); no host has this address.
    const began = performance.now();
    const look = await lookOnce('tcp', { host: '192.0.2.234', port: 9, deadline: '300ms' });
    expect(look).toMatchObject({ outcome: 'down', reason: 'no-answer', answered: false });
    expect(performance.now() - began).toBeLessThan(2_000);
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
