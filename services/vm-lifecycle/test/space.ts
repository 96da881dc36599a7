import { request } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { StoredEvent, Vm } from '@huismeester/contracts';
import { rows } from '@huismeester/database';
import {
  type AskService,
  createLogger,
  parseSettings,
  type RunningService,
  runServices,
} from '@huismeester/service';
import {
  type GuestState,
  type ProxmoxDurations,
  type ProxmoxSimulator,
  type ProxmoxState,
  startProxmoxSimulator,
  type TokenState,
} from '@huismeester/simulators';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { eq, sql } from 'drizzle-orm';
import { desired } from '../src/schema.ts';
import { createVmLifecycle } from '../src/service.ts';
import { policyFeed } from './policy-feed.ts';

const token = { id: 'huismeester@pve!operate', secret: 'a0b1c2d3-0000-4000-8000-00000000000a' };
/** That which makes and changes the VMs of participants. */
const create = { id: 'huismeester@pve!create', secret: 'a0b1c2d3-0000-4000-8000-00000000000c' };
const person = { id: 'jan@pve!laptop', secret: 'a0b1c2d3-0000-4000-8000-00000000000b' };
const everything = ['VM.Audit', 'VM.PowerMgmt', 'Pool.Audit', 'Sys.Audit', 'Sys.Modify', 'Sys.PowerMgmt'];

const promoter = { id: 'huismeester@pve!promote', secret: 'a0b1c2d3-0000-4000-8000-00000000000c' };

const all = [{ path: '/', privs: everything }];

/** In the participants' pool alone. */
const changes = [
  {
    path: '/pool/deelnemers',
    privs: ['VM.Audit', 'VM.Allocate', 'VM.Config.CPU', 'VM.Config.Memory', 'VM.Config.Disk'],
  },
  { path: '/storage/local-lvm', privs: ['Datastore.AllocateSpace', 'Datastore.Audit'] },
];

/** How many times faster than real Proxmox acts. */
const speed = 40;

export function guest(vmid: number, more: Partial<GuestState> = {}): GuestState {
  return { vmid, type: 'qemu', name: `vm${vmid}`, node: 'pve1', status: 'running', pool: 'core', ...more };
}

/** Two nodes, and two tokens that may see and do everything, the board's VMs included. */
function cluster({ guests, privileges = all, promote, state = {} }: SpaceOptions): ProxmoxState {
  return {
    cluster: 'space',
    quorate: true,
    nodes: [
      { name: 'pve1', online: true },
      { name: 'pve2', online: true },
    ],
    guests,
    pools: ['core', 'spacewide', 'deelnemers', 'bestuur'].map((id) => ({ id })),
    tokens: [
      { ...token, privileges },
      { ...person, privileges: [{ path: '/', privs: [...everything, 'VM.Allocate'] }] },
      { ...create, privileges: changes },
      ...(promote ? [{ ...promoter, privileges: promote }] : []),
    ],
    ...state,
  };
}

export interface SpaceOptions {
  readonly guests: GuestState[];
  /** Of a second hypervisor, `b`, whose VMs have ids with `b-`. */
  readonly others?: GuestState[];
  /** What our token may; everything if left out. */
  readonly privileges?: TokenState['privileges'];
  /** What a promote token may; there is none if left out. */
  readonly promote?: TokenState['privileges'];
  readonly state?: Partial<ProxmoxState>;
  readonly durations?: Partial<ProxmoxDurations>;
  /** More lines of the hypervisor's settings. */
  readonly more?: string;
  readonly poll?: string;
  /** Settings have the token that makes and changes VMs of participants, and what that needs. */
  readonly changing?: boolean;
  /** More of the settings, such as `secrets: …`. */
  readonly settings?: string;
  /** What other services answer; they do not run here. */
  readonly ask?: AskService;
}

export type Space = Awaited<ReturnType<typeof openSpace>>;

/** A simulated cluster, and vm-lifecycle as it runs beside policy in one process. */
export async function openSpace(options: SpaceOptions) {
  const { durations = {}, others } = options;
  const simulator = await startProxmoxSimulator({ state: cluster(options), speed, durations });
  const second =
    others && (await startProxmoxSimulator({ state: cluster({ guests: others }), speed, durations }));
  const site = await tempSite('vm');
  let home = await run(options, { simulator, second }, site);
  return {
    simulator,
    second,
    /** Of the database, for other processes. */
    databaseUrl: site.url,
    get home() {
      return home;
    },
    /** As after a crash or an update: another process on the same database. */
    async restart(): Promise<void> {
      await home.running.close();
      home = await run(options, { simulator, second }, site);
    },
    async close(): Promise<void> {
      await home.running.close();
      await Promise.all([simulator.close(), second?.close()]);
      await site.remove();
    },
  };
}

async function run(
  { more = '', poll = '100ms', settings: others = '', changing = false, promote, ask: asks }: SpaceOptions,
  simulators: { simulator: ProxmoxSimulator; second: ProxmoxSimulator | undefined },
  { path, url }: TestSite,
) {
  const text = `
site: { id: test, name: Test }
http: { port: 0, socket: ${join(path, 'h.sock')} }
broker: { embedded: { port: 0, anonymousRead: true } }
database: { url: "${url}" }
${others}
hypervisors:
${hypervisor('pve', simulators.simulator, { poll, changing, promotes: promote !== undefined })}
${more}
${simulators.second ? `${hypervisor('b', simulators.second, { poll })}\n    prefix: b-` : ''}`;
  const settings = parseSettings(text, {
    file: join(path, 'space.yaml'),
    env: {},
    readFile: () => {
      throw new Error('no file is named');
    },
  });
  const policy = policyFeed();
  const lines = collect();
  let service: RunningService | undefined;
  const running = await runServices(
    settings,
    {
      'vm-lifecycle': async (context) => {
        service = await createVmLifecycle({ ...context, ...(asks && { ask: asks }) });
        return service;
      },
      policy: policy.create,
    },
    { version: '0.0.0-test', logger: createLogger({ level: 'debug', destination: lines.stream }) },
  );
  if (!service) throw new Error('runServices did not create the service');
  const { log, snapshot, tasks } = service;
  const events = async (): Promise<StoredEvent[]> => (await log.read({ after: 0, limit: 10_000 })).events;
  const get = (path: string) => ask(running.socket, path);
  const post = (path: string, body: object = {}) => ask(running.socket, path, { method: 'POST', body });
  return {
    running,
    log,
    snapshot,
    tasks,
    events,
    get,
    post,
    logged: lines.text,
    decide: policy.decide,
    decideNode: policy.decideNode,
    /** What the process has of people. */
    access: policy.access,
    /** What happened to a VM; not what is read in its configuration, which comes when it comes. */
    eventsOf: async (vm: number | string): Promise<StoredEvent[]> =>
      (await events()).filter(({ subject, type }) => subject === `vm/${vm}` && type !== 'vm.inspected'),
    vm: async (vmid: number | string): Promise<Vm> => (await get(`/api/v1/vms/${vmid}`)).body as Vm,
    /** Everything that stands in our tables, as text. */
    async tables(): Promise<string> {
      const { orm } = running.database;
      const names = rows<{ name: string }>(
        await orm.execute(
          sql`select table_name as name from information_schema.tables where table_schema = 'vm_lifecycle'`,
        ),
      );
      const contents = [];
      for (const { name } of names) {
        contents.push(await orm.execute(sql`select * from vm_lifecycle.${sql.identifier(name)}`));
      }
      return JSON.stringify(contents);
    },
  };
}

function hypervisor(
  id: string,
  { url, ca }: ProxmoxSimulator,
  { poll, changing = false, promotes = false }: { poll: string; changing?: boolean; promotes?: boolean },
): string {
  const more = changing ? `\n      create: { id: "${create.id}", secret: ${create.secret} }` : '';
  const promote = promotes ? `\n      promote: { id: "${promoter.id}", secret: ${promoter.secret} }` : '';
  return `  - id: ${id}
    url: ${url}
    ca: ${JSON.stringify(ca)}
    tokens:
      operate: { id: "${token.id}", secret: ${token.secret} }${more}${promote}
    pools: { core: core, space-wide: spacewide, participant: deelnemers }
    poll: ${poll}${changing ? '\n    vmids: { from: 900, to: 999 }\n    storage: local-lvm' : ''}
    shutdownTimeout: 20s`;
}

/** Waits for an event of a VM, the `nth` of its type. */
export function event(space: Space, vmid: number | string, type: string, nth = 1): Promise<StoredEvent> {
  const fits = (each: StoredEvent) => each.subject === `vm/${vmid}` && each.type === type;
  const look = async () => (await space.home.events()).filter(fits)[nth - 1];
  // Some wait for settings measured in seconds, on a machine that others use too.
  return waitFor(`event ${nth} of type ${type} of VM ${vmid}`, look, { timeoutMs: 30_000 });
}

/** Waits until a VM is known, and so may be decided about. */
export function found(space: Space, vmid: number): Promise<StoredEvent> {
  return event(space, vmid, 'vm.found');
}

/** Decides about a VM, and waits until that is taken in: answers the id of the decision. */
export async function decided(
  { home }: Space,
  vmid: number,
  ...decision: Parameters<Space['home']['decide']> extends [string, ...infer Rest] ? Rest : never
): Promise<string> {
  const id = await home.decide(`${vmid}`, ...decision);
  const taken = async () => {
    const { orm } = home.running.database;
    const [row] = await orm
      .select()
      .from(desired)
      .where(eq(desired.target, `vm/${vmid}`));
    return row?.decision === id;
  };
  await waitFor(`the decision about VM ${vmid}`, taken);
  return id;
}

/** Requests that reached the simulator, for one act on one guest. */
export function asked(space: Space, vmid: number, act: 'shutdown' | 'start' | 'stop') {
  const end = `/${vmid}/status/${act}`;
  return space.simulator.requests.filter(({ method, path }) => method === 'POST' && path.endsWith(end));
}

/** A person does something with a guest at Proxmox. */
export async function byHand(space: Space, path: string, method = 'POST'): Promise<void> {
  const { url, ca } = space.simulator;
  const { request: send } = await import('node:https');
  await new Promise<void>((resolve, reject) => {
    const headers = { Authorization: `PVEAPIToken=${person.id}=${person.secret}` };
    const outgoing = send(`${url}/api2/json${path}`, { method, ca, headers, agent: false }, (answer) => {
      answer.resume();
      if (answer.statusCode === 200) answer.on('end', resolve);
      else reject(new Error(`${path}: ${answer.statusCode} ${answer.statusMessage}`));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

async function ask(
  socketPath: string,
  path: string,
  { method = 'GET', body }: { method?: string; body?: object } = {},
) {
  return await new Promise<{ status: number; text: string; body: unknown; etag: string | undefined }>(
    (resolve, reject) => {
      const headers = body && { 'content-type': 'application/json' };
      const outgoing = request({ socketPath, path, method, headers, agent: false }, async (answer) => {
        let text = '';
        for await (const chunk of answer) text += String(chunk);
        const json = answer.headers['content-type']?.includes('json') === true;
        const { etag } = answer.headers;
        resolve({ status: answer.statusCode ?? 0, text, body: json ? JSON.parse(text) : text, etag });
      });
      outgoing.on('error', reject);
      outgoing.end(body && JSON.stringify(body));
    },
  );
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
