import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startChild, waitFor } from '@huismeester/testkit';
import { connectAsync, type MqttClient } from 'mqtt';
import { type NetwatchProcess, startNetwatchProcess } from './netwatch-process.ts';
import type { Row } from './row.ts';

const program = fileURLToPath(new URL('servers-process.ts', import.meta.url));
const count = 300;
const patient = { timeoutMs: 120_000 };
/** After the start: what code runs for the first time, and what is compiled, is not what a site pays each day. */
const warmUpMs = 45_000;
/** Of a clock tick in /proc/<pid>/stat: Linux fixes it at 100 Hz for user space (proc(5)). */
const msPerTick = 10;

/** netwatch in a process of its own probes services of this machine each 30 s, a quarter of them with each kind of probe. */
export async function manyProbes(spanMs: number): Promise<Row> {
  const servers = await startChild({ name: 'servers', command: process.execPath, args: [program] });
  let netwatch: NetwatchProcess | undefined;
  let client: MqttClient | undefined;
  try {
    const pattern = /listening on (\d+) and (\d+)/;
    await servers.ready('its ports', () => pattern.test(servers.output()), patient);
    const [, web, names] = pattern.exec(servers.output()) ?? [];
    netwatch = await startNetwatchProcess({ probes: probesOf(Number(web), Number(names)) });
    client = await connectAsync(netwatch.mqttUrl);
    await everyProbeIsUp(client);
    await pause(warmUpMs);
    const { pid, used } = netwatch;
    const [before, pingsBefore, began] = [await used(), await childrenMs(pid), performance.now()];
    await pause(spanMs);
    const tookS = (performance.now() - began) / 1000;
    const [after, pings] = [await used(), (await childrenMs(pid)) - pingsBefore];
    return rowOf((after.cpuMs - before.cpuMs) / 10 / tookS, pings / 10 / tookS);
  } finally {
    await client?.endAsync(true);
    await netwatch?.close();
    await servers.stop();
  }
}

function rowOf(cpu_pct: number, pings_pct: number): Row {
  return {
    what: `netwatch with ${count} probes each 30 s: tcp, http, dns and ping, a quarter each`,
    measured: `${cpu_pct.toFixed(1)} % of a core; the ${count / 4} pings themselves ${pings_pct.toFixed(1)} %`,
    target: '≤ 10 % of a core',
    met: cpu_pct <= 10,
    reference: `${((cpu_pct / 100) * (30_000 / count)).toFixed(1)} ms of CPU a look`,
  };
}

function probesOf(web: number, names: number): object[] {
  const host = '127.0.0.1';
  return Array.from({ length: count }, (_, index) => {
    const id = `p${index}`;
    if (index % 4 === 0) return { id, kind: 'tcp', host, port: web };
    if (index % 4 === 1) return { id, kind: 'http', url: `http://${host}:${web}/` };
    if (index % 4 === 2) return { id, kind: 'dns', server: host, port: names, name: `${id}.space.example` };
    return { id, kind: 'ping', host };
  });
}

async function everyProbeIsUp(client: MqttClient): Promise<void> {
  const up = new Set<string>();
  client.on('message', (topic, payload) => {
    if (payload.includes('"up":1')) up.add(topic);
  });
  await client.subscribeAsync('space/v1/netwatch/state/probe/+');
  await waitFor('every probe is up', () => up.size === count, patient);
  client.removeAllListeners('message');
}

/** What the children of a process took that have ended, user and system, ms: cutime and cstime. */
async function childrenMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold spaces; cutime and cstime are fields 16 and 17.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * msPerTick;
}
