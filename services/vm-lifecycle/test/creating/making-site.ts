import { request } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type Creation, privilegesOf, type StoredEvent } from '@huismeester/contracts';
import { createLogger, parseSettings, type RunningService, runServices } from '@huismeester/service';
import {
  type GuestState,
  type ProxmoxDurations,
  type ProxmoxState,
  startProxmoxSimulator,
  type TokenState,
} from '@huismeester/simulators';
import { tempSite, waitFor } from '@huismeester/testkit';
import { createVmLifecycle } from '../../src/service.ts';
import { policyFeed } from '../policy-feed.ts';

export const operate = { id: 'huismeester@pve!operate', secret: 'a0b1c2d3-0000-4000-8000-00000000000a' };
export const create = { id: 'huismeester@pve!create', secret: 'a0b1c2d3-0000-4000-8000-00000000000c' };

const pool = '/pool/deelnemers';
const operates: TokenState['privileges'] = [
  { path: '/', privs: ['Sys.Audit'] },
  { path: pool, privs: ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit'] },
];
/** As docs/rights.md has it, and no more. */
const creates: TokenState['privileges'] = [
  { path: pool, privs: privilegesOf({ token: 'create', on: '/pool/<participants>' }) },
  { path: '/vms/9000', privs: ['VM.Audit', 'VM.Clone'] },
  { path: '/storage/local-lvm', privs: ['Datastore.AllocateSpace'] },
  { path: '/storage/local', privs: ['Datastore.Audit'] },
  { path: '/sdn/zones/localnetwork/vmbr0', privs: ['SDN.Use'] },
];

export const key = `ssh-ed25519 ${Buffer.concat([field('ssh-ed25519'), field('k'.repeat(32))]).toString('base64')}`;

function field(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, Buffer.from(text)]);
}

/** The template, in a pool that nobody of us names. */
export const template: GuestState = {
  vmid: 9000,
  type: 'qemu',
  name: 'debian-13',
  node: 'pve1',
  status: 'stopped',
  template: true,
  agent: true,
  disks: [{ key: 'scsi0', storage: 'local-lvm', gib: 4 }],
};

export interface MakingOptions {
  readonly people?: number;
  readonly guests?: GuestState[];
  readonly state?: Partial<ProxmoxState>;
  readonly durations?: Partial<ProxmoxDurations>;
  readonly creates?: TokenState['privileges'];
  /** More lines of settings. */
  readonly more?: string;
  readonly speed?: number;
}

/** A person of the directory, by a number. */
export function personId(index: number): string {
  return `5f0c1d2e-7a3b-4c4d-9e5f-${String(index).padStart(12, '0')}`;
}

export type MakingSite = Awaited<ReturnType<typeof openMakingSite>>;

/** A simulated cluster with templates, and our two tokens. */
export async function startCluster(options: MakingOptions = {}) {
  const { guests = [], state = {}, durations = {}, speed = 40 } = options;
  return await startProxmoxSimulator({
    speed,
    durations,
    state: {
      cluster: 'space',
      quorate: true,
      nodes: [
        { name: 'pve1', online: true },
        { name: 'pve2', online: true },
      ],
      guests: [template, ...guests],
      pools: ['deelnemers', 'bestuur'].map((id) => ({ id })),
      tokens: [
        { ...operate, privileges: operates },
        { ...create, privileges: options.creates ?? creates },
      ],
      ...state,
    },
  });
}

/** A cluster, and vm-lifecycle with people who may make VMs there. */
export async function openMakingSite(options: MakingOptions = {}) {
  const simulator = await startCluster(options);
  const site = await tempSite('making');
  const open = () => run(site, simulator, options);
  let home = await open();
  return {
    simulator,
    get home() {
      return home;
    },
    async restart() {
      await home.running.close();
      home = await open();
    },
    async close() {
      await home.running.close();
      await simulator.close();
      await site.remove();
    },
  };
}

async function run(
  { path, url }: { readonly path: string; readonly url: string },
  simulator: { readonly url: string; readonly ca: string },
  { people = 1, more = '' }: MakingOptions,
) {
  const text = `
site: { id: test, name: Test }
http: { port: 0, socket: ${join(path, 'h.sock')} }
broker: { embedded: { port: 0 } }
database: { url: "${url}" }
secrets: { key: ${'k'.repeat(40)} }
hypervisors:
  - id: pve
    url: ${simulator.url}
    ca: ${JSON.stringify(simulator.ca)}
    tokens:
      operate: { id: "${operate.id}", secret: ${operate.secret} }
      create: { id: "${create.id}", secret: ${create.secret} }
    pools: { participant: deelnemers }
    poll: 200ms
    vmids: { from: 900, to: 1099 }
    storage: local-lvm
    bridge: vmbr0
    templates:
      - { id: debian, name: Debian 13, vmid: 9000 }
      - { id: debian-lxc, kind: lxc, ostemplate: "local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst" }
${more}`;
  const settings = parseSettings(text, {
    file: join(path, 'space.yaml'),
    env: {},
    readFile: () => {
      throw new Error('no file is named');
    },
  });
  const lines = collect();
  let service: RunningService | undefined;
  const running = await runServices(
    settings,
    {
      'vm-lifecycle': async (context) => {
        const all = Array.from({ length: people }, (_, index) => index + 1);
        await context.database.transaction(async (tx) => {
          await context.access.people.save(
            tx,
            all.map((index) => ({
              id: personId(index),
              uidHash: context.access.uidHash(`p${index}`) ?? '',
              roles: ['participant' as const],
            })),
          );
          await context.access.people.readWhole(tx, context.clock.now());
        });
        service = await createVmLifecycle(context);
        return service;
      },
      policy: policyFeed().create,
    },
    { version: '0.0.0-test', logger: createLogger({ level: 'debug', destination: lines.stream }) },
  );
  if (!service) throw new Error('runServices did not create the service');
  const { log } = service;
  const ask = (method: string, at: string, asking: Asking = {}) => send(running.socket, method, at, asking);
  return {
    running,
    log,
    ask,
    logged: lines.text,
    events: async (): Promise<StoredEvent[]> => (await log.read({ after: 0, limit: 10_000 })).events,
    /** Asks for a VM, as the person of this number. */
    make: (person: number, body: object = {}, headers: Record<string, string> = {}) =>
      ask('POST', '/api/v1/vms', {
        person,
        headers,
        body: { name: 'wiki-bot', template: 'debian', size: 's', keys: [key], ...body },
      }),
    creation: async (id: string): Promise<Creation> =>
      (await ask('GET', `/api/v1/creations/${id}`)).body as Creation,
    creations: async (): Promise<Creation[]> =>
      ((await ask('GET', '/api/v1/creations?limit=500')).body as { results: Creation[] }).results,
  };
}

interface Asking {
  readonly person?: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly location: string | undefined;
}

async function send(socketPath: string, method: string, path: string, asking: Asking): Promise<Answer> {
  const { person, body, headers: more = {} } = asking;
  const headers = {
    ...(body && { 'content-type': 'application/json' }),
    ...(person !== undefined && { 'act-as': `p${person}` }),
    ...more,
  };
  return await new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path, headers, agent: false }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += String(chunk);
      const { location } = answer.headers;
      resolve({ status: answer.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text), location });
    });
    outgoing.on('error', reject);
    outgoing.end(body && JSON.stringify(body));
  });
}

/** Waits until the making of a VM is over. */
export async function ready({ home }: { readonly home: MakingSite['home'] }, id: string): Promise<Creation> {
  const over = async () => {
    const made = await home.creation(id);
    return made.ready ? made : undefined;
  };
  // It is looked at some dozen times, with pauses in between.
  return await waitFor(`creation ${id} to be over`, over, { timeoutMs: 120_000 });
}

function collect() {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream, text: () => text };
}
