import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { type Certificate, createCertificate } from './certificate.ts';
import { type Durations, realDurations } from './clock.ts';
import { createFaults, type Faults } from './faults.ts';
import {
  type BackupOptions,
  backup,
  migrate,
  type RestoreOptions,
  restore,
  rollback,
  type WorkOptions,
} from './guest-work.ts';
import { type Broadcasts, createBroadcasts } from './listing.ts';
import { setNodeOnline } from './node-power.ts';
import { startLxc } from './power-lxc.ts';
import { startQemu } from './power-qemu.ts';
import { replaceGuest } from './replace.ts';
import type { RequestRecord } from './request.ts';
import { createHandler } from './server.ts';
import type { GuestState, NodeState, ProxmoxState } from './state.ts';
import { parseState } from './state-file.ts';
import type { Task } from './tasks.ts';
import { createWorld, type World } from './world.ts';

export interface ProxmoxSimulatorOptions {
  /** 0 or left out: a free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** What the cluster is like; it is copied. */
  state: ProxmoxState;
  /** How many times faster than the real one everything takes place (default 1). */
  speed?: number;
  /** Single durations, in seconds before `speed`; those left out are the real one's. */
  durations?: Partial<Durations>;
  /** Keeps the identity of an earlier simulator; left out, a new certificate is made. */
  certificate?: Certificate;
}

export interface ProxmoxSimulator {
  readonly port: number;
  readonly url: string;
  /** The certificate's PEM. It signs itself, so it is the CA to trust. */
  readonly ca: string;
  /** SHA-256 of the certificate: `AA:BB:…` */
  readonly fingerprint: string;
  readonly certificate: Certificate;
  /** The live state: what a test changes is so for the next request. */
  readonly state: ProxmoxState;
  /** Every request so far, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** So many requests were answered at the same time, at most. */
  readonly mostAtOnce: number;
  readonly faults: Faults;
  /** Throws when there is no such guest. */
  guest(vmid: number): GuestState;
  node(name: string): NodeState;
  /** Every task so far, newest first. */
  tasks(): readonly Task[];
  /** Takes a node's power away, or gives it back: then its `onboot` guests start by themselves. */
  setNodeOnline(name: string, online: boolean): void;
  /** Somebody starts a guest, by default root, as no token is. Answers the UPID, as do the next four. */
  start(vmid: number, user?: string): string;
  /** Somebody, or a job, backs a guest up. */
  backup(vmid: number, options?: BackupOptions): string;
  /** Puts a guest back to a snapshot, and starts it if that is asked for. */
  rollback(vmid: number, options?: WorkOptions & { readonly start?: boolean }): string;
  /** Overwrites a guest with a backup: who it is stays, unless it is to be `unique`; what it has is as it was. */
  restore(vmid: number, options?: RestoreOptions): string;
  migrate(vmid: number, target: string, options?: WorkOptions): string;
  /** Somebody destroys a guest and makes another under its vmid, between two looks at the cluster. Answers the new one. */
  replace(vmid: number, next?: Partial<GuestState>, user?: string): GuestState;
  /** How often it was asked to destroy a guest, whatever came of it. */
  readonly deletes: number;
  close(): Promise<void>;
}

function found<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new Error(`the simulated cluster has no ${name}`);
  return thing;
}

function copyOf(given: ProxmoxState, now: number): ProxmoxState {
  const state = parseState(structuredClone(given));
  for (const guest of state.guests) if (guest.status === 'running') guest.startedAt ??= now;
  return state;
}

/** What a test looks at in the cluster, and does in it as somebody else. */
function actsIn(world: World, broadcasts: Broadcasts) {
  const { state } = world;
  const guest = (vmid: number): GuestState =>
    found(
      state.guests.find((one) => one.vmid === vmid),
      `guest ${vmid}`,
    );
  const node = (name: string): NodeState =>
    found(
      state.nodes.find((one) => one.name === name),
      `node ${name}`,
    );
  return {
    guest,
    node,
    tasks: () => world.tasks.list(),
    setNodeOnline: (name, online) => setNodeOnline(world, broadcasts, node(name), online),
    start(vmid, user = 'root@pam') {
      const { node: on, type } = guest(vmid);
      const request = { world, node: on, type, vmid, user };
      return type === 'qemu' ? startQemu(request) : startLxc(request);
    },
    backup: (vmid, how) => backup(world, guest(vmid), how),
    rollback: (vmid, how) => rollback(world, guest(vmid), how),
    restore: (vmid, how) => restore(world, guest(vmid), how),
    migrate: (vmid, target, how) => migrate(world, guest(vmid), node(target).name, how),
    replace: (vmid, next = {}, user) => replaceGuest(world, guest(vmid), next, user),
  } satisfies Partial<ProxmoxSimulator>;
}

/** Starts a Proxmox VE 9 API over HTTPS. Throws StateError for a state that contradicts itself. */
export async function startProxmoxSimulator(options: ProxmoxSimulatorOptions): Promise<ProxmoxSimulator> {
  const state = copyOf(options.state, Date.now());
  const certificate = options.certificate ?? (await createCertificate(state.nodes.map((node) => node.name)));
  const world = createWorld(state, { ...realDurations, ...options.durations }, options.speed ?? 1);
  const broadcasts = createBroadcasts(world);
  const sockets = new Set<Socket>();
  const faults = createFaults(() => {
    for (const socket of sockets) socket.destroy();
  });
  const requests: RequestRecord[] = [];
  const load = { now: 0, most: 0 };
  const handler = createHandler({ world, broadcasts, certificate, faults, requests, load });
  const server = createServer({ cert: certificate.cert, key: certificate.key }, handler);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const host = options.host ?? '127.0.0.1';
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  broadcasts.refresh(true);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  return {
    port,
    url: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca: certificate.cert,
    fingerprint: certificate.fingerprint,
    certificate,
    state,
    requests,
    faults,
    ...actsIn(world, broadcasts),
    get mostAtOnce() {
      return load.most;
    },
    get deletes() {
      return requests.filter(({ method, path }) => method === 'DELETE' && /\/(?:qemu|lxc)\/\d+$/.test(path))
        .length;
    },
    async close() {
      faults.restore();
      const closed = once(server, 'close');
      server.close();
      faults.disconnectAll();
      await world.close();
      await closed;
    },
  };
}
