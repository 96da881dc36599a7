import { connectAsync, type MqttClient } from 'mqtt';

/** A message as any MQTT client in the space would see it. */
export interface Heard {
  readonly topic: string;
  readonly text: string;
  readonly retained: boolean;
}

/** A real MQTT client that hears everything below a root. */
export interface Listener {
  readonly client: MqttClient;
  readonly heard: readonly Heard[];
  /** The newest payload of a topic, as JSON. */
  newest(topic: string): Record<string, unknown> | undefined;
  close(): Promise<void>;
}

export async function listen(url: string, root: string): Promise<Listener> {
  const client = await connectAsync(url, { protocolVersion: 4, reconnectPeriod: 100 });
  const heard: Heard[] = [];
  client.on('message', (topic, payload, { retain }) =>
    heard.push({ topic, text: payload.toString('utf8'), retained: retain }),
  );
  await client.subscribeAsync(`${root}/v1/#`, { qos: 1 });
  return {
    client,
    heard,
    newest: (topic) => {
      const last = heard.findLast((each) => each.topic === topic);
      return last && JSON.parse(last.text);
    },
    close: () => client.endAsync(true),
  };
}
