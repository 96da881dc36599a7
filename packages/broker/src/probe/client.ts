import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';

export interface ProbeLogin {
  readonly username?: string;
  readonly password?: string;
}

export interface ProbeServer {
  readonly url: string;
  readonly ca?: string | undefined;
}

/** A client for a moment, which notes what it receives. */
export interface ProbeClient {
  /** Resolves when the broker acknowledged it, or hung up instead. */
  publish(topic: string, payload: string, qos: 0 | 1): Promise<void>;
  /** Whether such a message comes within the time. */
  hears(topic: string, payload: string, withinMs: number): Promise<boolean>;
  close(): Promise<void>;
}

const greetingMs = 5_000;

/** Connects and subscribes; rejects when the broker refuses. */
export async function probeClient(
  { url, ca }: ProbeServer,
  login: ProbeLogin,
  filters: readonly string[],
): Promise<ProbeClient> {
  const options: IClientOptions = {
    protocolVersion: 4,
    clientId: `check-config-${randomUUID()}`,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: greetingMs,
    ...login,
    ...(ca !== undefined && { ca }),
  };
  const client = connect(url, options);
  // What is tried is the broker's delay, not ours.
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  await greeted(client);
  const waiting = new Map<string, () => void>();
  client.on('message', (topic, payload) => waiting.get(`${topic} ${payload.toString()}`)?.());
  client.on('error', () => {
    // What was sent over it is not acknowledged and does not arrive: that is what is reported.
  });
  // One by one: a broker may refuse one of them.
  for (const filter of filters) await client.subscribeAsync(filter, { qos: 0 }).catch(() => {});
  return {
    publish: async (topic, payload, qos) => {
      const gone = Promise.withResolvers<void>();
      client.once('close', gone.resolve);
      // A broker may hang up instead: that it does not arrive is what is reported.
      const acknowledged = client.publishAsync(topic, payload, { qos }).catch(() => {});
      await Promise.race([acknowledged, gone.promise]);
      client.off('close', gone.resolve);
    },
    hears: (topic, payload, withinMs) =>
      new Promise((resolve) => {
        const key = `${topic} ${payload}`;
        const finish = (arrived: boolean) => {
          clearTimeout(timer);
          waiting.delete(key);
          resolve(arrived);
        };
        const timer = setTimeout(() => finish(false), withinMs);
        waiting.set(key, () => finish(true));
      }),
    close: () => client.endAsync(true),
  };
}

function greeted(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => {
      client.end(true);
      reject(error);
    };
    client.once('connect', () => {
      client.off('error', refuse);
      client.off('close', closed);
      resolve();
    });
    const closed = () => refuse(new Error('the broker hung up'));
    client.on('error', refuse);
    client.on('close', closed);
  });
}
