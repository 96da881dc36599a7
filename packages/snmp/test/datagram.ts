import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { promisify } from 'node:util';
import { type DaemonName, daemonPath } from '@huismeester/testkit';

const run = promisify(execFile);

/** Runs snmptrap or snmpinform without the machine's configuration and MIBs. */
export function runTool(by: DaemonName, args: string[]) {
  return run(daemonPath(by), args, { env: { MIBS: '', SNMP_PERSISTENT_DIR: '/nonexistent' } });
}

/** The datagram that snmptrap sends with these options, of these values. */
export async function datagramOf(options: string[], values: string[]): Promise<Buffer> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const received = new Promise<Buffer>((resolve) => socket.once('message', resolve));
  await runTool('snmptrap', [...options, `127.0.0.1:${socket.address().port}`, ...values]);
  return received.finally(() => socket.close());
}
