import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { daemonPath } from './available.ts';
import { createAuthority } from './certificates.ts';
import { freePort } from './free-port.ts';
import { type Child, portOpen, startChild } from './process.ts';
import { tempDir } from './temp-dir.ts';

/** Where a Mosquitto is to listen and keep its files. */
export interface MosquittoPlace {
  host: string;
  port: number;
  dir: string;
}

export type MosquittoTestOptions = {
  /** With certificates in the place's `dir`/certs; `configure` is to name them. */
  tls?: boolean;
} & (
  | { /** No access list: everybody may do everything. */ open: true }
  | {
      /** The texts of mosquitto.conf and of the file `acl` in `dir`. */
      configure: (place: MosquittoPlace) => { conf: string; acl: string };
      /** By user name; the file `passwords` in `dir` is made of them by mosquitto_passwd. */
      passwords: Record<string, string>;
    }
);

export interface Mosquitto {
  readonly url: string;
  readonly port: number;
  /** The authority to trust, PEM, when started with `tls`. */
  readonly ca: string | undefined;
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL: what was not written is lost. */
  kill(): Promise<void>;
  /** Ends the daemon; its port stays ours. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends the daemon and removes its files. */
  close(): Promise<void>;
}

const host = '127.0.0.1';
const run = promisify(execFile);

/** Starts a real Mosquitto on a free port of loopback, and waits until it accepts connections. */
export async function startMosquitto(options: MosquittoTestOptions): Promise<Mosquitto> {
  const port = await freePort();
  const dir = await tempDir('mosquitto');
  const file = join(dir.path, 'mosquitto.conf');
  const authority = options.tls ? await createAuthority() : undefined;
  let daemon: Child | undefined;
  const start = async () => {
    daemon = await startChild({ name: 'mosquitto', command: daemonPath('mosquitto'), args: ['-c', file] });
    await daemon.ready(`port ${port} is open`, () => portOpen(port, host));
  };
  const close = async () => {
    await daemon?.stop();
    await dir.remove();
  };
  try {
    await authority?.issue(join(dir.path, 'certs'));
    await writeFiles(options, { host, port, dir: dir.path }, file);
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url: `${authority ? 'mqtts' : 'mqtt'}://${host}:${port}`,
    port,
    ca: authority?.ca,
    signal: (signal) => daemon?.signal(signal),
    kill: async () => daemon?.stop({ signal: 'SIGKILL' }),
    stop: async () => daemon?.stop(),
    start,
    close,
  };
}

async function writeFiles(options: MosquittoTestOptions, place: MosquittoPlace, file: string): Promise<void> {
  // Started by root, it would become the user `mosquitto`, who cannot read this folder.
  const user = process.getuid?.() === 0 ? 'user root\n' : '';
  if ('open' in options) {
    const certs = join(place.dir, 'certs');
    const tls = options.tls ? `certfile ${certs}/server.crt\nkeyfile ${certs}/server.key\n` : '';
    const conf = `listener ${place.port} ${place.host}\n${tls}allow_anonymous true\nset_tcp_nodelay true\n`;
    await writeFile(file, user + conf);
    return;
  }
  const { conf, acl } = options.configure(place);
  await writeFile(file, user + conf);
  await writeFile(join(place.dir, 'acl'), acl, { mode: 0o600 });
  const passwords = join(place.dir, 'passwords');
  const lines = Object.entries(options.passwords).map(([name, password]) => `${name}:${password}\n`);
  await writeFile(passwords, lines.join(''), { mode: 0o600 });
  // Beside mosquitto in its Debian package.
  if (lines.length > 0) await run('/usr/bin/mosquitto_passwd', ['-U', passwords]);
}
