import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Child, freePort, startChild, startPostgres, tempDir, waitFor } from '@huismeester/testkit';
import { connectAsync, type MqttClient } from 'mqtt';
import { counted } from './counted.ts';
import { inSeconds, quantile, type Row } from './row.ts';

const monitorProgram = fileURLToPath(new URL('../../services/ups-monitor/src/main.ts', import.meta.url));
const upsdProgram = fileURLToPath(new URL('upsd-process.ts', import.meta.url));
/** After the start: what code runs for the first time, and what is compiled, is not what a site pays each day. */
const warmUpMs = 15_000;
const patient = { timeoutMs: 60_000 };

interface Heard {
  readonly type: string;
  readonly subject: string;
  readonly position: number;
  /** From the event's own time to its arrival, ms. */
  readonly age: number;
  /** When it came, ms since 1970. */
  readonly at: number;
}

interface Span {
  /** Of one core, %. */
  readonly cpu_pct: number;
  readonly messagesPerS: number;
  /** Rows inserted, updated or deleted, a second. */
  readonly writesPerS: number;
  readonly commitsPerS: number;
  readonly reconnects: number;
  /** Questions that upsd answered, a second. */
  readonly questionsPerS: number;
}

/**
 * ups-monitor in a process of its own, with the embedded broker in it, at the default polls, on a PostgreSQL that waits
 * for the disk: at rest, and while all its UPSes lose the mains at once.
 */
export async function manyUpses(counts: readonly number[], restMs: number, cutMs: number): Promise<Row[]> {
  const found: Row[] = [];
  for (const count of counts) found.push(...(await measure(count, restMs, cutMs)));
  return found;
}

async function measure(count: number, restMs: number, cutMs: number): Promise<Row[]> {
  const postgres = await startPostgres({ fsync: true });
  const dir = await tempDir('many-upses');
  const url = await postgres.createDatabase();
  const upsd = await startChild({
    name: 'the simulated upsd',
    command: process.execPath,
    args: [upsdProgram],
    env: { UPS_COUNT: String(count) },
  });
  let monitor: Child | undefined;
  let client: MqttClient | undefined;
  try {
    const port = await printed(upsd, /listening on (\d+)/);
    const brokerPort = await freePort();
    const file = join(dir.path, 'space.yaml');
    await writeFile(file, JSON.stringify(settings({ count, upsd: port, brokerPort, url, dir: dir.path })));
    const args = [...process.execArgv, monitorProgram, '--config', file];
    monitor = await startChild({ name: 'ups-monitor', command: process.execPath, args, cwd: dir.path });
    client = await listening(monitor, brokerPort);
    const watch = await observe({ client, monitor, upsd, url, count });
    await pause(warmUpMs);
    const rest = await watch.during(() => pause(restMs));
    const began = watch.heard.length;
    const cut = await watch.during(async () => {
      upsd.signal('SIGUSR2');
      await pause(cutMs);
    });
    const cutAt = await printed(upsd, /cut at (\d+)/);
    return [restRow(count, rest), cutRow(count, cut, watch.heard.slice(began), cutAt)];
  } finally {
    await client?.endAsync(true);
    await monitor?.stop({ graceMs: 10_000 });
    await upsd.stop();
    await postgres.close();
    await dir.remove();
  }
}

function restRow(count: number, rest: Span): Row {
  const { cpu_pct, messagesPerS, writesPerS, commitsPerS, reconnects, questionsPerS } = rest;
  return {
    what: `ups-monitor with ${count} UPSes at the default polls, embedded broker in it, at rest`,
    measured: `${cpu_pct.toFixed(1)} % of a core (${(cpu_pct / count).toFixed(3)} % a UPS), ${messagesPerS.toFixed(1)} messages/s, ${writesPerS.toFixed(1)} rows written/s, ${commitsPerS.toFixed(1)} transactions/s, ${reconnects} reconnects`,
    target: '≤ 40 % of a core with 400, nothing written, no reconnect',
    met: cpu_pct <= Math.max(4, count / 10) && writesPerS < 0.1 && reconnects === 0,
    reference: `${questionsPerS.toFixed(0)} questions/s to upsd, ${((cpu_pct * 10_000) / questionsPerS).toFixed(0)} µs of CPU each`,
  };
}

function cutRow(count: number, { cpu_pct, reconnects }: Span, heard: readonly Heard[], cutAt: number): Row {
  const cuts = new Map(
    heard.filter(({ type }) => type === 'ups.on-battery').map(({ subject, at }) => [subject, at - cutAt]),
  );
  const ages = heard.map(({ age }) => age);
  const worst = Math.max(...ages);
  const last = cuts.size === count ? Math.max(...cuts.values()) : Number.POSITIVE_INFINITY;
  const gaps = heard.filter(({ position }, index) => {
    const before = heard[index - 1];
    return before !== undefined && position !== before.position + 1;
  }).length;
  return {
    what: `the same, all ${count} cut at once: event said → at an MQTT subscriber`,
    measured: `median ${inSeconds(quantile(ages, 0.5))}, p99 ${inSeconds(quantile(ages, 0.99))}, worst ${inSeconds(worst)} of ${heard.length} events; the last of ${cuts.size} on-battery ${inSeconds(last)} after the cut; ${cpu_pct.toFixed(1)} % of a core, ${reconnects} reconnects, ${gaps} gaps`,
    target: 'worst ≤ 2 s, each on-battery ≤ 2 s after the cut, no gap',
    met: worst <= 2_000 && last <= 2_000 && reconnects === 0 && gaps === 0,
    reference: 'a look each 0.5 s, and a second one 80 ms later',
  };
}

interface Where {
  readonly count: number;
  readonly upsd: number;
  readonly brokerPort: number;
  readonly url: string;
  readonly dir: string;
}

function settings({ count, upsd, brokerPort, url, dir }: Where): object {
  return {
    site: { id: 'bench', name: 'Bench' },
    http: { port: 0, socket: join(dir, 'hm.sock') },
    broker: { embedded: { port: brokerPort, anonymousRead: true } },
    database: { url },
    ups: Array.from({ length: count }, (_, index) => ({
      id: `u${index}`,
      upsd: { host: '127.0.0.1', port: upsd, name: `u${index}` },
    })),
  };
}

async function printed(child: Child, pattern: RegExp): Promise<number> {
  const found = () => pattern.exec(child.output())?.[1];
  await child.ready(String(pattern), () => found() !== undefined, patient);
  return Number(found());
}

async function listening(monitor: Child, port: number): Promise<MqttClient> {
  let client: MqttClient | undefined;
  await monitor.ready(
    'its broker answers',
    async () => {
      client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
      return true;
    },
    patient,
  );
  if (!client) throw new Error('the broker answered and there is no client');
  return client;
}

/** Listens to all that is published, and reads what the process and its database have done. */
interface Observed {
  readonly client: MqttClient;
  readonly monitor: Child;
  readonly upsd: Child;
  readonly url: string;
  readonly count: number;
}

async function observe({ client, monitor, upsd, url, count }: Observed) {
  const heard: Heard[] = [];
  const contacts = new Set<string>();
  let messages = 0;
  let reconnects = 0;
  client.on('message', (topic, payload) => {
    messages += 1;
    const [, , , kind, second] = topic.split('/');
    if (kind === 'state' && second === 'service') {
      const { reconnects: so = 0 } = JSON.parse(payload.toString()) as { reconnects?: number };
      reconnects = so;
    }
    if (kind === 'state' && second === 'ups') contacts.add(topic);
    if (kind !== 'evt') return;
    const { type, subject, time, position } = JSON.parse(payload.toString()) as Heard & { time: string };
    heard.push({ type, subject, position, age: Date.now() - Date.parse(time), at: Date.now() });
  });
  await client.subscribeAsync('space/v1/#', { qos: 1 });
  await waitFor('every UPS has a state', () => contacts.size === count, patient);
  return {
    heard,
    async during(work: () => Promise<void>): Promise<Span> {
      const questions = await answered(upsd);
      const [before, began] = [await counted(url, monitor.pid), performance.now()];
      const [messagesBefore, reconnectsBefore] = [messages, reconnects];
      await work();
      const [after, tookS] = [await counted(url, monitor.pid), (performance.now() - began) / 1000];
      return {
        cpu_pct: (after.cpuMs - before.cpuMs) / 10 / tookS,
        messagesPerS: (messages - messagesBefore) / tookS,
        writesPerS: (after.written - before.written) / tookS,
        commitsPerS: (after.commits - before.commits) / tookS,
        reconnects: reconnects - reconnectsBefore,
        questionsPerS: ((await answered(upsd)) - questions) / tookS,
      };
    },
  };
}

async function answered(upsd: Child): Promise<number> {
  const before = upsd.output().length;
  upsd.signal('SIGHUP');
  const found = () => /answered (\d+)/.exec(upsd.output().slice(before))?.[1];
  await upsd.ready('it counted', () => found() !== undefined, patient);
  return Number(found());
}
