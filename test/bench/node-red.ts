import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort, startChild, startMosquitto, tempDir, waitFor } from '@huismeester/testkit';
import { connectAsync, type MqttClient } from 'mqtt';
import { inMs, median, quantile } from './row.ts';

const run = promisify(execFile);

interface Load {
  readonly messages: number;
  readonly perSecond: number;
  /** So many at the beginning are not counted. */
  readonly warmingUp: number;
}

/**
 * How long a message takes through a Node-RED of mqtt in → function → mqtt out, QoS 1, on a Mosquitto of its own: the same
 * path as ours, with nothing kept. Says why when Node-RED cannot be had.
 */
export async function throughNodeRed(load: Load): Promise<string> {
  const dir = await tempDir('node-red');
  try {
    const options = ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', dir.path, 'node-red@5'];
    await run('npm', options, { timeout: 180_000 });
  } catch (error) {
    await dir.remove();
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `Node-RED could not be installed: ${reason}`;
  }
  const mosquitto = await startMosquitto({ open: true });
  const port = await freePort();
  await writeFile(join(dir.path, 'settings.js'), settings(port));
  await writeFile(join(dir.path, 'flows.json'), JSON.stringify(flow(mosquitto.port)));
  const args = [
    join(dir.path, 'node_modules/node-red/red.js'),
    '-u',
    dir.path,
    '-s',
    join(dir.path, 'settings.js'),
  ];
  const child = await startChild({ name: 'Node-RED', command: process.execPath, args, cwd: dir.path });
  const client = await connectAsync(mosquitto.url);
  try {
    await client.subscribeAsync('bench/out', { qos: 1 });
    await child.ready('its flow is connected', () => child.output().includes('Connected to broker'), {
      timeoutMs: 120_000,
    });
    const delays = await send(client, load);
    return `Node-RED, mqtt in → function → mqtt out, nothing durable: median ${inMs(median(delays))}, p99 ${inMs(quantile(delays, 0.99))}`;
  } finally {
    await client.endAsync();
    await child.stop({ graceMs: 10_000 });
    await mosquitto.close();
    await dir.remove();
  }
}

async function send(client: MqttClient, { messages, perSecond, warmingUp }: Load): Promise<number[]> {
  const came: number[] = [];
  client.on('message', (_topic, payload) => {
    came[Number(payload.toString())] = performance.now();
  });
  const sent: number[] = [];
  const began = performance.now();
  for (let index = 0; index < messages; index += 1) {
    const due = began + (index * 1000) / perSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    sent.push(performance.now());
    void client.publishAsync('bench/in', String(index), { qos: 1 });
  }
  await waitFor('all came back', () => came.filter((at) => at > 0).length === messages, {
    timeoutMs: 30_000,
  });
  return sent.map((at, index) => (came[index] ?? Number.NaN) - at).slice(warmingUp);
}

function settings(port: number): string {
  const chosen = {
    uiHost: '127.0.0.1',
    uiPort: port,
    flowFile: 'flows.json',
    credentialSecret: false,
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false },
  };
  return `module.exports = ${JSON.stringify(chosen)};\n`;
}

function flow(port: number): object[] {
  const at = { z: 'tab', x: 0, y: 0 };
  return [
    { id: 'tab', type: 'tab', label: 'bench' },
    {
      id: 'broker',
      type: 'mqtt-broker',
      name: '',
      broker: '127.0.0.1',
      port: String(port),
      autoConnect: true,
      usetls: false,
      protocolVersion: '4',
      keepalive: '60',
      cleansession: true,
    },
    {
      id: 'in',
      type: 'mqtt in',
      ...at,
      topic: 'bench/in',
      qos: '1',
      datatype: 'utf8',
      broker: 'broker',
      wires: [['function']],
    },
    {
      id: 'function',
      type: 'function',
      ...at,
      func: 'return msg;',
      outputs: 1,
      wires: [['out']],
    },
    {
      id: 'out',
      type: 'mqtt out',
      ...at,
      topic: 'bench/out',
      qos: '1',
      retain: 'false',
      broker: 'broker',
      wires: [],
    },
  ];
}
