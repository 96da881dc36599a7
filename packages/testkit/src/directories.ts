import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'ldapts';
import { sign } from './certificate-chains.ts';
import { askForRun, serveForRun } from './serve-for-run.ts';
import { type Slapd, slapadd, startSlapd } from './slapd.ts';
import {
  type ConfigEntry,
  databaseConfiguration,
  ldifOf,
  type SlapdDatabase,
  serverConfiguration,
  suffixEntry,
} from './slapd-config.ts';
import type { TempDir } from './temp-dir.ts';

/** Where the directories of this run are asked for; vitest's workers inherit it. */
const variable = 'HUISMEESTER_TEST_DIRECTORIES';

/** A database of its own on the slapd that all tests of a run share. */
export interface TestDirectory {
  readonly port: number;
  readonly tlsPort: number;
  /** PEM: who signed the server's certificate. */
  readonly ca: string;
  /** Nobody else has it. */
  readonly suffix: string;
  /** Who may do everything below the suffix, whose password is `admin`. */
  readonly rootDn: string;
}

export interface TestDirectoryOptions extends Omit<SlapdDatabase, 'entries'> {
  /** LDIF of the entries below the suffix. */
  readonly entries: (suffix: string) => string;
}

/** What the shared server has: whoever needs more starts one with `startSlapd`. */
const shared = {
  modules: ['dynlist', 'ppolicy'],
  schemas: ['dyngroup'],
  // As some servers do by default, and Debian's slapd does not: a name with an empty password is a login as nobody, which succeeds.
  settings: ['olcAllows: bind_anon_dn'],
} as const;

/**
 * Makes a database on the one slapd of the run, with TLS, dynlist and ppolicy; it is there until the run ends. Whoever stops the server or
 * needs other settings of it starts one with `startSlapd`. In the lines of `access`, `database` and `overlays` SUFFIX stands for its suffix.
 */
export async function testDirectory({ entries, ...options }: TestDirectoryOptions): Promise<TestDirectory> {
  const suffix = `dc=t${randomBytes(6).toString('hex')}`;
  const wanted: Wanted = { suffix, database: { ...options, entries: entries(suffix) } };
  const body = JSON.stringify(wanted).replaceAll('SUFFIX', suffix);
  return JSON.parse(await askForRun({ variable, what: 'directory' }, { method: 'POST', body }));
}

interface Wanted {
  readonly suffix: string;
  readonly database: SlapdDatabase;
}

/** Answers {@link testDirectory} in the processes that this one starts, until it is closed. slapd starts when the first one asks. */
export async function serveDirectories(): Promise<{ close(): Promise<void> }> {
  let server: Promise<SharedSlapd> | undefined;
  return await serveForRun({
    variable,
    name: 'directories',
    async answer(asked, dir) {
      const wanted: Wanted = JSON.parse(Buffer.concat(await asked.toArray()).toString());
      server ??= startShared();
      return JSON.stringify(await addDatabase(await server, wanted, dir));
    },
    async close() {
      // One that did not start has been said so to whoever asked.
      const started = await server?.catch(() => undefined);
      await started?.slapd.close();
    },
  });
}

interface SharedSlapd {
  readonly slapd: Slapd;
  readonly ca: string;
  readonly configPassword: string;
  /** Places of databases have no gaps: they are added one after the other. */
  last: Promise<number>;
}

async function startShared(): Promise<SharedSlapd> {
  const root = await sign({ name: 'Directories', authority: true });
  const { cert, key } = await sign({ name: 'ldap', by: root });
  const configPassword = randomBytes(16).toString('hex');
  const slapd = await startSlapd({ ...shared, certificate: { chain: cert, key }, configPassword });
  return { slapd, ca: root.cert, configPassword, last: Promise.resolve(1) };
}

/**
 * Its files are made by slapadd with a configuration of their own, since no other process may write to what slapd has open; then slapd
 * is told of them.
 */
async function addDatabase(
  server: SharedSlapd,
  { suffix, database }: Wanted,
  { path }: TempDir,
): Promise<TestDirectory> {
  const place = join(path, suffix);
  const [config, files] = [join(place, 'slapd.d'), join(place, 'db')];
  await mkdir(config, { recursive: true });
  await mkdir(files);
  const alone = ldifOf(databaseConfiguration(files, suffix, 1, database));
  await slapadd(config, 0, join(place, 'config.ldif'), `${serverConfiguration(place, shared)}${alone}`);
  await slapadd(config, 1, join(place, 'entries.ldif'), `${suffixEntry(suffix)}\n${database.entries ?? ''}`);
  const before = server.last;
  const added = before.then(async (last) => {
    await addToConfig(server, databaseConfiguration(files, suffix, last + 1, database));
    return last + 1;
  });
  server.last = added.catch(() => before);
  await added;
  const { port, tlsPort } = server.slapd;
  return { port, tlsPort, ca: server.ca, suffix, rootDn: `cn=admin,${suffix}` };
}

async function addToConfig({ slapd, configPassword }: SharedSlapd, entries: ConfigEntry[]): Promise<void> {
  const client = new Client({ url: `ldap://127.0.0.1:${slapd.port}`, timeout: 60_000 });
  try {
    await client.bind('cn=config', configPassword);
    for (const { dn, lines } of entries) await client.add(dn, attributesOf(lines));
  } finally {
    await client.unbind();
  }
}

function attributesOf(lines: readonly string[]): Record<string, string[]> {
  const attributes: Record<string, string[]> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = /^(\w+): (.*)$/.exec(line) ?? [];
    attributes[name] = [...(attributes[name] ?? []), value];
  }
  return attributes;
}
