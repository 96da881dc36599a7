import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daemonPath } from './available.ts';
import type { Certificates } from './certificates.ts';
import { type Child, portOpen, startChild } from './process.ts';

/** Where a nats-server is to listen and keep its files. */
export interface NatsPlace {
  readonly name: string;
  readonly host: string;
  /** For MQTT, for NATS's own protocol, and for the JSON pages of `monitor`. */
  readonly port: number;
  readonly clientPort: number;
  readonly monitorPort: number;
  readonly dir: string;
  /** In a cluster: where it listens for the others, and where all of them do. */
  readonly clusterPort?: number;
  readonly routes?: readonly { readonly host: string; readonly port: number }[];
  readonly certificates?: Certificates;
}

export type NatsTestOptions = {
  /** TLS for clients and routes, with certificates in the place's `dir`/certs. */
  tls?: boolean;
} & (
  | { /** No access list: everybody may do everything. */ open: true }
  | {
      /** The text of nats-server.conf. */
      configure: (place: NatsPlace) => string;
      /** What the file `passwords.conf` in `dir` defines: a password by the name of its variable. */
      passwords: Record<string, string>;
    }
);

/** One real nats-server, which may be ended and started again on its ports, with its files. */
export interface NatsServer {
  readonly name: string;
  readonly url: string;
  readonly clientUrl: string;
  readonly monitorUrl: string;
  readonly port: number;
  readonly pid: number;
  running(): boolean;
  /** What a page of its monitoring says, such as `jsz?streams=true`. */
  monitor<Page>(path: string): Promise<Page>;
  /** All that its lives printed of late. */
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL: what was not written is lost. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Writes the server's files. */
export async function writeNatsFiles(options: NatsTestOptions, place: NatsPlace): Promise<void> {
  const write = (name: string, text: string) => writeFile(join(place.dir, name), text, { mode: 0o600 });
  if ('open' in options) {
    await write('nats-server.conf', openConfig(place));
    return;
  }
  const lines = Object.entries(options.passwords).map(([name, text]) => `${name}: ${JSON.stringify(text)}\n`);
  await write('passwords.conf', lines.join(''));
  await write('nats-server.conf', options.configure(place));
}

function openConfig(place: NatsPlace): string {
  const { name, host, port, clientPort, monitorPort, dir, clusterPort, routes = [], certificates } = place;
  const files =
    (certificates && `cert_file: "${certificates.certFile}", key_file: "${certificates.keyFile}"`) ?? '';
  const tls = certificates ? `tls { ${files} }` : '';
  const mutual = certificates ? `tls { ${files}, ca_file: "${certificates.caFile}", verify: true }` : '';
  const peers = routes.map((route) => `"nats-route://${route.host}:${route.port}"`).join(', ');
  return [
    `server_name: ${name}`,
    `listen: "${host}:${clientPort}"`,
    `http: "${host}:${monitorPort}"`,
    tls,
    `jetstream { store_dir: "${dir}/store" }`,
    `mqtt { listen: "${host}:${port}", stream_replicas: ${Math.max(1, routes.length)}\n ${tls}\n }`,
    clusterPort === undefined
      ? ''
      : `cluster { name: testkit, listen: "${host}:${clusterPort}", routes: [${peers}]\n ${mutual}\n }`,
    '',
  ].join('\n');
}

/** Describes the server of a place whose files are written; `start` starts it. */
export function natsServer(place: NatsPlace): NatsServer {
  const { name, host, port, clientPort, monitorPort, dir, certificates } = place;
  let daemon: Child | undefined;
  return {
    name,
    port,
    url: `${certificates ? 'mqtts' : 'mqtt'}://${host}:${port}`,
    clientUrl: `${certificates ? 'tls' : 'nats'}://${host}:${clientPort}`,
    monitorUrl: `http://${host}:${monitorPort}`,
    get pid() {
      return daemon?.pid ?? 0;
    },
    running: () => daemon?.running() === true,
    output: () => daemon?.output() ?? '',
    async monitor<Page>(path: string): Promise<Page> {
      const answer = await fetch(`http://${host}:${monitorPort}/${path}`);
      return (await answer.json()) as Page;
    },
    signal: (signal) => daemon?.signal(signal),
    kill: async () => daemon?.stop({ signal: 'SIGKILL' }),
    stop: async () => daemon?.stop(),
    async start() {
      const args = ['-c', join(dir, 'nats-server.conf')];
      daemon = await startChild({ name: `nats-server ${name}`, command: daemonPath('nats-server'), args });
      // It opens the one for its own clients last.
      const isOpen = async () => (await portOpen(port, host)) && portOpen(clientPort, host);
      await daemon.ready(`ports ${port} and ${clientPort} are open`, isOpen);
    },
  };
}
