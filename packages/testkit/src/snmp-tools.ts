import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type DaemonName, daemonPath } from './available.ts';

const run = promisify(execFile);

/** A user of SNMPv3 who signs and encrypts. */
export const snmpUser = {
  name: 'sw',
  auth: { protocol: 'sha256', password: 'the auth password' },
  priv: { protocol: 'aes', password: 'the priv password' },
} as const;

/** What Debian's SNMP tools are given to speak as {@link snmpUser}. */
export const snmpUserOptions: readonly string[] = [
  '-v3',
  `-u${snmpUser.name}`,
  '-lauthPriv',
  '-aSHA-256',
  `-A${snmpUser.auth.password}`,
  '-xAES',
  `-X${snmpUser.priv.password}`,
];

/** The same, but with another value for one of them; `withSnmpOption('-u', 'another')`. */
export function withSnmpOption(option: string, value: string): string[] {
  return snmpUserOptions.map((each) => (each.startsWith(option) ? `${option}${value}` : each));
}

/** Runs snmptrap or snmpinform without the machine's configuration and MIBs. Rejects when it fails. */
export async function runSnmpTool(by: DaemonName, args: readonly string[]): Promise<void> {
  await run(daemonPath(by), args, { env: { MIBS: '', SNMP_PERSISTENT_DIR: '/nonexistent' } });
}
