import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type GuestState,
  type NutSimulator,
  type ProxmoxSimulator,
  type SwitchSimulator,
  startNutSimulator,
  startProxmoxSimulator,
  startSwitchSimulator,
} from '@huismeester/simulators';
import { startChild, tempDir, testDatabase, waitFor } from '@huismeester/testkit';
import { type Ran, type Running, runCli, startCli } from '../run-cli.ts';
import { type People, startPeople } from './people-file.ts';
import { startWiki, type Wiki } from './wiki.ts';

/** All of Huismeester in a process of its own, with UPSes, a Proxmox and a switch that tests can set. */
export interface RealSpace {
  readonly socket: string;
  /** Where it listens for those who show a token. */
  readonly url: string;
  readonly nut: NutSimulator;
  readonly proxmox: ProxmoxSimulator;
  readonly switched: SwitchSimulator;
  /** Who is in its directory. */
  readonly people: People;
  /** Runs the command line over the local socket. */
  ran(...args: string[]): Promise<Ran>;
  /** What the command line prints with `--json`; throws when it fails. */
  json<Value>(...args: string[]): Promise<Value>;
  follows(...args: string[]): Running;
  /** Waits until what a command prints fits, and returns it. */
  prints(args: readonly string[], fits: (stdout: string) => boolean): Promise<string>;
  /** As `kill -9`. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Gives it an empty database while it is down: the next start begins other logs. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

const main = fileURLToPath(new URL('../../../../deploy/standalone/src/main.ts', import.meta.url));
const token = { id: 'huismeester@pve!operate', secret: 'a0b1c2d3-0000-4000-8000-00000000000a' };
const privs = ['VM.Audit', 'VM.PowerMgmt', 'Sys.Audit', 'Sys.PowerMgmt', 'Pool.Audit'];
const healthy = { 'ups.status': 'OL', 'battery.charge': '100', 'battery.runtime': '2400', 'ups.load': '20' };

const guests = [
  guest(101, 'ldap', 'core'),
  guest(104, 'wiki', 'deelnemers'),
  guest(105, 'games', 'deelnemers'),
  guest(106, 'music', 'deelnemers'),
];

function guest(vmid: number, name: string, pool: string): GuestState {
  const quick = { shutdownSeconds: 0.2, startSeconds: 0.2 };
  return { vmid, name, pool, type: 'qemu', node: 'pve1', status: 'running', agent: true, ...quick };
}

/** Starts it, and waits until it knows all guests. */
export async function startRealSpace(): Promise<RealSpace> {
  const dir = await tempDir('cli');
  let database = await testDatabase();
  const upses = [
    { name: 'rack', vars: healthy },
    // A forced shutdown that stands at first contact is a violation, and stops nothing.
    { name: 'attic', vars: { ...healthy, 'ups.status': 'OL FSD' } },
  ];
  const nut = await startNutSimulator({ upses });
  const proxmox = await startProxmoxSimulator({
    state: {
      cluster: 'cli',
      quorate: true,
      nodes: [{ name: 'pve1', online: true }],
      guests,
      pools: [{ id: 'deelnemers' }, { id: 'core' }],
      tokens: [{ ...token, privileges: [{ path: '/', privs }] }],
    },
    durations: { resourcesDelay: 0, unauthorizedDelay: 0 },
  });
  const switched = await startSwitchSimulator({
    credentials: { communities: ['public'] },
    ports: [{ name: 'Gi1/0/1', alias: 'desk 3' }, { name: 'Gi1/0/24' }],
    system: { name: 'core-switch' },
  });
  // It is on VM 104, and goes with it.
  const wiki = await startWiki(() => proxmox.guest(104).status === 'running');
  const people = await startPeople(join(dir.path, 'directory.yaml'));
  const socket = join(dir.path, 'h.sock');
  const config = join(dir.path, 'space.yaml');
  const configure = () =>
    writeFile(config, settings({ url: database.url, socket, nut, proxmox, switched, wiki, people }));
  await configure();
  const line = commandLine(socket);
  const launch = async () => {
    const child = await startChild({
      name: 'huismeester',
      command: process.execPath,
      args: [main, '--config', config],
    });
    // The drill is policy's, which hears of them last.
    const knowsAll = async () => {
      const { stdout } = await line.ran('drill', 'power-cut', '--json');
      return JSON.parse(stdout).guests.length === guests.length;
    };
    await child.ready('it knows all guests', knowsAll, { timeoutMs: 120_000, everyMs: 100 });
    const [, url = ''] = /API and its pages +(\S+)\/docs/.exec(child.output()) ?? [];
    return { child, url };
  };
  let running = await launch();
  const kill = () => running.child.stop({ signal: 'SIGKILL' });
  return {
    socket,
    get url() {
      return running.url;
    },
    nut,
    proxmox,
    switched,
    people,
    ...line,
    kill,
    async start() {
      running = await launch();
    },
    async forget() {
      await database.drop();
      database = await testDatabase();
      await configure();
    },
    async close() {
      await kill();
      const others = [nut, proxmox, switched, wiki].map((each) => each.close());
      await Promise.all([...others, database.drop(), dir.remove()]);
    },
  };
}

function commandLine(socket: string): Pick<RealSpace, 'ran' | 'json' | 'follows' | 'prints'> {
  const ran = (...args: string[]) => runCli([...args, '--socket', socket], { now: () => new Date() });
  return {
    ran,
    async json(...args) {
      const { code, stdout, stderr } = await ran(...args, '--json');
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    follows: (...args) => startCli([...args, '--socket', socket]),
    prints: (args, fits) =>
      waitFor(
        `${args.join(' ')} prints what is expected`,
        async () => {
          const { stdout } = await ran(...args);
          if (!fits(stdout)) throw new Error(`it printed: ${stdout}`);
          return stdout;
        },
        { timeoutMs: 60_000, everyMs: 100 },
      ),
  };
}

interface Places extends Pick<RealSpace, 'socket' | 'nut' | 'proxmox' | 'switched' | 'people'> {
  readonly wiki: Wiki;
  /** Of the database. */
  readonly url: string;
}

function settings({ url, socket, nut, proxmox, switched, wiki, people }: Places): string {
  const upsOf = (id: string) => ({
    id,
    upsd: { host: '127.0.0.1', port: nut.port, name: id },
    poll: { status: '300ms', variables: '300ms' },
  });
  return JSON.stringify({
    site: { id: 'cli', name: 'CLI', language: 'en' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0 } },
    database: { url },
    directory: { file: people.file, every: '500ms' },
    secrets: { key: 'k'.repeat(32) },
    ups: [upsOf('rack'), upsOf('attic')],
    hypervisors: [
      {
        id: 'pve',
        url: proxmox.url,
        fingerprints: [proxmox.fingerprint],
        tokens: { operate: token },
        pools: { core: 'core', participant: 'deelnemers' },
        poll: '300ms',
        nodes: { pve1: { poweredBy: ['rack'], ownShutdown: '0s', wake: 'manual' } },
      },
    ],
    switches: [
      {
        id: 'sw1',
        host: '127.0.0.1',
        port: switched.port,
        snmp: { version: '2c', community: 'public' },
        ports: { 'Gi1/0/24': { role: 'uplink' } },
        poll: '300ms',
      },
    ],
    probes: [
      {
        id: 'wiki',
        kind: 'http',
        url: wiki.url,
        dependsOn: ['vm/104'],
        every: '200ms',
        down: { failed: 2 },
      },
    ],
    policy: {
      power: {
        onBatteryHold: '200ms',
        participant: { after: '500ms' },
        core: { runtimeBelow: '0s', chargeBelow: 20 },
        restoreHold: '1s',
        restoreStep: '20s',
        restoreChargeAbove: 40,
        expectedShutdown: '1s',
        reserve: '0s',
      },
    },
  });
}
