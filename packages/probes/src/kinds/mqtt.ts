import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { milliseconds, type ProbeOf } from '@huismeester/contracts';
import { MqttClient } from 'mqtt';
import type { Attempt, Good } from '../attempt.ts';
import { failureOf, LookFailure } from '../failure.ts';
import { hostProbe } from '../host.ts';
import type { ProbeMaker } from '../look.ts';
import { openTcp } from '../tcp.ts';
import { parseTarget, secure } from '../tls.ts';

type Settings = ProbeOf<'mqtt'>;

/**
 * A message that is sent to a broker and must come back (MQTT 3.1.1, QoS 1). Name and password are sent only after the certificate was
 * judged. A broker may acknowledge what it does not let through (MQTT 3.1.1, 3.3.5): a message that does not come back is a wrong answer.
 */
export const mqtt: ProbeMaker<ProbeOf<'mqtt'>> = (settings, around) => {
  const { url, host } = parseTarget(settings);
  if (settings.username === undefined && settings.password !== undefined)
    throw new LookFailure('not-allowed-here', 'password without a username');
  return hostProbe(host, settings, around, async (attempt) => {
    const encrypted = url.protocol === 'mqtts:';
    const tcp = await openTcp(attempt, Number(url.port || (encrypted ? 8883 : 1883)));
    const socket = encrypted ? await secure(attempt, tcp, host, settings) : tcp;
    return sendAndReturn(attempt, socket, settings);
  });
};

async function sendAndReturn(attempt: Attempt, socket: Socket, settings: Settings): Promise<Good> {
  const { topic } = settings;
  const client = clientOver(socket, settings);
  attempt.whenOver(() => client.end(true));
  // A broker that does not allow something may close the connection instead of an answer: it is said after what.
  const sent: { last: 'CONNECT' | 'SUBSCRIBE' | 'PUBLISH' } = { last: 'CONNECT' };
  const failed = failure(client, () => `closed after ${sent.last}`);
  const nonce = randomUUID();
  const there = async (): Promise<Good> => {
    await connected(client);
    const returned = returnOf(client, topic, nonce);
    sent.last = 'SUBSCRIBE';
    await subscribe(client, topic);
    sent.last = 'PUBLISH';
    await client.publishAsync(topic, nonce, { qos: 1 });
    attempt.ifSilent(new LookFailure('wrong-answer', 'message not returned'));
    await returned;
    return { latencyMs: attempt.elapsedMs() };
  };
  return Promise.race([
    there().catch((error: unknown) => {
      if (error instanceof LookFailure) throw error;
      // What waits for an answer is given up when the connection ends; the client says why, or that it was closed.
      return failed;
    }),
    failed,
  ]);
}

function clientOver(socket: Socket, { username, password, deadline }: Settings): MqttClient {
  return new MqttClient(() => socket, {
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId: `huismeester-probe-${randomUUID().slice(0, 8)}`,
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    keepalive: 0,
    // The attempt's deadline is before it.
    connectTimeout: milliseconds(deadline) * 2,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  });
}

function connected(client: MqttClient): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  client.once('connect', () => resolve());
  return promise;
}

function returnOf(client: MqttClient, topic: string, nonce: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // Others may look at the same topic.
  client.on('message', (from, payload) => {
    if (from === topic && payload.toString() === nonce) resolve();
  });
  return promise;
}

/** Rejects as soon as the client fails, or its connection is closed. */
function failure(client: MqttClient, closed: () => string): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  client.on('error', (error) => reject(failureOfMqtt(error)));
  client.on('close', () => reject(new LookFailure('no-answer', closed())));
  return promise;
}

/** In a SUBACK instead of the granted QoS (MQTT 3.1.1, 3.9.3). */
const failureCode = 0x80;

async function subscribe(client: MqttClient, topic: string): Promise<void> {
  try {
    await client.subscribeAsync(topic, { qos: 1 });
  } catch (cause) {
    const packet: unknown = cause instanceof Error && 'packet' in cause ? cause.packet : undefined;
    if (typeof packet !== 'object' || packet === null || !('granted' in packet)) throw cause;
    const isRefused = Array.isArray(packet.granted) && packet.granted.includes(failureCode);
    throw isRefused
      ? new LookFailure('wrong-secret', 'may not subscribe', { cause })
      : new LookFailure('wrong-answer', 'not MQTT', { cause });
  }
}

/** What CONNACK says (MQTT 3.1.1, 3.2.2.3). */
const refusals: Readonly<Record<number, LookFailure['code']>> = {
  1: 'wrong-answer',
  2: 'wrong-answer',
  3: 'refused',
  4: 'wrong-secret',
  5: 'wrong-secret',
};

function failureOfMqtt(cause: Error): unknown {
  const code = 'code' in cause ? cause.code : undefined;
  if (typeof code === 'number') {
    const reason = refusals[code] ?? 'wrong-answer';
    return new LookFailure(reason, `CONNACK ${code}`, { cause });
  }
  // Whatever else it cannot read is no MQTT.
  return failureOf(cause) ?? new LookFailure('wrong-answer', 'not MQTT', { cause });
}
