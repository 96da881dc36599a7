import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase, rows } from '@huismeester/database';
import { createLogger } from '@huismeester/service';
import { type GuestState, type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { type MailAnswer, startMailServer, type TakenMail, tempSite, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { Agent, Client, request } from 'undici';
import { cluster, operateToken } from './guests.ts';
import { askLocally } from './local-api.ts';
import { type OneProgram, programOf } from './program.ts';

const directory = fileURLToPath(
  new URL('../../../deploy/standalone/src/demo/directory.yaml', import.meta.url),
);
const person = { id: 'jan@pve!laptop', secret: 'b6f3c0d2-person-secret' };

/** Leases run so many times as fast: a day of theirs takes 10 s. */
const speed = 8_640;
export const dayMs = 86_400_000 / speed;

/** A warning of a lease, as policy's outbox has it; times in ms since 1970. */
export interface WarningRow {
  readonly state: string;
  readonly planned: number;
  readonly message: string | null;
}

/** All of Huismeester in a process of its own, whose leases run fast; Proxmox, the mail server and the database go on without it. */
export interface LeaseHouse {
  readonly program: OneProgram;
  readonly proxmox: ProxmoxSimulator;
  /** What the mail server took, oldest first, by this computer's clock. */
  readonly mails: readonly { readonly at: number; readonly mail: TakenMail }[];
  /** What the mail server answers, now and later. */
  readonly mail: { onFrom?: (() => MailAnswer) | undefined; onMessage?: (() => void) | undefined };
  /** A member of the team gives a VM to somebody, who accepts: its lease begins. */
  give(vmid: number): Promise<void>;
  warnings(vmid: number): Promise<WarningRow[]>;
  /** Whether policy has decided that it is to be off. */
  isToBeOff(vmid: number): Promise<boolean>;
  events(type: string, vmid: number): Promise<number>;
  /** A person starts it, at Proxmox. */
  start(vmid: number): Promise<void>;
  close(): Promise<void>;
}

export async function startLeaseHouse(guests: readonly GuestState[]): Promise<LeaseHouse> {
  const mails: { at: number; mail: TakenMail }[] = [];
  const mail: LeaseHouse['mail'] = {};
  const state = cluster();
  state.guests.push(...guests);
  state.tokens.push({ ...person, privileges: [{ path: '/', privs: ['VM.Audit', 'VM.PowerMgmt'] }] });
  const durations = { resourcesDelay: 0, unauthorizedDelay: 0 };
  const [site, server, proxmox] = await Promise.all([
    tempSite('lease-house'),
    startMailServer({
      onFrom: () => mail.onFrom?.(),
      onMessage: (taken) => {
        mails.push({ at: Date.now(), mail: taken });
        mail.onMessage?.();
        return undefined;
      },
    }),
    startProxmoxSimulator({ state, durations }),
  ]);
  const socket = join(site.path, 's');
  const file = join(site.path, 'space.yaml');
  await writeFile(file, JSON.stringify(settings({ url: site.url, socket, mailPort: server.port, proxmox })));
  const api = askLocally(socket);
  const program = programOf(file, api);
  await program.start();
  const database = await openDatabase({ url: site.url }, { logger: createLogger({ level: 'silent' }) });
  const agent = new Agent({ connect: { ca: proxmox.ca } });
  const armed = await api.put('/api/v1/rules/lease/PART-4', { mode: 'enforce' });
  if (armed !== 200) throw new Error(`lease/PART-4 could not be armed: ${armed}`);
  return {
    program,
    proxmox,
    mails,
    mail,
    give: (vmid) => give(socket, vmid),
    ...looksInto(database),
    async start(vmid) {
      const { url } = proxmox;
      const path = `${url}/api2/json/nodes/pve1/qemu/${vmid}/status/start`;
      const headers = { Authorization: `PVEAPIToken=${person.id}=${person.secret}` };
      const { statusCode, body } = await request(path, { method: 'POST', headers, dispatcher: agent });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${vmid} could not be started: ${statusCode}`);
    },
    async close() {
      await program.kill();
      await Promise.all([api.close(), agent.close(), database.close()]);
      await Promise.all([proxmox.close(), server.close()]);
      await site.remove();
    },
  };
}

/** What stands in the database, whether the program runs or not. */
function looksInto({ orm }: Database): Pick<LeaseHouse, 'warnings' | 'isToBeOff' | 'events'> {
  return {
    async warnings(vmid) {
      const found = rows<{ state: string; moment: string; message: string | null }>(
        await orm.execute(
          sql`select state, moment, message from policy.notice where subject = ${`vm/${vmid}`} and kind like 'lease-%warning'`,
        ),
      );
      return found.map(({ moment, ...row }) => ({ ...row, planned: Date.parse(moment) }));
    },
    async isToBeOff(vmid) {
      const found = rows(
        await orm.execute(sql`select 1 from policy.desired_state
          where target = ${`vm/${vmid}`} and state -> 'decided' ->> 'state' = 'stopped'`),
      );
      return found.length > 0;
    },
    async events(type, vmid) {
      const found = rows(
        await orm.execute(
          sql`select 1 from vm_lifecycle.event_log where type = ${type} and data ->> 'vm' = ${`${vmid}`}`,
        ),
      );
      return found.length;
    },
  };
}

async function give(socketPath: string, vmid: number): Promise<void> {
  const client = new Client('http://localhost', { socketPath });
  const ask = async (method: 'GET' | 'POST', path: string, as?: string, content: object = {}) => {
    const headers = { 'content-type': 'application/json', ...(as !== undefined && { 'act-as': as }) };
    const body = method === 'GET' ? null : JSON.stringify(content);
    const answer = await client.request({ method, path: `/api/v1${path}`, headers, body });
    const text = await answer.body.text();
    return { text, isDone: answer.statusCode < 300 };
  };
  try {
    await waitFor(
      `${vmid} has an owner`,
      async () => {
        const people = await ask('GET', '/people');
        if (!people.isDone) return false;
        const { results } = JSON.parse(people.text) as { results: { uid?: string; id: string }[] };
        const lisa = results.find(({ uid }) => uid === 'lisa')?.id;
        await ask('POST', `/vms/${vmid}/owner`, 'mira', { person: lisa });
        return (await ask('POST', `/vms/${vmid}/owner/acceptance`, 'lisa')).isDone;
      },
      { timeoutMs: 60_000, everyMs: 200 },
    );
  } finally {
    await client.close();
  }
}

function settings({
  url,
  socket,
  mailPort,
  proxmox,
}: {
  url: string;
  socket: string;
  mailPort: number;
  proxmox: ProxmoxSimulator;
}) {
  return {
    site: { id: 'lease-house', name: 'Lease house' },
    http: { port: 0, socket },
    broker: { embedded: { port: 0, anonymousRead: true } },
    database: { url },
    secrets: { key: 'k'.repeat(32) },
    directory: { file: directory },
    mail: { url: `smtp://127.0.0.1:${mailPort}`, from: 'noreply@space.example' },
    quota: { vms: 100, cores: 100, memory: '100GiB', disk: '1000GiB' },
    testing: { acceptFalseClock: true, leaseSpeed: speed },
    policy: { lease: { length: '24h', warnBefore: ['24h'], mostPerHour: 1000, mostShare: 100 } },
    hypervisors: [
      {
        id: 'pve',
        url: proxmox.url,
        fingerprints: [proxmox.fingerprint],
        tokens: { operate: operateToken },
        pools: { core: 'core', 'space-wide': 'spacewide', participant: 'deelnemers' },
        poll: '500ms',
      },
    ],
  };
}
