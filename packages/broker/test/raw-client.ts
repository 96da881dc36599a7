import { waitFor } from '@huismeester/testkit';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';

export interface Received {
  topic: string;
  payload: string;
  retain: boolean;
}

/** Anybody's MQTT client, as it comes: a light, Grafana, an attacker. */
export interface RawClient {
  readonly mqtt: MqttClient;
  readonly received: Received[];
  /** The topics received so far, each once. */
  topics(): string[];
  /** Waits for a message that matches. */
  sees(description: string, predicate: (message: Received) => boolean): Promise<Received>;
  close(): Promise<void>;
}

/** Connects, or rejects when the broker refuses; subscribes to the filters (QoS 1), which it may refuse in silence. */
export async function rawClient(
  url: string,
  options: IClientOptions & { filters?: string[]; qos?: 0 | 1 } = {},
): Promise<RawClient> {
  const { filters = [], qos = 1, ...rest } = options;
  const mqtt = await connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0, ...rest }, false);
  const received: Received[] = [];
  mqtt.on('message', (topic, payload, { retain }) =>
    received.push({ topic, payload: payload.toString(), retain }),
  );
  // The broker may disconnect us: the test looks at what it did.
  mqtt.on('error', () => {});
  for (const filter of filters) await mqtt.subscribeAsync(filter, { qos });
  return {
    mqtt,
    received,
    topics: () => [...new Set(received.map(({ topic }) => topic))],
    sees: (description, predicate) => waitFor(description, () => received.find(predicate)),
    close: () => mqtt.endAsync(true),
  };
}
