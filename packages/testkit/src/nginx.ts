import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daemonPath } from './available.ts';
import { freePort } from './free-port.ts';
import { portOpen, startChild } from './process.ts';
import { tempDir } from './temp-dir.ts';

export interface NginxServer {
  /** PEM: the server's certificate and what else it is to send, and its key; left out: without TLS. */
  readonly certificate?: { readonly chain: string; readonly key: string };
  /** What stands in nginx's `server { … }`; it answers 200 and `hello` if left out. */
  readonly directives?: string;
}

export interface Nginx<Name extends string> {
  readonly ports: Readonly<Record<Name, number>>;
  /** Ends the daemon and removes its files. */
  close(): Promise<void>;
}

/** Starts a real nginx with some servers, each on a free port of 127.0.0.1 (and of ::1, if asked), and waits until it accepts connections. */
export async function startNginx<Name extends string>(
  servers: Readonly<Record<Name, NginxServer>>,
  { ipv6 = false }: { ipv6?: boolean } = {},
): Promise<Nginx<Name>> {
  const dir = await tempDir('nginx');
  const ports: Partial<Record<Name, number>> = {};
  const blocks: string[] = [];
  for (const name of Object.keys(servers) as Name[]) {
    const port = await freePort();
    ports[name] = port;
    blocks.push(await serverBlock(servers[name], { dir: dir.path, name, port, ipv6 }));
  }
  const file = join(dir.path, 'nginx.conf');
  await writeFile(file, configuration(dir.path, blocks));
  const daemon = await startChild({
    name: 'nginx',
    command: daemonPath('nginx'),
    args: ['-c', file, '-p', dir.path, '-e', 'stderr'],
  });
  const close = async () => {
    await daemon.stop();
    await dir.remove();
  };
  try {
    const open = async () =>
      (
        await Promise.all(Object.values<number>(ports as Record<Name, number>).map((port) => portOpen(port)))
      ).every(Boolean);
    await daemon.ready('its ports are open', open);
  } catch (error) {
    await close();
    throw error;
  }
  return { ports: ports as Record<Name, number>, close };
}

function configuration(dir: string, blocks: readonly string[]): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${dir}/${name};`,
  );
  // Started by root, its workers would become www-data, who cannot read this folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `daemon off; ${user} worker_processes 1; pid ${dir}/nginx.pid; error_log stderr;
events { worker_connections 256; }
http { access_log off; ${paths.join(' ')} default_type text/plain;
${blocks.join('\n')}
}
`;
}

async function serverBlock(
  { certificate, directives = 'location / { return 200 "hello"; }' }: NginxServer,
  { dir, name, port, ipv6 }: { dir: string; name: string; port: number; ipv6: boolean },
): Promise<string> {
  const tls = certificate ? ' ssl' : '';
  const listen = `listen 127.0.0.1:${port}${tls};${ipv6 ? ` listen [::1]:${port}${tls};` : ''}`;
  if (!certificate) return `server { ${listen} ${directives} }`;
  const chain = join(dir, `${name}.crt`);
  const key = join(dir, `${name}.key`);
  await writeFile(chain, certificate.chain);
  await writeFile(key, certificate.key, { mode: 0o600 });
  return `server { ${listen} ssl_certificate ${chain}; ssl_certificate_key ${key}; ${directives} }`;
}
