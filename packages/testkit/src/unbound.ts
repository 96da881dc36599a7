import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { daemonPath } from './available.ts';
import { freePort } from './free-port.ts';
import { startChild } from './process.ts';
import { tempDir } from './temp-dir.ts';

export interface Unbound {
  readonly port: number;
  /** Ends the daemon and removes its files. */
  close(): Promise<void>;
}

/**
 * Starts a real Unbound on a free port of 127.0.0.1 and waits until it answers. Its zone is `test.`, with the given records, such as
 * `www.test. A 10.0.0.1`; no other name exists, on the Internet either. But every name below `servfail.` fails, below `refused.` is
 * refused, and below `silent.` gets no answer.
 */
export async function startUnbound(records: readonly string[]): Promise<Unbound> {
  const dir = await tempDir('unbound');
  const port = await freePort();
  const file = join(dir.path, 'unbound.conf');
  await writeFile(file, configuration({ dir: dir.path, port, closed: await freePort() }, records));
  const daemon = await startChild({
    name: 'unbound',
    command: daemonPath('unbound'),
    args: ['-d', '-c', file],
  });
  const close = async () => {
    await daemon.stop();
    await dir.remove();
  };
  try {
    await daemon.ready('it answers', async () => {
      await listensOnTcp(port);
      const resolver = new Resolver({ timeout: 1_000, tries: 1 });
      resolver.setServers([`127.0.0.1:${port}`]);
      return (await resolver.resolve4('ready.test')).length === 1;
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { port, close };
}

/**
 * A question to a UDP port that nothing has bound yet would wait for its whole time-out, and to bind it here would take it from Unbound at the wrong moment. It
 * listens on TCP right after.
 */
async function listensOnTcp(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

function configuration(
  { dir, port, closed }: { dir: string; port: number; closed: number },
  records: readonly string[],
): string {
  const data = ['ready.test. A 127.0.0.1', ...records].map((record) => `  local-data: '${record}'`);
  return `server:
  interface: 127.0.0.1
  port: ${port}
  directory: "${dir}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  do-daemonize: no
  do-not-query-localhost: no
  module-config: "iterator"
  outbound-msg-retry: 0
  unknown-server-time-limit: 20
  local-zone: "." static
  local-zone: "test." static
  local-zone: "servfail." transparent
  local-zone: "refused." always_refuse
  local-zone: "silent." always_deny
${data.join('\n')}
remote-control:
  control-enable: no
forward-zone:
  name: "servfail."
  forward-addr: 127.0.0.1@${closed}
`;
}
