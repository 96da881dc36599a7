import { maxPacketBytes, maxPayloadBytes } from '../limits.ts';
import type { ProbeClient } from './client.ts';

/** One thing that was tried at the broker; `problem` says what is wrong, without a secret. */
export interface BrokerFinding {
  readonly what: string;
  readonly problem?: string;
  readonly remedy?: string;
}

/** One server of a broker. */
export interface Server {
  /** How findings name it. */
  readonly name: string;
  readonly root: string;
  /** White space before what is said at it: in a cluster each server hears what is said at the others. */
  readonly mark: string;
}

/** How long a message may take that is expected, in ms. */
export const expectedMs = 3_000;

/** How much longer a hop with QoS 1 takes where the broker waits for TCP's acknowledgement: 40 ms. */
const naglingMs = 25;

/** Publishes as one, and listens as the other: whether it came. */
export async function send(
  from: ProbeClient,
  to: ProbeClient,
  topic: string,
  payload: string,
  qos: 0 | 1,
): Promise<boolean> {
  const heard = to.hears(topic, payload, expectedMs);
  const [came] = await Promise.all([heard, Promise.race([from.publish(topic, payload, qos), heard])]);
  return came;
}

/**
 * A client that hears what it says gets a message and an acknowledgement: the second comes at once, unless the broker
 * waits for TCP's acknowledgement of the first.
 */
export async function quickness(
  { name, mark }: Server,
  client: ProbeClient,
  topic: string,
): Promise<BrokerFinding> {
  const typical = async (qos: 0 | 1) => {
    const times: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const begin = performance.now();
      const payload = `${mark}{${' '.repeat(round + 2)}}`;
      const heard = client.hears(topic, payload, expectedMs);
      await Promise.all([client.publish(topic, payload, qos), heard]);
      times.push(performance.now() - begin);
    }
    return times.toSorted((one, other) => one - other)[4] ?? 0;
  };
  const what = `${name}: a message with QoS 1 is as quick as one without`;
  let slow = '';
  // A machine that is busy is slow once; one that waits for TCP is so each time.
  for (let time = 0; time < 3; time += 1) {
    const [plain, acknowledged] = [await typical(0), await typical(1)];
    if (acknowledged - plain < naglingMs || plain >= expectedMs) return { what };
    slow = `it takes ${Math.round(acknowledged)} ms, without QoS 1 ${Math.round(plain)} ms`;
  }
  return { what, problem: slow, remedy: 'set_tcp_nodelay true in mosquitto.conf' };
}

/** Whether it takes the biggest message that an event of ours may be. */
export async function size(
  { name, mark }: Server,
  client: ProbeClient,
  topic: string,
): Promise<BrokerFinding> {
  const what = `${name}: it takes a message of ${maxPayloadBytes} bytes`;
  const payload = `${mark}{${' '.repeat(maxPayloadBytes - 2 - mark.length)}}`;
  if (await send(client, client, topic, payload, 1)) return { what };
  const remedy = `message_size_limit ${maxPayloadBytes} in mosquitto.conf; max_payload: ${maxPacketBytes} in nats-server.conf`;
  return { what, problem: 'it did not arrive', remedy };
}
