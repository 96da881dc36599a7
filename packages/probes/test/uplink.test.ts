import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { freePort } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookOnce } from './look-once.ts';

describe('an uplink', () => {
  let server: Server;
  let open: number;
  let closed: number;

  beforeAll(async () => {
    server = createServer((socket) => socket.on('error', () => undefined));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open = (server.address() as AddressInfo).port;
    closed = await freePort();
  });
  afterAll(() => {
    server.close();
  });

  const look = (ports: (number | undefined)[]) =>
    lookOnce('uplink', {
      targets: ports.map((port, index) => ({
        host: '127.0.0.1',
        operator: `operator ${index}`,
        ...(port !== undefined && { port }),
      })),
    });

  it('is up when half of its targets answer', async () => {
    const up = { outcome: 'up', latencyMs: expect.any(Number), answered: false };
    expect(await look([open, open, undefined])).toEqual({ ...up, detail: '3 of 3' });
    expect(await look([open, open, closed, closed])).toEqual({ ...up, detail: '2 of 4' });
  });

  it('is degraded when fewer do', async () => {
    expect(await look([open, closed, closed])).toMatchObject({
      outcome: 'degraded',
      defect: 'few-targets',
      detail: '1 of 3',
    });
  });

  it('is down when none does', async () => {
    expect(await look([closed, closed, closed])).toMatchObject({
      outcome: 'down',
      reason: 'refused',
      detail: '0 of 3',
    });
  });
});
