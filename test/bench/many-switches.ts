import { setTimeout as pause } from 'node:timers/promises';
import { type SwitchProcess, startSwitchProcess } from '@huismeester/simulators';
import { startMosquitto, waitFor } from '@huismeester/testkit';
import { connectAsync, type MqttClient } from 'mqtt';
import { type NetwatchProcess, startNetwatchProcess } from './netwatch-process.ts';
import type { Row } from './row.ts';

const [count, ports] = [200, 48];
/** After the start: what code runs for the first time, and what is compiled, is not what a site pays each day. */
const warmUpMs = 30_000;
const patient = { timeoutMs: 120_000 };

interface Span {
  /** Of one core, %. */
  readonly cpu_pct: number;
  readonly requestsPerS: number;
  readonly messagesPerS: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
}

/** The settings of simulated switches. */
export function switchesOf({ switches }: Pick<SwitchProcess, 'switches'>): object[] {
  const snmp = { version: '2c', community: 'public' };
  return switches.map(({ host, port }, index) => ({ id: `sw${index}`, host, port, snmp }));
}

/** netwatch in a process of its own looks at 200 switches of 48 ports, each with traffic, and publishes what it finds. */
export async function manySwitches(spanMs: number): Promise<Row[]> {
  const embedded = await measure(count, spanMs);
  const one = await measure(1, 1_000);
  const away = await withMosquitto(count, spanMs);
  const oneAway = await withMosquitto(1, 1_000);
  return [cpuRow(embedded, away), memoryRow([embedded, one], [away, oneAway])];
}

/** On a broker of its own, since the states of another netwatch would stay retained on it. */
async function withMosquitto(switches: number, spanMs: number): Promise<Span> {
  const mosquitto = await startMosquitto({ open: true });
  try {
    return await measure(switches, spanMs, mosquitto.url);
  } finally {
    await mosquitto.close();
  }
}

function cpuRow(embedded: Span, away: Span): Row {
  const eachUs = (embedded.cpu_pct * 10_000) / embedded.requestsPerS;
  return {
    what: `netwatch with ${count} switches × ${ports} ports with traffic, looked at each 5 s and counted each 10 s, publishing`,
    measured: `${embedded.cpu_pct.toFixed(1)} % of a core with the embedded broker in it, ${away.cpu_pct.toFixed(1)} % with Mosquitto; ${embedded.messagesPerS.toFixed(0)} messages/s`,
    target: '≤ 40 % of a core',
    met: Math.max(embedded.cpu_pct, away.cpu_pct) <= 40,
    reference: `${embedded.requestsPerS.toFixed(0)} SNMP requests/s, ${eachUs.toFixed(0)} µs of CPU each`,
  };
}

function memoryRow([embedded, one]: readonly [Span, Span], [away, oneAway]: readonly [Span, Span]): Row {
  const kb = (all: Span, few: Span, key: 'heapBytes' | 'externalBytes') =>
    (all[key] - few[key]) / (count - 1) / ports / 1000;
  const [own, with_] = [kb(away, oneAway, 'heapBytes'), kb(embedded, one, 'heapBytes')];
  const outside = kb(embedded, one, 'externalBytes');
  return {
    what: 'the same: memory a port, heap after a collection of garbage, less that of one switch',
    measured: `${own.toFixed(1)} KB; with the embedded broker, which keeps each state, ${with_.toFixed(1)} KB and ${outside.toFixed(1)} KB of buffers`,
    target: '≤ 8 KB',
    met: own <= 8 && with_ + outside <= 8,
    reference: `the heap with one switch: ${(oneAway.heapBytes / 1e6).toFixed(0)} MB`,
  };
}

async function measure(switches: number, spanMs: number, brokerUrl?: string): Promise<Span> {
  const simulator = await startSwitchProcess({ switches, ports, host: '127.9.0.1', spread: true });
  let netwatch: NetwatchProcess | undefined;
  let client: MqttClient | undefined;
  try {
    netwatch = await startNetwatchProcess({ switches: switchesOf(simulator) }, brokerUrl);
    client = await connectAsync(netwatch.mqttUrl);
    await everyPortIsSeen(client, switches * ports);
    await pause(warmUpMs);
    return await during(spanMs, { netwatch, client, simulator });
  } finally {
    await client?.endAsync(true);
    await netwatch?.close();
    await simulator.close();
  }
}

async function everyPortIsSeen(client: MqttClient, all: number): Promise<void> {
  const seen = new Set<string>();
  client.on('message', (topic, payload) => {
    if (payload.includes('in_bps')) seen.add(topic);
  });
  await client.subscribeAsync('space/v1/netwatch/state/switch/+/port/+');
  await waitFor('every port was counted twice', () => seen.size === all, patient);
  // A subscriber costs the embedded broker as much as a message does, and a site has one or two.
  client.removeAllListeners('message');
}

interface Parts {
  readonly netwatch: NetwatchProcess;
  readonly client: MqttClient;
  readonly simulator: SwitchProcess;
}

async function during(spanMs: number, { netwatch, client, simulator }: Parts): Promise<Span> {
  let messages = 0;
  client.on('message', () => {
    messages += 1;
  });
  const asked = async () => {
    const { get, getNext, getBulk } = await simulator.counts();
    return get + getNext + getBulk;
  };
  const [before, askedBefore, began] = [await netwatch.used(), await asked(), performance.now()];
  messages = 0;
  await pause(spanMs);
  const [heard, tookS] = [messages, (performance.now() - began) / 1000];
  const [after, askedAfter] = [await netwatch.used(), await asked()];
  return {
    cpu_pct: (after.cpuMs - before.cpuMs) / 10 / tookS,
    requestsPerS: (askedAfter - askedBefore) / tookS,
    messagesPerS: heard / tookS,
    heapBytes: after.heapBytes,
    externalBytes: after.externalBytes,
  };
}
