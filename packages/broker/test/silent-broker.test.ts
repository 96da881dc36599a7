import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { waitFor } from '@huismeester/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BrokerConnection, connectBroker } from '../src/index.ts';
import { memoryLogger } from './brokers.ts';

const connack = Buffer.from([0x20, 0x02, 0x00, 0x00]);

describe('a connection to a broker that stops answering', () => {
  let server: Server;
  let connection: BrokerConnection | undefined;
  let greet = true;
  const sockets: Socket[] = [];
  const open = () => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    connection = connectBroker({
      url: `mqtt://127.0.0.1:${port}`,
      root: 'space',
      service: 'policy',
      version: '1',
      logger: memoryLogger(),
      timeoutMs: 100,
    });
    return connection;
  };
  beforeEach(async () => {
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.once('data', () => greet && socket.write(connack));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    await connection?.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
    greet = true;
  });

  it('rejects what is not acknowledged in time, and connects anew', async () => {
    const policy = open();
    await waitFor('it is online', () => policy.online);
    const event = policy.publishEvent({
      specversion: '1.0',
      datacontenttype: 'application/json',
      type: 'outage.ended',
      subject: 'outage/rack',
      id: 'x',
      source: '/s',
      time: '',
      dataschema: '',
      epoch: '',
      position: 1,
      version: 1,
      correlationid: 'x',
      data: {},
    });
    await expect(event).rejects.toMatchObject({
      code: expect.stringMatching(/publish-timeout|connection-lost/),
    });
    await waitFor('a second connection', () => sockets.length > 1);
    expect(sockets[0]?.destroyed).toBe(true);
  });

  it('gives up on a greeting that does not come, and tries again', async () => {
    greet = false;
    const policy = open();
    await waitFor('a second connection', () => sockets.length > 1);
    expect(policy.online).toBe(false);
    greet = true;
    await waitFor('it is online', () => policy.online);
  });

  it('closes in bounded time', async () => {
    const policy = open();
    await waitFor('it is online', () => policy.online);
    // The broker never answers: without a bound this would be for ever.
    await policy.close();
  });
});
