import { cp, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { daemonPath } from '../available.ts';
import { freePort } from '../free-port.ts';
import { type Child, portOpen, startChild } from '../process.ts';
import { tempDir } from '../temp-dir.ts';
import { installedWiki } from './installed.ts';
import { runPhp } from './php.ts';
import { localSettings } from './settings.ts';
import { type WikiStep, writeSteps } from './steps.ts';

/** A real MediaWiki in Dutch, on SQLite and PHP's own web server, which answers one request at a time. */
export interface MediaWiki {
  /** Its origin. */
  readonly url: string;
  /** The URL of its api.php. */
  readonly api: string;
  /** Does these things to it, in one go, whether it runs or not. */
  apply(steps: readonly WikiStep[]): Promise<void>;
  /** Lines of PHP for LocalSettings.php, instead of those before; the next request has them. */
  configure(php: string): Promise<void>;
  /** How many requests it took since it started. */
  requests(): number;
  /** What it printed since it started. */
  output(): string;
  /** Kills it, whatever it is doing. */
  kill(): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const program = '/usr/share/mediawiki';

/** Starts a copy of the one wiki that was installed for this run, and makes it so. It has one page, `Hoofdpagina`, and one administrator, `Beheerder`. */
export async function startMediaWiki(
  steps: readonly WikiStep[] = [],
  { settings = '' }: { readonly settings?: string } = {},
): Promise<MediaWiki> {
  const [template, dir, port] = await Promise.all([installedWiki(), tempDir('mediawiki'), freePort()]);
  const file = join(dir.path, 'LocalSettings.php');
  const env = { MW_CONFIG_FILE: file };
  let server: Child | undefined;

  async function configure(php: string): Promise<void> {
    await writeFile(`${file}.new`, localSettings({ dir: dir.path, port }, php));
    await rename(`${file}.new`, file);
  }
  async function start(): Promise<void> {
    const child = await startChild({
      name: 'mediawiki',
      command: daemonPath('php'),
      // Changed settings count at once.
      args: ['-d', 'opcache.revalidate_freq=0', '-S', `127.0.0.1:${port}`, '-t', program],
      env,
    });
    server = child;
    await child.ready('its port is open', () => portOpen(port));
  }
  async function kill(): Promise<void> {
    await server?.stop({ signal: 'SIGKILL' });
  }
  async function apply(todo: readonly WikiStep[]): Promise<void> {
    if (todo.length > 0) await runPhp(await writeSteps(dir.path, todo), env);
  }
  async function close(): Promise<void> {
    await kill();
    await dir.remove();
  }

  try {
    await cp(template, dir.path, { recursive: true });
    await configure(settings);
    await apply(steps);
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  const url = `http://127.0.0.1:${port}`;
  const output = () => server?.output() ?? '';
  const requests = () => output().match(/: (GET|POST) \//g)?.length ?? 0;
  return { url, api: `${url}/api.php`, apply, configure, requests, output, kill, start, close };
}
