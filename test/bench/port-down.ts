import { setTimeout as pause } from 'node:timers/promises';
import { type SwitchProcess, startSwitchProcess } from '@huismeester/simulators';
import { freeUdpPort, waitFor } from '@huismeester/testkit';
import { connectAsync, type MqttClient } from 'mqtt';
import { switchesOf } from './many-switches.ts';
import { type NetwatchProcess, startNetwatchProcess } from './netwatch-process.ts';
import { inMs, inSeconds, median, type Row } from './row.ts';

/** So many switches of so many ports, and a port of each is unplugged. */
const [count, ports] = [20, 48];
const pollMs = 5_000;
const host = '127.0.0.1';
const patient = { timeoutMs: 120_000 };

/** A port loses its link → `port.down` at a subscriber of the broker, with a trap and without. */
export async function portDown(): Promise<Row> {
  const withTraps = await unplugged(true);
  const without = await unplugged(false);
  const [trapped, polled] = [median(withTraps), median(without)];
  return {
    what: `netwatch with ${count} switches × ${ports} ports: a port is unplugged → port.down at a subscriber of the embedded broker, ${count} ports`,
    measured: `with a trap: median ${inMs(trapped)}, worst ${inMs(Math.max(...withTraps))}; without: median ${inSeconds(polled)}, worst ${inSeconds(Math.max(...without))}`,
    target: `medians ≤ 300 ms with a trap, ≤ ${inSeconds(pollMs + 250)} without`,
    met: trapped <= 300 && polled <= pollMs + 250,
    reference: `two looks 150 ms apart must agree; without a trap each switch is looked at every ${pollMs / 1000} s`,
  };
}

/** From the unplugging to the event, ms, of each. */
async function unplugged(hasTraps: boolean): Promise<number[]> {
  const port = await freeUdpPort();
  const traps = hasTraps ? { traps: { host, port } } : {};
  const simulator = await startSwitchProcess({
    switches: count,
    ports,
    host: '127.9.0.1',
    spread: true,
    ...traps,
  });
  let netwatch: NetwatchProcess | undefined;
  let client: MqttClient | undefined;
  try {
    netwatch = await startNetwatchProcess({ switches: switchesOf(simulator), ...traps });
    client = await connectAsync(netwatch.mqttUrl);
    const up = await listening(client);
    await waitFor('all switches are up', () => up.size === count, patient);
    // The listener for traps may come a moment after the first look.
    await pause(2 * pollMs);
    const took: number[] = [];
    for (let index = 0; index < count; index += 1) {
      took.push(await timeOne(client, simulator, index));
      // Of any length, so that no moment between two looks is favoured.
      if (!hasTraps) await pause(Math.random() * pollMs);
    }
    return took;
  } finally {
    await client?.endAsync(true);
    await netwatch?.close();
    await simulator.close();
  }
}

/** The switches of which it was said that they answer. */
async function listening(client: MqttClient): Promise<Set<string>> {
  const up = new Set<string>();
  client.on('message', (topic, payload) => {
    if (topic.includes('/state/switch/') && payload.includes('"up":1')) up.add(topic);
  });
  await client.subscribeAsync(['space/v1/netwatch/state/switch/+', 'space/v1/netwatch/evt/#']);
  return up;
}

async function timeOne(client: MqttClient, simulator: SwitchProcess, index: number): Promise<number> {
  const heard = Promise.withResolvers<number>();
  const listener = (topic: string, payload: Buffer) => {
    if (
      topic.includes('/evt/port/') &&
      payload.includes(`port/sw${index}/`) &&
      payload.includes('"port.down"')
    )
      heard.resolve(performance.now());
  };
  client.on('message', listener);
  const began = performance.now();
  await simulator.command({ switch: index, unplug: `gi1/0/${index + 1}` });
  const at = await heard.promise;
  client.off('message', listener);
  return at - began;
}
