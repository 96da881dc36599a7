import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Authority, createAuthority } from './certificates.ts';
import { freePort } from './free-port.ts';
import {
  type NatsPlace,
  type NatsServer,
  type NatsTestOptions,
  natsServer,
  writeNatsFiles,
} from './nats-server.ts';
import { tempDir } from './temp-dir.ts';
import { waitFor } from './wait-for.ts';

export interface Nats extends NatsServer {
  /** The authority to trust, PEM, when started with `tls`. */
  readonly ca: string | undefined;
  /** Ends the daemon and removes its files. */
  close(): Promise<void>;
}

export interface NatsCluster {
  readonly servers: readonly NatsServer[];
  /** The MQTT listeners of all. */
  readonly urls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly ca: string | undefined;
  /** The server that leads the cluster; waits until those that run agree on one of them. */
  leader(): Promise<NatsServer>;
  close(): Promise<void>;
}

const host = '127.0.0.1';
const names = ['a', 'b', 'c'] as const;

/** Starts a real nats-server with JetStream and an MQTT listener on free ports of loopback. */
export async function startNats(options: NatsTestOptions): Promise<Nats> {
  const { places, ca, remove } = await prepare(options, ['a']);
  const [server] = places.map(natsServer);
  if (!server) throw new RangeError('no place for a nats-server');
  const close = async () => {
    await server.stop();
    await remove();
  };
  try {
    await server.start();
  } catch (error) {
    await close();
    throw error;
  }
  return Object.defineProperties({ ca, close } as Nats, Object.getOwnPropertyDescriptors(server));
}

/** Starts three real nats-servers as one cluster, and waits until they have chosen a leader. */
export async function startNatsCluster(options: NatsTestOptions): Promise<NatsCluster> {
  const { places, ca, remove } = await prepare(options, names);
  const servers = places.map(natsServer);
  const close = async () => {
    // Killed: a graceful end hands leadership over first, of which nobody has anything here.
    await Promise.all(servers.map((server) => server.kill()));
    await remove();
  };
  const leader = () => waitFor('the cluster has a leader', () => leaderOf(servers), { timeoutMs: 30_000 });
  try {
    await Promise.all(servers.map((server) => server.start()));
    await leader();
  } catch (error) {
    await close();
    throw error;
  }
  const urls = servers.map(({ url }) => url);
  return { servers, urls, clientUrls: servers.map(({ clientUrl }) => clientUrl), ca, leader, close };
}

interface Jsz {
  readonly meta_cluster?: { readonly leader?: string; readonly cluster_size?: number };
}

async function leaderOf(servers: readonly NatsServer[]): Promise<NatsServer | undefined> {
  const running = servers.filter((server) => server.running());
  const pages = await Promise.all(running.map((server) => server.monitor<Jsz>('jsz')));
  const [name, ...others] = new Set(pages.map(({ meta_cluster: meta }) => meta?.leader));
  const complete = pages.every(({ meta_cluster: meta }) => meta?.cluster_size === servers.length);
  return others.length === 0 && complete ? running.find((server) => server.name === name) : undefined;
}

async function prepare(options: NatsTestOptions, wanted: readonly string[]) {
  const dir = await tempDir('nats');
  try {
    const issue = options.tls ? await createAuthority() : undefined;
    const places = await Promise.all(wanted.map((name) => placeFor(name, dir.path, issue)));
    const routes = places.map(({ clusterPort: port }) => ({ host, port }));
    const all: NatsPlace[] = places.map((place) => {
      const { clusterPort: _, ...alone } = place;
      return wanted.length === 1 ? alone : { ...place, routes };
    });
    await Promise.all(all.map((place) => writeNatsFiles(options, place)));
    return { places: all, ca: issue?.ca, remove: dir.remove };
  } catch (error) {
    await dir.remove();
    throw error;
  }
}

async function placeFor(name: string, parent: string, authority: Authority | undefined) {
  const dir = join(parent, name);
  await mkdir(dir);
  const certificates = await authority?.issue(join(dir, 'certs'));
  const [port, clientPort, monitorPort, clusterPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  return {
    name,
    host,
    port,
    clientPort,
    monitorPort,
    clusterPort,
    dir,
    ...(certificates && { certificates }),
  };
}
