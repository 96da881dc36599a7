import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { serviceNames } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Random } from './random.ts';

/** A message as it was heard on the broker. */
interface Heard {
  readonly topic: string;
  readonly payload: Buffer;
}

/** Somebody who listens on an open broker and then sends what they like. */
export interface Stranger {
  /** Sends what was heard, again and in another order, and what nobody ever said. */
  forge(messages: number, random: Random): Promise<void>;
  /** Sends as fast as the broker takes it, half of it to topics that wake the services. */
  flood(messages: number): Promise<void>;
  close(): Promise<void>;
}

const mostKept = 2_000;
const patient = { timeoutMs: 120_000, everyMs: 20 };

export async function startStranger(url: string): Promise<Stranger> {
  const heard: Heard[] = [];
  const client = await connectAsync(url, { protocolVersion: 4, reconnectPeriod: 200, queueQoSZero: false });
  // The broker comes and goes; MQTT.js connects again by itself.
  client.on('error', () => {});
  client.on('message', (topic, payload) => {
    heard.push({ topic, payload });
    if (heard.length > mostKept) heard.shift();
  });
  await client.subscribeAsync('space/v1/#', { qos: 1 });
  const letIn = () => waitFor('a stranger is let in', () => client.connected, patient);
  return {
    async forge(messages, random) {
      await letIn();
      for (const { topic, payload } of random.shuffled([...heard, ...heard]).slice(0, messages)) {
        send(client, topic, payload, topic.endsWith('/status'));
      }
      for (const { topic, payload } of forgeries()) send(client, topic, payload, topic.endsWith('/status'));
    },
    async flood(messages) {
      await letIn();
      for (let sent = 0; sent < messages; sent += 1) {
        const topic = sent % 2 === 0 ? 'flood/of/nothing' : 'space/v1/ups-monitor/status';
        send(client, topic, Buffer.alloc(500, 'x'), false);
        // Every so often whatever else this process does has its turn.
        if (sent % 500 === 499) await new Promise(setImmediate);
      }
    },
    close: () => client.endAsync(true),
  };
}

/** At most once, and to a broker that may be away: what is lost is lost. */
function send(client: MqttClient, topic: string, payload: Buffer, retain: boolean): void {
  if (client.connected) client.publish(topic, payload, { qos: 0, retain });
}

function forgeries(): Heard[] {
  const epoch = '00000000-0000-4000-8000-000000000000';
  const now = Date.now();
  const status = { online: 1, session: 9e15, epoch, head: 99_999_999, ts: now, version: 'x' };
  const event = {
    specversion: '1.0',
    id: epoch,
    source: '/chaos/ups-monitor',
    type: 'ups.battery-low',
    subject: 'ups/u1',
    time: new Date(now).toISOString(),
    datacontenttype: 'application/json',
    dataschema: '/schemas/ups.battery-low/1',
    epoch,
    position: 1,
    version: 1,
    correlationid: epoch,
    data: { ups: 'u1', charge_pct: 1 },
  };
  const texts = [
    '',
    'no json',
    '{"head":1e308}',
    JSON.stringify(status),
    JSON.stringify({ ...status, online: 0 }),
  ];
  return serviceNames.flatMap((service) => [
    ...texts.map((text) => ({ topic: `space/v1/${service}/status`, payload: Buffer.from(text) })),
    { topic: `space/v1/${service}/evt/ups/u1/battery-low`, payload: Buffer.from(JSON.stringify(event)) },
  ]);
}

/** A subscriber of everything that reads nothing once it has subscribed. Resolves when it has asked to. */
export async function startDeaf(port: number): Promise<Socket> {
  // The broker may be down just now, or not up yet.
  const socket = await waitFor('a deaf subscriber is let in', () => connected(port), patient);
  const id = Buffer.from(`deaf-${process.hrtime.bigint()}`);
  // MQTT 3.1.1: CONNECT with a clean session and no keep-alive, SUBSCRIBE to # with QoS 1.
  const name = [0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 0];
  socket.write(Buffer.from([0x10, name.length + 2 + id.length, ...name, 0, id.length, ...id]));
  socket.write(Buffer.from([0x82, 6, 0, 1, 0, 1, 0x23, 1]));
  socket.pause();
  return socket;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return socket;
}
