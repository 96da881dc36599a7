import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SwitchSimulator, SwitchUser } from '../../src/index.ts';

export const users: SwitchUser[] = [
  { name: 'open' },
  { name: 'signed', auth: { protocol: 'sha', password: 'password-1' } },
  {
    name: 'secret',
    auth: { protocol: 'sha', password: 'password-1' },
    priv: { protocol: 'aes', password: 'password-2' },
  },
  {
    name: 'newer',
    auth: { protocol: 'sha256', password: 'password-1' },
    priv: { protocol: 'aes', password: 'password-2' },
  },
];

const auth = (protocol: string) => `-a ${protocol} -A password-1`;
const priv = '-x AES -X password-2';

/** How a tool of net-snmp logs in, in its words. */
export const logins = {
  v1: '-v1 -c public',
  v2c: '-v2c -c public',
  'v3 without authentication': '-v3 -l noAuthNoPriv -u open',
  'v3 with SHA-1': `-v3 -l authNoPriv -u signed ${auth('SHA')}`,
  'v3 with SHA-1 and AES': `-v3 -l authPriv -u secret ${auth('SHA')} ${priv}`,
  'v3 with SHA-256 and AES': `-v3 -l authPriv -u newer ${auth('SHA-256')} ${priv}`,
} as const;

export interface Asking {
  tool?: 'snmpget' | 'snmpgetnext' | 'snmpwalk' | 'snmpbulkwalk' | 'snmpbulkget' | 'snmpset';
  login?: string;
  /** How long it waits for an answer; long if left out, since a busy machine is no fault. */
  timeoutS?: number;
  /** How often it asks again. */
  retries?: number;
  /** Ends the tool. */
  signal?: AbortSignal;
}

/** Runs a tool of net-snmp and returns its lines, complaints included: `.1.3.6.1.2.1.1.5.0 "switch"`. */
export function ask({ host, port }: SwitchSimulator, what: string, options: Asking = {}): Promise<string[]> {
  const { tool = 'snmpget', login = logins.v2c, timeoutS = 30, retries = 0, signal } = options;
  const [first = '', ...rest] = what.split(' ');
  const own = first.startsWith('-') ? [first] : [];
  const oids = own.length > 0 ? rest : [first, ...rest];
  const args = [
    ...login.split(' '),
    '-Onqt',
    '-t',
    `${timeoutS}`,
    '-r',
    `${retries}`,
    ...own,
    `${host}:${port}`,
    ...oids,
  ];
  const folder = join(tmpdir(), 'huismeester-net-snmp');
  const env = { ...process.env, MIBS: '', SNMPCONFPATH: folder, SNMP_PERSISTENT_DIR: folder };
  return new Promise((resolve) => {
    // A tool that complains ends with 1 or 2, and its complaint is what is looked at.
    execFile(tool, args, { env, maxBuffer: 2 ** 24, ...(signal && { signal }) }, (_, output, complaint) => {
      const lines = (output + complaint).split('\n').map((line) => line.trim());
      resolve(lines.filter((line) => line !== '' && !line.startsWith('Created directory')));
    });
  });
}

/** For what gets no answer. */
export const impatient = { timeoutS: 0.3 } as const;

export const systemOid = '.1.3.6.1.2.1.1';
export const ifTable = '.1.3.6.1.2.1.2.2.1';
export const ifXTable = '.1.3.6.1.2.1.31.1.1.1';
