import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { type Child, startChild, startUpsd, tempDir, type Upsd, waitFor } from '@huismeester/testkit';
import { Client } from 'undici';
import { type InFlight, type Moment, type MomentName, restoreMoment } from './moment.ts';
import { execute } from './postgres.ts';
import { authorization, cluster, healthyUps, settingsOf } from './space.ts';

const laterClock = new URL('../spaces/e2e/later-clock.ts', import.meta.url).href;
const limits = { timeoutMs: 400_000, everyMs: 100 };
const schemas = { policy: 'policy', 'vm-lifecycle': 'vm_lifecycle', 'ups-monitor': 'ups_monitor' } as const;

/** A space around the program of another checkout, and what a story can do with it and wait for. */
export interface World {
  readonly proxmox: ProxmoxSimulator;
  /** How far the program's clock is ahead, ms. */
  aheadMs(): number;
  ups(variable: string, value: string): Promise<void>;
  arm(clause: string): Promise<void>;
  hold(vm: string, length: string, because: string): Promise<void>;
  /** Waits until the guests are off, the program knows it, and policy does. */
  off(vmids: readonly number[]): Promise<void>;
  on(vmids: readonly number[]): Promise<void>;
  nodeOff(node: string): Promise<void>;
  /** Waits until a log has so many events of which this SQL condition holds. */
  said(service: keyof typeof schemas, condition: string, times?: number): Promise<void>;
  /** Kills the program and starts it again with a clock that is this much more ahead. */
  later(ms: number): Promise<void>;
  get<Body>(path: string): Promise<Body>;
  remove(path: string): Promise<void>;
  /** As `kill -9`. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the program of the checkout on an empty database; or as a moment left the space: on the moment's database, as if the
 * moment was `agoMs` ago, with what was in flight in flight.
 */
export async function openWorld(
  checkout: string,
  database: string,
  settings: Pick<Moment, 'power' | 'nodes'>,
  restored?: { readonly name: MomentName; readonly moment: Moment; readonly agoMs: number },
): Promise<World> {
  const dir = await tempDir('upgrade');
  const upsd = await startUpsd({ ups: [{ name: 'rack', vars: { ...healthyUps, ...restored?.moment.ups } }] });
  const proxmox = await startProxmoxSimulator({
    state: cluster(restored?.moment),
    durations: { resourcesDelay: 0, unauthorizedDelay: 0, nodeHalt: 0.2 },
  });
  const socket = join(dir.path, 'h.sock');
  const file = join(dir.path, 'space.yaml');
  await writeFile(file, settingsOf({ socket, database, upsd, proxmox }, settings));
  if (restored) {
    const upids = await askAgain(proxmox, restored.moment.inFlight);
    await restoreMoment(restored.name, database, { agoMs: restored.agoMs, upids });
  }
  const program = programOf(checkout, file, socket);
  await program.start(0);
  return { ...deedsIn({ database, proxmox, upsd, program }), close };

  async function close(): Promise<void> {
    await program.kill();
    await program.client.close();
    await Promise.all([upsd.close(), proxmox.close()]);
    await dir.remove();
  }
}

/** The tasks of the moment run again, under new names: old name → new one. */
async function askAgain(
  { url, ca }: ProxmoxSimulator,
  inFlight: readonly InFlight[],
): Promise<ReadonlyMap<string, string>> {
  const client = new Client(url, { connect: { ca } });
  const upids = new Map<string, string>();
  for (const { node, type, vmid, act, upid } of inFlight) {
    const path = `/api2/json/nodes/${node}/${type}/${vmid}/status/${act}`;
    const { body } = await client.request({ method: 'POST', path, headers: { authorization } });
    upids.set(upid, ((await body.json()) as { data: string }).data);
  }
  await client.close();
  return upids;
}

function deedsIn(parts: {
  database: string;
  proxmox: ProxmoxSimulator;
  upsd: Upsd;
  program: ReturnType<typeof programOf>;
}): Omit<World, 'close'> {
  const { database, proxmox, upsd, program } = parts;
  const wait = (what: string, happened: () => boolean | Promise<boolean>) => waitFor(what, happened, limits);
  const count = async (condition: string): Promise<number> =>
    Number((await execute(database, `select count(*) from ${condition}`))[0]);
  const are = async (vmids: readonly number[], running: boolean): Promise<void> => {
    const status = running ? 'running' : 'stopped';
    await wait(`${vmids} ${status}`, () => vmids.every((vmid) => proxmox.guest(vmid).status === status));
    const list = vmids.map((vmid) => `'${vmid}'`).join();
    const known = `policy.guest where vm in (${list}) and (state->>'running')::boolean = ${running} and not state ? 'inFlight'`;
    await wait(`policy knows it of ${vmids}`, async () => (await count(known)) === vmids.length);
  };
  return {
    proxmox,
    aheadMs: program.aheadMs,
    ups: (variable, value) => upsd.set('rack', variable, value),
    arm: (clause) => program.send('PUT', `/api/v1/rules/${clause}`, { mode: 'enforce' }),
    hold: (vm, length, because) => program.send('POST', '/api/v1/holds', { vm, for: length, because }),
    off: (vmids) => are(vmids, false),
    on: (vmids) => are(vmids, true),
    nodeOff: async (node) => {
      await wait(`${node} off`, () => !proxmox.node(node).online);
    },
    said: async (service, condition, times = 1) => {
      const log = `${schemas[service]}.event_log where ${condition}`;
      await wait(`${times} of ${log}`, async () => (await count(log)) >= times);
    },
    later: async (ms) => {
      await program.kill();
      await program.start(program.aheadMs() + ms);
    },
    get: program.get,
    remove: (path) => program.send('DELETE', path),
    kill: program.kill,
  };
}

function programOf(checkout: string, file: string, socketPath: string) {
  const client = new Client('http://localhost', { socketPath });
  let child: Child | undefined;
  let aheadMs = 0;
  const isReady = async (): Promise<boolean> => {
    try {
      const { statusCode, body } = await client.request({ method: 'GET', path: '/health/ready' });
      await body.dump();
      return statusCode === 200;
    } catch {
      // A program that is starting does not answer yet.
      return false;
    }
  };
  return {
    client,
    aheadMs: () => aheadMs,
    async start(ahead: number): Promise<void> {
      aheadMs = ahead;
      const later = ahead === 0 ? [] : ['--import', laterClock];
      child = await startChild({
        name: 'the other checkout',
        command: process.execPath,
        args: [...later, join(checkout, 'deploy/standalone/src/main.ts'), '--config', file],
        env: { CLOCK_AHEAD_MS: String(ahead) },
      });
      await child.ready('it answers', isReady, { timeoutMs: 120_000 });
    },
    async kill(): Promise<void> {
      await child?.stop({ signal: 'SIGKILL' });
    },
    async get<Body>(path: string): Promise<Body> {
      const { statusCode, body } = await client.request({ method: 'GET', path });
      const answer = await body.json();
      if (statusCode !== 200) throw new Error(`GET ${path}: ${statusCode} ${JSON.stringify(answer)}`);
      return answer as Body;
    },
    async send(method: 'PUT' | 'POST' | 'DELETE', path: string, content?: object): Promise<void> {
      const body = content === undefined ? {} : { body: JSON.stringify(content) };
      const headers = content === undefined ? {} : { 'content-type': 'application/json' };
      const answer = await client.request({ method, path, headers, ...body });
      const text = await answer.body.text();
      if (answer.statusCode > 299) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    },
  };
}
