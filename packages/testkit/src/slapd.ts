import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { daemonPath } from './available.ts';
import { freePort } from './free-port.ts';
import { portOpen, startChild } from './process.ts';
import {
  databaseConfiguration,
  ldifOf,
  type SlapdDatabase,
  type SlapdServer,
  serverConfiguration,
  suffixEntry,
} from './slapd-config.ts';
import { tempDir } from './temp-dir.ts';

export interface SlapdOptions extends SlapdServer, SlapdDatabase {
  /** The suffix of its database; `dc=space` if left out, whose own entry is made. */
  readonly suffix?: string;
}

export interface Slapd {
  readonly port: number;
  /** LDAPS; 0 without a certificate. */
  readonly tlsPort: number;
  /** Who may do everything, whose password is `admin`. */
  readonly rootDn: string;
  /** Its files: `slapd.d`, and `db` of its database. */
  readonly dir: string;
  stop(): Promise<void>;
  /** Starts it again after `stop`, on the same ports. */
  start(): Promise<void>;
  /** Ends the daemon and removes its files. */
  close(): Promise<void>;
}

const run = promisify(execFile);

/** Starts a real slapd on free ports of 127.0.0.1, with an MDB database in a temporary folder, and waits until it accepts connections. */
export async function startSlapd(options: SlapdOptions = {}): Promise<Slapd> {
  const { suffix = 'dc=space', entries = '', certificate } = options;
  const dir = await tempDir('slapd');
  const [port, tlsPort] = [await freePort(), certificate ? await freePort() : 0];
  const place = (name: string) => join(dir.path, name);
  const config = place('slapd.d');
  try {
    await Promise.all([mkdir(config), mkdir(place('db'))]);
    await writeFile(place('server.crt'), certificate?.chain ?? '');
    await writeFile(place('server.key'), certificate?.key ?? '', { mode: 0o600 });
    const database = databaseConfiguration(place('db'), suffix, 1, options);
    const text = `${serverConfiguration(dir.path, options)}${ldifOf(database)}`;
    await slapadd(config, 0, place('config.ldif'), text);
    await slapadd(config, 1, place('entries.ldif'), `${suffixEntry(suffix)}\n${entries}`);
  } catch (error) {
    await dir.remove();
    throw error;
  }
  const urls = [`ldap://127.0.0.1:${port}`, ...(certificate ? [`ldaps://127.0.0.1:${tlsPort}`] : [])];
  const args = ['-F', config, '-h', urls.join(' '), '-d', '0'];
  const start = async () => {
    const daemon = await startChild({ name: 'slapd', command: daemonPath('slapd'), args });
    await daemon.ready(`port ${port} is open`, () => portOpen(port));
    return daemon;
  };
  let daemon: Awaited<ReturnType<typeof start>>;
  try {
    daemon = await start();
  } catch (error) {
    await dir.remove();
    throw error;
  }
  return {
    port,
    tlsPort,
    rootDn: `cn=admin,${suffix}`,
    dir: dir.path,
    stop: () => daemon.stop(),
    start: async () => {
      daemon = await start();
    },
    close: async () => {
      await daemon.stop();
      await dir.remove();
    },
  };
}

/** Writes LDIF to a file and puts it into a database, which no slapd has open. */
export async function slapadd(config: string, number: number, file: string, text: string): Promise<void> {
  await writeFile(file, text);
  await run(daemonPath('slapadd'), ['-q', '-n', String(number), '-F', config, '-l', file]);
}
