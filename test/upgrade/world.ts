import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { startUpsd, tempDir, type Upsd, waitFor } from '@huismeester/testkit';
import { Client } from 'undici';
import { askLocally, type LocalApi } from '../spaces/e2e/local-api.ts';
import type { Program } from '../spaces/e2e/program.ts';
import { type InFlight, type Moment, type MomentName, restoreMoment } from './moment.ts';
import { execute } from './postgres.ts';
import { authorization, cluster, healthyUps, settingsOf } from './space.ts';

const limits = { timeoutMs: 400_000, everyMs: 100 };
const schemas = { policy: 'policy', 'vm-lifecycle': 'vm_lifecycle', 'ups-monitor': 'ups_monitor' } as const;

/** The program of a world, not started yet, by the file of its settings; `api` is its local socket. */
export type ProgramOf = (settingsFile: string, api: LocalApi) => Program;

/** A space around a program, and what a story can do with it and wait for. */
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
 * Starts the program on an empty database; or as a moment left the space: on the moment's database, as if the moment was
 * `agoMs` ago, with what was in flight in flight. `speed`: how many times as fast as it does time passes at Proxmox.
 */
export async function openWorld(
  programOf: ProgramOf,
  database: string,
  settings: Pick<Moment, 'power' | 'nodes'>,
  restored?: { readonly name: MomentName; readonly moment: Moment; readonly agoMs: number },
  speed = 1,
): Promise<World> {
  const dir = await tempDir('upgrade');
  const upsd = await startUpsd({ ups: [{ name: 'rack', vars: { ...healthyUps, ...restored?.moment.ups } }] });
  const proxmox = await startProxmoxSimulator({
    state: cluster(restored?.moment),
    durations: { resourcesDelay: 0, unauthorizedDelay: 0, nodeHalt: 0.2 },
    speed,
  });
  const socket = join(dir.path, 'h.sock');
  const file = join(dir.path, 'space.yaml');
  await writeFile(file, settingsOf({ socket, database, upsd, proxmox }, settings));
  if (restored) {
    const upids = await askAgain(proxmox, restored.moment.inFlight);
    await restoreMoment(restored.name, database, { agoMs: restored.agoMs, upids });
  }
  const api = askLocally(socket);
  const program = programOf(file, api);
  await program.start();
  return { ...deedsIn({ database, proxmox, upsd, program, api }), close };

  async function close(): Promise<void> {
    await program.end();
    await Promise.all([api.close(), upsd.close(), proxmox.close()]);
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
  program: Program;
  api: LocalApi;
}): Omit<World, 'close'> {
  const { database, proxmox, upsd, program, api } = parts;
  let aheadMs = 0;
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
    aheadMs: () => aheadMs,
    ups: (variable, value) => upsd.set('rack', variable, value),
    arm: (clause) => done(`arming ${clause}`, api.put(`/api/v1/rules/${clause}`, { mode: 'enforce' })),
    hold: (vm, length, because) =>
      done(`a hold on ${vm}`, api.post('/api/v1/holds', { vm, for: length, because })),
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
      aheadMs += ms;
      await program.start({ laterMs: aheadMs });
    },
    get: api.get,
    remove: (path) => done(`DELETE ${path}`, api.delete(path)),
    kill: program.kill,
  };
}

async function done(what: string, status: Promise<number>): Promise<void> {
  if ((await status) > 299) throw new Error(`${what} was answered with ${await status}`);
}
