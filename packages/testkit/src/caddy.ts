import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daemonPath } from './available.ts';
import { portOpen, startChild } from './process.ts';
import { tempDir } from './temp-dir.ts';

export interface Caddy {
  /** Where Caddy writes the certificate of its own authority, at its first use. */
  readonly caFile: string;
  /** Ends the daemon and removes its files. */
  close(): Promise<void>;
}

/** Starts a real Caddy on a Caddyfile, and waits until that port of loopback accepts connections. */
export async function startCaddy({ caddyfile, port }: { caddyfile: string; port: number }): Promise<Caddy> {
  const dir = await tempDir('caddy');
  const file = join(dir.path, 'Caddyfile');
  await writeFile(file, caddyfile);
  const daemon = await startChild({
    name: 'caddy',
    command: daemonPath('caddy'),
    args: ['run', '--config', file, '--adapter', 'caddyfile'],
    env: { HOME: dir.path, XDG_DATA_HOME: dir.path, XDG_CONFIG_HOME: dir.path },
  });
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
  return { caFile: join(dir.path, 'caddy/pki/authorities/local/root.crt'), close };
}
