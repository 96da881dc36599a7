import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Freeradius, freePort, skipWithout, startFreeradius } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookOnce } from './look-once.ts';

describe.skipIf(skipWithout('freeradius'))('a RADIUS probe', () => {
  let server: Freeradius;

  beforeAll(async () => {
    server = await startFreeradius();
  });
  afterAll(() => server.close());

  const look = (
    user: string,
    expected: 'accept' | 'reject' | 'any' = 'any',
    rest: { port?: number; secret?: string; password?: string; deadline?: string } = {},
  ) =>
    lookOnce('radius', {
      host: '127.0.0.1',
      port: server.port,
      secret: server.secret,
      user,
      password: 'secret',
      expect: expected,
      ...rest,
    });

  it.each([
    ['accept', 'any', 'Access-Accept'],
    ['accept', 'accept', 'Access-Accept'],
    ['nobody', 'any', 'Access-Reject'],
    ['nobody', 'reject', 'Access-Reject'],
    ['challenge', 'any', 'Access-Challenge'],
    ['challenge', 'accept', 'Access-Challenge'],
    ['challenge', 'reject', 'Access-Challenge'],
  ] as const)('is up: %s with expect: %s', async (user, expected, detail) => {
    const up = { outcome: 'up', detail, latencyMs: expect.any(Number), answered: false };
    expect(await look(user, expected)).toEqual(up);
  });

  it('is down with another answer than expected', async () => {
    const down = { outcome: 'down', reason: 'wrong-answer' };
    expect(await look('nobody', 'accept')).toMatchObject({ ...down, detail: 'Access-Reject' });
    expect(await look('accept', 'reject')).toMatchObject({ ...down, detail: 'Access-Accept' });
    expect(await look('accept', 'accept', { password: 'wrong' })).toMatchObject(down);
  });

  it('takes a password of more than one block', async () => {
    const password = 'a password that is longer than sixteen bytes';
    expect(await look('accept', 'reject', { password })).toMatchObject({
      outcome: 'up',
      detail: 'Access-Reject',
    });
  });

  it('gets no answer with another shared secret', async () => {
    expect(await look('accept', 'any', { secret: 'other', deadline: '300ms' })).toEqual({
      outcome: 'down',
      reason: 'no-answer',
      detail: 'no answer within 300ms',
      answered: false,
    });
  });

  it('is refused where nothing listens', async () => {
    const port = await freePort();
    expect(await look('accept', 'any', { port })).toMatchObject({ outcome: 'down', reason: 'refused' });
  });
});

describe('a RADIUS probe of a server that is not ours', () => {
  let socket: Socket;
  const received: Buffer[] = [];
  let answers: (request: Buffer) => readonly Buffer[] = () => [];

  beforeAll(async () => {
    socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.on('message', (request, { port }) => {
      received.push(request);
      for (const answer of answers(request)) socket.send(answer, port, '127.0.0.1');
    });
  });
  afterAll(() => {
    socket.close();
  });

  const accept = (request: Buffer, secret: string, id = request.readUInt8(1)) => {
    const head = Buffer.from([2, id, 0, 20]);
    const signature = createHash('md5').update(head).update(request.subarray(4, 20)).update(secret).digest();
    return Buffer.concat([head, signature]);
  };
  const look = (deadline: string) =>
    lookOnce('radius', {
      host: '127.0.0.1',
      port: socket.address().port,
      secret: 'shared',
      user: 'p1',
      password: 'secret',
      expect: 'any',
      deadline,
    });

  it('takes an answer that another secret signed for a wrong secret', async () => {
    answers = (request) => [accept(request, 'other')];
    expect(await look('500ms')).toMatchObject({ outcome: 'down', reason: 'wrong-secret' });
  });

  it('goes on waiting for the authentic answer after a forged one', async () => {
    answers = (request) => [Buffer.alloc(20), accept(request, 'other'), accept(request, 'shared')];
    expect(await look('5s')).toMatchObject({ outcome: 'up', detail: 'Access-Accept' });
  });

  it('takes garbage for a wrong answer, and that to another request for none', async () => {
    answers = () => [Buffer.from('SSH-2.0')];
    expect(await look('500ms')).toMatchObject({
      outcome: 'down',
      reason: 'wrong-answer',
      detail: 'not RADIUS',
    });
    answers = (request) => [accept(request, 'shared', (request.readUInt8(1) + 1) % 256)];
    expect(await look('500ms')).toMatchObject({ outcome: 'down', reason: 'no-answer' });
  });

  it('sends the same packet again where one is lost', async () => {
    received.length = 0;
    answers = (request) => (received.length < 2 ? [] : [accept(request, 'shared')]);
    expect(await look('5s')).toMatchObject({ outcome: 'up' });
    expect(received).toHaveLength(2);
    expect(received[0]).toEqual(received[1]);
  });
});
