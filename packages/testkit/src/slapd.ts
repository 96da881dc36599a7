import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { daemonPath } from './available.ts';
import { freePort } from './free-port.ts';
import { portOpen, startChild } from './process.ts';
import { tempDir } from './temp-dir.ts';

export interface SlapdOptions {
  /** The suffix of its database; `dc=space` if left out, whose own entry is made. */
  readonly suffix?: string;
  /** LDIF of the entries below the suffix; a `userPassword` may be in clear text. */
  readonly entries?: string;
  /** Lines of the database's olcAccess; by default everybody reads, and nobody a password. */
  readonly access?: readonly string[];
  /** Lines for cn=config, such as `olcDisallows: bind_anon`. */
  readonly settings?: readonly string[];
  /** PEM; it then offers StartTLS, and LDAPS on a port of its own. */
  readonly certificate?: { readonly chain: string; readonly key: string };
}

export interface Slapd {
  readonly port: number;
  /** LDAPS; 0 without a certificate. */
  readonly tlsPort: number;
  /** Who may do everything, whose password is `admin`. */
  readonly rootDn: string;
  stop(): Promise<void>;
  /** Ends the daemon and removes its files. */
  close(): Promise<void>;
}

const run = promisify(execFile);
const open = 'to attrs=userPassword by anonymous auth by * none';

/** Starts a real slapd on free ports of 127.0.0.1, with an MDB database in a temporary folder, and waits until it accepts connections. */
export async function startSlapd(options: SlapdOptions = {}): Promise<Slapd> {
  const { suffix = 'dc=space', entries = '', certificate } = options;
  const dir = await tempDir('slapd');
  const [port, tlsPort] = [await freePort(), certificate ? await freePort() : 0];
  const place = (name: string) => join(dir.path, name);
  const config = ['-F', place('slapd.d')];
  const slapadd = (number: number, file: string) =>
    run(daemonPath('slapadd'), ['-n', String(number), ...config, '-l', place(file)]);
  try {
    await Promise.all([mkdir(place('slapd.d')), mkdir(place('db'))]);
    await writeFile(place('server.crt'), certificate?.chain ?? '');
    await writeFile(place('server.key'), certificate?.key ?? '', { mode: 0o600 });
    await writeFile(place('config.ldif'), configuration(dir.path, { ...options, suffix }));
    await writeFile(place('entries.ldif'), `${suffixEntry(suffix)}\n${entries}`);
    await slapadd(0, 'config.ldif');
    await slapadd(1, 'entries.ldif');
  } catch (error) {
    await dir.remove();
    throw error;
  }
  const urls = [`ldap://127.0.0.1:${port}`, ...(certificate ? [`ldaps://127.0.0.1:${tlsPort}`] : [])];
  const args = [...config, '-h', urls.join(' '), '-d', '0'];
  const daemon = await startChild({ name: 'slapd', command: daemonPath('slapd'), args });
  const close = async () => {
    await daemon.stop();
    await dir.remove();
  };
  try {
    await daemon.ready(`port ${port} is open`, () => portOpen(port));
  } catch (error) {
    await close();
    throw error;
  }
  return { port, tlsPort, rootDn: `cn=admin,${suffix}`, stop: () => daemon.stop(), close };
}

function configuration(dir: string, { suffix, access, settings, certificate }: SlapdOptions): string {
  const rules = access ?? [open, 'to * by * read'];
  const tls = [`olcTLSCertificateFile: ${dir}/server.crt`, `olcTLSCertificateKeyFile: ${dir}/server.key`];
  const schemas = ['core', 'cosine', 'nis', 'inetorgperson'];
  return `dn: cn=config
objectClass: olcGlobal
cn: config
olcPidFile: ${dir}/slapd.pid
${[...(certificate ? tls : []), ...(settings ?? [])].map((line) => `${line}\n`).join('')}
dn: cn=module,cn=config
objectClass: olcModuleList
cn: module
olcModulePath: /usr/lib/ldap
olcModuleLoad: back_mdb

dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

${schemas.map((name) => `include: file:///etc/ldap/schema/${name}.ldif\n`).join('\n')}
dn: olcDatabase={1}mdb,cn=config
objectClass: olcMdbConfig
olcDatabase: {1}mdb
olcSuffix: ${suffix}
olcRootDN: cn=admin,${suffix}
olcRootPW: admin
olcDbDirectory: ${dir}/db
${rules.map((rule, index) => `olcAccess: {${index}}${rule}\n`).join('')}`;
}

function suffixEntry(suffix: string): string {
  const dc = /^dc=([^,]+)/.exec(suffix)?.[1] ?? 'space';
  return `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: ${dc}\ndc: ${dc}\n`;
}
