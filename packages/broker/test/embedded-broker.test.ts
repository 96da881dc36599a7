import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { systemClock } from '@huismeester/clock';
import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import {
  connectBroker,
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  startEmbeddedBroker,
} from '../src/index.ts';
import { memoryLogger, root } from './brokers.ts';
import { rawClient } from './raw-client.ts';

describe('the embedded broker', () => {
  const logger = memoryLogger();
  const light = { username: 'light', password: 'light-knows' };
  const opened: { close(): Promise<void> }[] = [];
  const start = async (options: Partial<EmbeddedBrokerOptions> = {}): Promise<EmbeddedBroker> => {
    const broker = await startEmbeddedBroker({ root, port: 0, readers: [light], logger, ...options });
    opened.push(broker);
    return broker;
  };
  const client = async (...args: Parameters<typeof rawClient>) => {
    const made = await rawClient(...args);
    opened.push(made);
    return made;
  };
  const socketTo = async ({ port }: EmbeddedBroker): Promise<Socket> => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => {});
    opened.push({ close: async () => void socket.destroy() });
    await once(socket, 'connect');
    return socket;
  };
  afterEach(async () => {
    logger.lines.length = 0;
    for (const each of opened.splice(0).toReversed()) await each.close();
  });

  it('listens on loopback, and gives each service a password of its own, new at each start', async () => {
    const [one, other] = [await start(), await start()];
    expect(one.url).toBe(`mqtt://127.0.0.1:${one.port}`);
    const passwords = [
      one.credentials('policy'),
      one.credentials('ups-monitor'),
      other.credentials('policy'),
    ].map(({ password }) => password);
    expect(new Set(passwords).size).toBe(3);
    expect(passwords.every((password) => password.length >= 32)).toBe(true);
    await client(one.url, one.credentials('policy'));
    await expect(client(one.url, { ...other.credentials('policy') })).rejects.toThrow('Not authorized');
  });

  it.each([0, 1] as const)(
    'leaves behind who subscribes with QoS %i and does not read, and nobody else',
    async (qos) => {
      const broker = await start({ anonymousRead: true });
      const frozen = await socketTo(broker);
      frozen.write(
        Buffer.from([0x10, 15, 0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 0, 0, 3, ...Buffer.from('ice')]),
      );
      const filter = Buffer.from(`${root}/v1/#`);
      frozen.write(Buffer.from([0x82, filter.length + 5, 0, 1, 0, filter.length, ...filter, qos]));
      // CONNACK and SUBACK; then nothing more.
      let read = 0;
      frozen.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read >= 9) frozen.pause();
      });
      await waitFor('it has subscribed', () => frozen.isPaused());

      const reader = await client(broker.url, { ...light, filters: [`${root}/v1/#`] });
      const { mqtt } = await client(broker.url, broker.credentials('ups-monitor'));
      const payload = 'x'.repeat(1_000);
      for (let round = 0; round < 100; round += 1) {
        const hundred = Array.from({ length: 100 }, () =>
          mqtt.publishAsync(`${root}/v1/ups-monitor/evt/ups/rack/found`, payload, { qos: 1 }),
        );
        await Promise.all(hundred);
      }
      await waitFor('the other has read all', () => reader.received.length === 10_000);
      expect(logger.lines.filter(({ level }) => level === 'warn')).toMatchObject([
        {
          level: 'warn',
          details: { client: 'ice', bytes: expect.closeTo(1.5e6, -6) },
          message: 'broker: client does not read what it subscribed to; disconnected',
        },
      ]);
    },
  );

  it('refuses a filter that reaches beyond what may be read', async () => {
    const { url } = await start();
    const mqtt = await client(url, light);
    await expect(mqtt.mqtt.subscribeAsync('#')).rejects.toThrow('Subscribe error');
    await expect(mqtt.mqtt.subscribeAsync('$SYS/#')).rejects.toThrow('Subscribe error');
    await mqtt.mqtt.subscribeAsync(`${root}/v1/#`);
  });

  it('logs a denied publish once a client, without its payload', async () => {
    const { url } = await start();
    for (const clientId of ['one', 'two']) {
      const { mqtt } = await client(url, { ...light, clientId });
      for (let time = 0; time < 3; time += 1)
        await mqtt.publishAsync(`${root}/v1/policy/status`, 'forged', { qos: 1 });
      expect(mqtt.connected).toBe(true);
    }
    const denied = logger.lines.filter(({ message }) => message.includes('publish denied'));
    expect(denied.map(({ details }) => details)).toEqual([
      expect.objectContaining({ client: 'one', topic: `${root}/v1/policy/status` }),
      expect.objectContaining({ client: 'two', who: { kind: 'reader' } }),
    ]);
    expect(JSON.stringify(denied)).not.toContain('forged');
  });

  it('disconnects who announces a packet that is too big, before it has arrived', async () => {
    const broker = await start();
    const socket = await socketTo(broker);
    // A CONNECT of 16 MB: its header is enough.
    socket.write(Buffer.from([0x10, 0x80, 0x80, 0x80, 0x08]));
    await once(socket, 'close');
    const { mqtt } = await client(broker.url, broker.credentials('policy'));
    mqtt.publish(`${root}/v1/policy/evt/a/b/c`, Buffer.alloc(300 * 1024), { qos: 1 });
    await waitFor('disconnected', () => !mqtt.connected);
    expect(logger.lines.filter(({ message }) => message.includes('too big'))).toHaveLength(2);
  });

  it('keeps nothing for a client that is away', async () => {
    const broker = await start();
    const lasting = { ...light, clientId: 'lasting', clean: false };
    const first = await client(broker.url, { ...lasting, filters: [`${root}/v1/#`] });
    await first.close();
    const policy = await client(broker.url, broker.credentials('policy'));
    await policy.mqtt.publishAsync(`${root}/v1/policy/evt/a/b/old`, 'old', { qos: 1 });
    const again = await client(broker.url, { ...lasting, filters: [`${root}/v1/#`] });
    await policy.mqtt.publishAsync(`${root}/v1/policy/evt/a/b/new`, 'new', { qos: 1 });
    await again.sees('the new one', ({ payload }) => payload === 'new');
    expect(again.received).toHaveLength(1);
  });

  it('takes no more than so many connections', async () => {
    const broker = await start();
    const sockets = await Promise.all(Array.from({ length: 256 }, () => socketTo(broker)));
    const oneTooMany = await socketTo(broker);
    await once(oneTooMany, 'close');
    sockets[0]?.destroy();
    await waitFor('a place is free', () => client(broker.url, light));
  });

  it('lets our services say goodbye when it closes, and waits for nobody else', async () => {
    // On this clock the time that it gives them never ends: to wait for somebody who stays would be for ever.
    const broker = await start({ clock: { ...systemClock, after: () => () => undefined } });
    const silent = await socketTo(broker);
    const watcher = await client(broker.url, { ...light, filters: [`${root}/v1/#`] });
    const policy = connectBroker({
      url: broker.url,
      ...broker.credentials('policy'),
      root,
      service: 'policy',
      version: '1',
      logger,
    });
    const says = (online: 0 | 1) => (message: { topic: string; payload: string }) =>
      message.topic.endsWith('/policy/status') && JSON.parse(message.payload).online === online;
    await watcher.sees('policy is online', says(1));
    const closed = Promise.all([broker.close(), once(silent, 'close')]);
    await policy.close();
    await closed;
    await watcher.sees('policy says goodbye', says(0));
    opened.splice(0, 1);
  });

  it('says that its port is taken, and which setting that is', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({
      code: 'cannot-listen',
      message: `broker.embedded.port: another process listens on port ${port} of 127.0.0.1, maybe a Mosquitto; end that one, set another port, or use that broker: broker.url`,
    });
  });

  it('refuses a reader who has the name of a service', async () => {
    await expect(start({ readers: [{ username: 'policy', password: 'x' }] })).rejects.toMatchObject({
      code: 'bad-username',
    });
  });
});
