import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type GuestState,
  type NutSimulator,
  type ProxmoxSimulator,
  startNutSimulator,
  startProxmoxSimulator,
} from '@huismeester/simulators';
import { startChild, tempDirWithDatabase, waitFor } from '@huismeester/testkit';
import { runCli } from './run-cli.ts';

/** All of Huismeester in a process of its own, on the embedded database, with a UPS and a Proxmox that tests can set. */
export interface RealSpace {
  readonly socket: string;
  readonly nut: NutSimulator;
  readonly proxmox: ProxmoxSimulator;
  /** As the machine's supervisor would do it: kill -9, and a new start. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const main = fileURLToPath(new URL('../../../deploy/standalone/src/main.ts', import.meta.url));
const token = { id: 'huismeester@pve!operate', secret: 'a0b1c2d3-0000-4000-8000-00000000000a' };
const privs = ['VM.Audit', 'VM.PowerMgmt', 'Sys.Audit', 'Sys.PowerMgmt', 'Pool.Audit'];

function guest(vmid: number, name: string, pool: string): GuestState {
  const quick = { shutdownSeconds: 0.2, startSeconds: 0.2 };
  return { vmid, name, pool, type: 'qemu', node: 'pve1', status: 'running', agent: true, ...quick };
}

let opened: Promise<RealSpace> | undefined;

/** The one of this worker, which all of its files share: what a test changes, it puts right. */
export function realSpace(): Promise<RealSpace> {
  opened ??= open();
  return opened;
}

async function open(): Promise<RealSpace> {
  const dir = await tempDirWithDatabase('cli');
  process.once('exit', () => rmSync(dir.path, { recursive: true, force: true }));
  const vars = { 'ups.status': 'OL', 'battery.charge': '100', 'battery.runtime': '2400', 'ups.load': '20' };
  const nut = await startNutSimulator({ upses: [{ name: 'rack', vars }] });
  const proxmox = await startProxmoxSimulator({
    state: {
      ...{ cluster: 'cli', quorate: true, nodes: [{ name: 'pve1', online: true }] },
      guests: [
        guest(104, 'wiki', 'deelnemers'),
        guest(105, 'games', 'deelnemers'),
        guest(101, 'ldap', 'core'),
      ],
      pools: [{ id: 'deelnemers' }, { id: 'core' }],
      tokens: [{ ...token, privileges: [{ path: '/', privs }] }],
    },
    durations: { resourcesDelay: 0, unauthorizedDelay: 0 },
  });
  const socket = join(dir.path, 'h.sock');
  const config = join(dir.path, 'space.yaml');
  await writeFile(config, settings({ dir: dir.path, socket, nut, proxmox }));
  const launch = async () => {
    const child = await startChild({
      name: 'huismeester',
      command: process.execPath,
      args: [main, '--config', config],
    });
    await child.ready(
      'it knows all guests',
      async () => {
        const { code, stdout } = await runCli(['vms', '--json', '--socket', socket]);
        return code === 0 && JSON.parse(stdout).length === 3;
      },
      { timeoutMs: 120_000, everyMs: 200 },
    );
    return child;
  };
  let child = await launch();
  return {
    ...{ socket, nut, proxmox },
    kill: () => child.stop({ signal: 'SIGKILL' }),
    async start() {
      child = await launch();
    },
  };
}

function settings({
  dir,
  socket,
  nut,
  proxmox,
}: Pick<RealSpace, 'socket' | 'nut' | 'proxmox'> & { dir: string }) {
  return JSON.stringify({
    site: { id: 'cli', name: 'CLI', language: 'en' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0 } },
    database: { embedded: { dir: join(dir, 'db') }, acceptPowerLossRisk: true },
    ups: [
      {
        ...{ id: 'rack', upsd: { host: '127.0.0.1', port: nut.port, name: 'rack' } },
        poll: { status: '500ms', variables: '500ms' },
      },
    ],
    hypervisors: [
      {
        ...{ id: 'pve', url: proxmox.url, fingerprints: [proxmox.fingerprint], tokens: { operate: token } },
        ...{ pools: { core: 'core', participant: 'deelnemers' }, poll: '500ms' },
        nodes: { pve1: { poweredBy: ['rack'], ownShutdown: '0s' } },
      },
    ],
    policy: {
      power: {
        ...{ onBatteryHold: '200ms', participant: { after: '500ms' }, restoreHold: '1s', restoreStep: '20s' },
        core: { runtimeBelow: '0s', chargeBelow: 20 },
        ...{ restoreChargeAbove: 40, expectedShutdown: '1s', reserve: '0s' },
      },
    },
  });
}

/** Waits until what a command prints fits, and returns it. */
export function prints(args: readonly string[], fits: (stdout: string) => boolean): Promise<string> {
  return waitFor(
    `${args.join(' ')} prints what is expected`,
    async () => {
      const { stdout } = await runCli([...args, '--socket', (await realSpace()).socket]);
      return fits(stdout) ? stdout : undefined;
    },
    { timeoutMs: 60_000, everyMs: 200 },
  );
}
