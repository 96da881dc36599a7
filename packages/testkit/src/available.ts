import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Daemon {
  /** Where Debian puts it; the first that exists is used. */
  paths: string[];
  /** The Debian package that has it. */
  package: string;
}

const daemons = {
  upsd: { paths: ['/lib/nut/upsd', '/usr/lib/nut/upsd'], package: 'nut-server' },
  'dummy-ups': { paths: ['/lib/nut/dummy-ups', '/usr/lib/nut/dummy-ups'], package: 'nut-server' },
  upsrw: { paths: ['/usr/bin/upsrw', '/bin/upsrw'], package: 'nut-client' },
  certutil: { paths: ['/usr/bin/certutil'], package: 'libnss3-tools' },
  snmpd: { paths: ['/usr/sbin/snmpd'], package: 'snmpd' },
  snmpset: { paths: ['/usr/bin/snmpset'], package: 'snmp' },
  snmpget: { paths: ['/usr/bin/snmpget'], package: 'snmp' },
  snmptrap: { paths: ['/usr/bin/snmptrap'], package: 'snmp' },
  snmpinform: { paths: ['/usr/bin/snmpinform'], package: 'snmp' },
  snmpsimd: { paths: ['/usr/bin/snmpsimd'], package: 'snmpsim' },
  mosquitto: { paths: ['/usr/sbin/mosquitto'], package: 'mosquitto' },
  'nats-server': { paths: ['/usr/sbin/nats-server'], package: 'nats-server' },
  caddy: { paths: ['/usr/bin/caddy'], package: 'caddy' },
  nginx: { paths: ['/usr/sbin/nginx'], package: 'nginx-light' },
  slapd: { paths: ['/usr/sbin/slapd'], package: 'slapd' },
  slapadd: { paths: ['/usr/sbin/slapadd'], package: 'slapd' },
  unbound: { paths: ['/usr/sbin/unbound'], package: 'unbound' },
  freeradius: { paths: ['/usr/sbin/freeradius'], package: 'freeradius' },
  // Only unpacked: to install it would remove the machine's own mail server.
  smtpd: { paths: ['/var/lib/huismeester-tests/opensmtpd/usr/sbin/smtpd'], package: 'opensmtpd' },
  php: { paths: ['/usr/bin/php'], package: 'php-cli' },
  mediawiki: { paths: ['/usr/share/mediawiki/api.php'], package: 'mediawiki' },
  pdftotext: { paths: ['/usr/bin/pdftotext'], package: 'poppler-utils' },
  pdftoppm: { paths: ['/usr/bin/pdftoppm'], package: 'poppler-utils' },
  zbarimg: { paths: ['/usr/bin/zbarimg'], package: 'zbar-tools' },
  chromium: { paths: ['/usr/bin/chromium'], package: 'chromium' },
  ping: { paths: ['/usr/bin/ping', '/bin/ping'], package: 'iputils-ping' },
  postgres: { paths: postgresBinaries('postgres'), package: 'postgresql' },
  initdb: { paths: postgresBinaries('initdb'), package: 'postgresql' },
  pg_restore: { paths: postgresBinaries('pg_restore'), package: 'postgresql' },
} satisfies Record<string, Daemon>;

export type DaemonName = keyof typeof daemons;

/** A daemon that a test needs is not installed. */
export class DaemonMissingError extends Error {
  override readonly name = 'DaemonMissingError';
  readonly code = 'daemon-missing';
}

/** Where the daemon's binary is. Throws {@link DaemonMissingError}, which names the Debian package to install. */
export function daemonPath(name: DaemonName): string {
  const path = daemons[name].paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new DaemonMissingError(describe(name));
  return path;
}

/** The daemons that are not installed, each with the Debian package to install. */
export function missingDaemons(...names: DaemonName[]): string[] {
  return names.filter((name) => !daemons[name].paths.some((path) => existsSync(path))).map(describe);
}

/**
 * For `describe.skipIf(skipWithout('upsd', …))`: true if one is missing. Never true in CI, where a suite that does not
 * run must fail, not pass in silence.
 */
export function skipWithout(...names: DaemonName[]): boolean {
  return !process.env.CI && missingDaemons(...names).length > 0;
}

function describe(name: DaemonName): string {
  return `${name} is not installed (looked for ${daemons[name].paths.join(', ') || 'any version'}): apt-get install ${daemons[name].package}`;
}

/** Debian installs each major version of PostgreSQL in a folder of its own; newest first. */
function postgresBinaries(binary: string): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin', binary));
}
