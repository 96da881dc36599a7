import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { backoffMs } from '@huismeester/clock';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { LinkOptions } from './link-options.ts';

const pauses = { firstMs: 200, longestMs: 3_000 };
const endMs = 1_000;

/**
 * Starts one connection, with MQTT.js's own reconnecting, queues and resubscribing off: messages of QoS 1 that it kept
 * while offline can be lost when it reconnects, so whoever sends must know what arrived.
 */
export function startClient(url: string, options: LinkOptions, failures: number): MqttClient {
  const client = connect(url, { ...clientOptions(options), connectTimeout: greetingMs(options, failures) });
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  return client;
}

function clientOptions({ name, username, password, ca, will }: LinkOptions): IClientOptions {
  return {
    protocolVersion: 4,
    // A client that connects under the id of another throws it out, so nobody should be able to guess ours.
    clientId: `${name}-${randomUUID()}`,
    clean: true,
    keepalive: 10,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
    ...(will !== undefined && { will: lastWill(will()) }),
  };
}

/**
 * How long a greeting may take: of several servers one that is busy with an election answers late or never, while another
 * may be there; a machine that is slow gets longer each time.
 */
function greetingMs({ urls, timeoutMs }: LinkOptions, failures: number): number {
  return urls.length > 1 ? Math.min(timeoutMs, 1_500 * 1.25 ** failures) : timeoutMs;
}

function lastWill({ topic, payload }: { topic: string; payload: string }) {
  return { topic, payload: Buffer.from(payload), qos: 1 as const, retain: true };
}

/** How long to wait after so many failures, in ms: doubles up to 3 s, and differs between those who lost the same broker. */
export function pauseAfter(failures: number): number {
  return backoffMs(failures, pauses) * (0.5 + Math.random() / 2);
}

/** Says DISCONNECT, so that the broker drops the will; a broker that does not react within 1 s is left. */
export async function endClient(client: MqttClient): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      client.end(true);
      resolve();
    }, endMs);
    client.end(!client.connected, () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
