import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ServiceName, serviceNames } from '@huismeester/contracts';
import {
  type Caddy,
  type Child,
  daemonPath,
  freePort,
  portOpen,
  startCaddy,
  startChild,
} from '@huismeester/testkit';
import { composeFile, readCompose } from './compose.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}deploy/compose/`;
const run = promisify(execFile);

/** What compose.yaml would start, as processes of this host. */
export interface SpaceOfProcesses {
  readonly url: string;
  /** The certificate of the authority of the reverse proxy. */
  readonly caFile: string;
  /** The local socket of each service. */
  readonly sockets: ReadonlyMap<ServiceName, string>;
  /** Of each service. */
  readonly children: ReadonlyMap<ServiceName, Child>;
  close(): Promise<void>;
}

/** Runs setup.sh with the programs of this host in the place of containers; makes `space` in the folder. */
export async function setUp(dir: string, ...options: ('--internal-ca' | '--nats')[]): Promise<string> {
  const space = join(dir, 'space');
  const env = {
    ...process.env,
    HUISMEESTER: `${process.execPath} ${root}packages/cli/src/main.ts`,
    MOSQUITTO_PASSWD: '/usr/bin/mosquitto_passwd',
  };
  await run('sh', [`${folder}setup.sh`, ...options, '--dir', space, 'huismeester.test'], {
    env,
  });
  return space;
}

/**
 * Starts the broker, the reverse proxy and the services with what setup.sh made in `space`, and with what compose.yaml says
 * of them; only where containers have a name or a place of their own is it one of this host.
 */
export async function startSpace(space: string, databaseUrl: string): Promise<SpaceOfProcesses> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const each of closers.toReversed()) await each();
  };
  try {
    const [mqtt, https, ...ports] = await Promise.all([0, 1, ...serviceNames].map(() => freePort()));
    const places: [string, string][] = [
      ['broker:8883', `127.0.0.1:${mqtt}`],
      ['/srv/huismeester', join(space, 'page')],
      ['https://huismeester.test', `https://127.0.0.1:${https}`],
      ...serviceNames.map((name, index): [string, string] => [`${name}:8080`, `127.0.0.1:${ports[index]}`]),
    ];
    const here = (text: string) => places.reduce((all, [there, place]) => all.replaceAll(there, place), text);

    closers.push(await startBroker(space, mqtt ?? 0));
    await rewrite(join(space, 'secrets/shared/database-url'), () => databaseUrl);
    const sockets = new Map(serviceNames.map((name) => [name, join(space, `${name}.sock`)]));
    const children = new Map<ServiceName, Child>();
    for (const [index, name] of serviceNames.entries()) {
      const child = await startService(space, name, ports[index] ?? 0, here);
      children.set(name, child);
      closers.push(() => child.stop({ graceMs: 15_000 }));
    }
    const caddyfile = here(readFileSync(join(space, 'front/Caddyfile'), 'utf8'));
    // On a port of its own it has no plain HTTP beside it; and who asks for an address names no server.
    const options = 'auto_https disable_redirects\n\tdefault_sni 127.0.0.1\n\tskip_install_trust';
    const front: Caddy = await startCaddy({
      caddyfile: caddyfile.replace('skip_install_trust', options),
      port: https ?? 0,
    });
    closers.push(() => front.close());
    return { url: `https://127.0.0.1:${https}`, caFile: front.caFile, sockets, children, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** By the command of its container, which copies what it is shown. */
async function startBroker(space: string, port: number): Promise<() => Promise<void>> {
  const place = join(space, 'broker-in-use');
  await mkdir(place);
  await rewrite(join(space, 'broker/mosquitto.conf'), (conf) => {
    const here = conf
      .replaceAll('/run/broker', place)
      .replace('/mosquitto/data', place)
      .replace('listener 8883 0.0.0.0', `listener ${port} 127.0.0.1`);
    return process.getuid?.() === 0 ? `user root\n${here}` : here;
  });
  const [command = '', ...args] = commandOf('broker');
  const own: Record<string, string> = {
    '/etc/broker': join(space, 'broker'),
    '/run/broker': place,
    'exec mosquitto': `exec ${daemonPath('mosquitto')}`,
  };
  const child = await startChild({
    name: 'mosquitto',
    command,
    args: args.map((arg) =>
      Object.entries(own).reduce((text, [there, here]) => text.replaceAll(there, here), arg),
    ),
  });
  await child.ready('the broker listens', () => portOpen(port));
  return () => child.stop();
}

function commandOf(container: string): string[] {
  return composeFile(readCompose(`${folder}compose.yaml`)).services[container]?.command ?? [];
}

/** A container has a network of its own, where all services may have the same port: here each has its own settings. */
async function startService(
  space: string,
  name: ServiceName,
  port: number,
  here: (text: string) => string,
): Promise<Child> {
  const [, ...args] = commandOf(name);
  const config = join(space, `${name}.yaml`);
  await showSecrets(space, name);
  const text = here(readFileSync(join(space, 'space.yaml'), 'utf8'))
    .replaceAll('secrets/', `shown-to-${name}/`)
    .replace('host: 0.0.0.0', 'host: 127.0.0.1')
    .replace('port: 8080', `port: ${port}`)
    .replace('/run/huismeester/huismeester.sock', join(space, `${name}.sock`));
  await writeFile(config, text);
  return await startChild({
    name,
    command: process.execPath,
    args: args.map((arg) => (arg === '/etc/huismeester/space.yaml' ? config : arg)),
    cwd: root,
  });
}

/** What compose.yaml mounts below /etc/huismeester/secrets for a service, and nothing else. */
async function showSecrets(space: string, name: ServiceName): Promise<void> {
  const { volumes = [] } = composeFile(readCompose(`${folder}compose.yaml`)).services[name] ?? {};
  const place = join(space, `shown-to-${name}`);
  await mkdir(place);
  for (const [source = '', target = ''] of volumes.map((volume) => volume.split(':'))) {
    const [, below] = /^\/etc\/huismeester\/secrets\/(.+)$/.exec(target) ?? [];
    if (below !== undefined) await symlink(join(space, source.replace('./space/', '')), join(place, below));
  }
}

async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  const text = change(readFileSync(file, 'utf8'));
  await chmod(file, 0o644);
  await writeFile(file, text);
}
