import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daemonPath } from './available.ts';
import { freeUdpPort } from './free-port.ts';
import { type Child, startChild } from './process.ts';
import { agentAnswers } from './snmp-agent.ts';
import { tempDir } from './temp-dir.ts';

export interface SnmpdOptions {
  /**
   * The lines of snmpd.conf, such as `rocommunity public`, or `createUser u SHA-256 password AES password` with `rouser u priv`.
   * `engineID text` and `engineBoots 7` say what v3 clients see; engineBoots is 1 otherwise, at each start.
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
  /** What it logged; a request to an agent in trouble is seen here. */
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
  let daemon: Child | undefined;
  const start = async (lines: readonly string[]) => {
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    const persistent = join(dir.path, 'persistent');
    await mkdir(persistent, { recursive: true });
    daemon = await startChild({
      name: 'snmpd',
      command: daemonPath('snmpd'),
      // -C: no other configuration, not the machine's either. No MIB is needed, and Debian has none.
      args: ['-f', '-C', '-c', file, '-Lo', `udp:${host}:${port}`],
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
    output: () => daemon?.output() ?? '',
    close,
  };
}
