import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { daemonPath } from './available.ts';
import { freeUdpPort } from './free-port.ts';
import { type Child, startChild } from './process.ts';
import { agentAnswers } from './snmp-agent.ts';
import { tempDir } from './temp-dir.ts';

export interface SnmpsimOptions {
  /**
   * By community: lines of `OID|type|value`, sorted by OID (snmprec). A type such as `2:writecache` with `value=1` as its
   * value can be set by SNMP SET.
   */
  recordings: Record<string, string>;
  /** It prints nothing, an error neither: otherwise several lines a request, which this process takes in. */
  quiet?: boolean;
}

export interface Snmpsim {
  readonly host: string;
  readonly port: number;
  /** SNMP SET, of an instance that is recorded with `writecache`; the type as snmpset has it: i, u, s, x, o, t, a. Needs snmpset. */
  set(community: string, oid: string, type: string, value: string): Promise<void>;
  /** Ends the simulator and removes its files. */
  close(): Promise<void>;
}

const host = '127.0.0.1';
const run = promisify(execFile);

/**
 * Starts snmpsim with these recordings on a free UDP port of loopback, and waits until it answers. It is slow: 1 s to
 * start, and 15 ms of CPU for each request.
 */
export async function startSnmpsim({ recordings, quiet = false }: SnmpsimOptions): Promise<Snmpsim> {
  const port = await freeUdpPort();
  const dir = await tempDir('snmpsim');
  let daemon: Child | undefined;
  const close = async () => {
    await daemon?.stop();
    await dir.remove();
  };
  try {
    const [data, cache] = [join(dir.path, 'data'), join(dir.path, 'cache')];
    await mkdir(data);
    await mkdir(cache);
    for (const [community, text] of Object.entries(recordings))
      await writeFile(join(data, `${community}.snmprec`), text);
    // It does not run as root, but as a user who has to read the recordings and write their index.
    const isRoot = process.getuid?.() === 0;
    await chmod(dir.path, 0o755);
    await chmod(cache, 0o777);
    const user = isRoot ? ['--process-user', 'nobody', '--process-group', 'nogroup'] : [];
    const places = ['--data-dir', data, '--cache-dir', cache, '--agent-udpv4-endpoint', `${host}:${port}`];
    daemon = await startChild({
      name: 'snmpsimd',
      command: daemonPath('snmpsimd'),
      args: [...places, '--logging-method', quiet ? 'null' : 'stderr', ...user],
    });
    await daemon.ready('it answers', () => agentAnswers(port, host));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    host,
    port,
    async set(community, oid, type, value) {
      const args = ['-v2c', `-c${community}`, `${host}:${port}`, oid, type, value];
      await run(daemonPath('snmpset'), args, { env: { MIBS: '' } });
    },
    close,
  };
}
