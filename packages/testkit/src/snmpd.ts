import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daemonPath } from './available.ts';
import { freeUdpPort } from './free-port.ts';
import { type Child, startChild } from './process.ts';
import { agentAnswers } from './snmp-agent.ts';
import { tempDir } from './temp-dir.ts';

export interface SnmpdOptions {
  /**
   * The lines of snmpd.conf, such as `rocommunity public`, or `createUser u SHA-256 password AES password` with `rouser u priv`.
   * With `engineID text` it stays the same v3 engine after `forget()`.
   */
  config: readonly string[];
}

export interface Snmpd {
  readonly host: string;
  readonly port: number;
  /** Ends the daemon; its port stays ours. */
  stop(): Promise<void>;
  /** With other lines from now on, if given. */
  start(config?: readonly string[]): Promise<void>;
  /** Between stop and start: it forgets how often it was started, as agents do that do not count engineBoots. */
  forget(): Promise<void>;
  /** What it logged. */
  output(): string;
  /** Ends the daemon and removes its files. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Starts net-snmp's snmpd on a free UDP port of loopback, and waits until it answers. */
export async function startSnmpd({ config }: SnmpdOptions): Promise<Snmpd> {
  const port = await freeUdpPort();
  const dir = await tempDir('snmpd');
  const file = join(dir.path, 'snmpd.conf');
  const persistent = join(dir.path, 'persistent');
  let daemon: Child | undefined;
  const start = async (lines: readonly string[]) => {
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    await mkdir(persistent, { recursive: true });
    daemon = await startChild({
      name: 'snmpd',
      command: daemonPath('snmpd'),
      // -C: no other configuration, not the machine's either; what it wrote itself has to be named then. Debian has no MIBs.
      args: ['-f', '-C', '-c', `${file},${join(persistent, 'snmpd.conf')}`, '-Lo', `udp:${host}:${port}`],
      env: { MIBS: '', SNMP_PERSISTENT_DIR: persistent },
    });
    await daemon.ready('it answers', () => agentAnswers(port, host));
  };
  const close = async () => {
    await daemon?.stop();
    await dir.remove();
  };
  try {
    await start(config);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    host,
    port,
    stop: async () => daemon?.stop(),
    start: (lines = config) => start(lines),
    forget: () => rm(persistent, { recursive: true, force: true }),
    output: () => daemon?.output() ?? '',
    close,
  };
}
