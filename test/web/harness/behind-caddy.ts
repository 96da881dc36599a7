import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames } from '@huismeester/contracts';
import { freePort, startCaddy, tempDir, waitFor } from '@huismeester/testkit';
import { Agent, type Dispatcher, request } from 'undici';
import { cli } from './cli.ts';
import type { Demo } from './demo.ts';

/** A demo behind a real Caddy, as somebody sets it up who follows the documentation. */
export interface Front {
  /** `https://huismeester.test:23456`: the browsers of the testkit find all names below .test here. */
  readonly url: string;
  /** Asks it as a program; `from` is an address of this machine, such as 127.0.0.2. */
  ask(
    path: string,
    options: { from: string; method?: Dispatcher.HttpMethod; body?: object },
  ): Promise<number>;
  close(): Promise<void>;
}

const hostname = 'huismeester.test';

/** Starts Caddy with the Caddyfile that the command line prints, on the files of the page that it writes. */
export async function startFront(demo: Pick<Demo, 'url'>): Promise<Front> {
  const dir = await tempDir('front');
  const port = await freePort();
  const url = `https://${hostname}:${port}`;
  await writeFile(join(dir.path, 'space.yaml'), settingsOf(url, demo.url));
  await cli(['web', '--output', 'page'], { cwd: dir.path });
  const args = ['reverse-proxy', 'caddy', '--internal-ca', '--page', join(dir.path, 'page')];
  const caddy = await startCaddy({ caddyfile: await cli(args, { cwd: dir.path }), port });
  const ca = await waitFor('its authority', () => readFileSync(caddy.caFile, 'utf8'));
  const ask: Front['ask'] = async (path, { from, method = 'GET', body }) => {
    const dispatcher = new Agent({ localAddress: from, connect: { ca, servername: hostname } });
    const headers = { host: `${hostname}:${port}`, ...(body && { 'content-type': 'application/json' }) };
    const sent = { dispatcher, method, headers, ...(body && { body: JSON.stringify(body) }) };
    try {
      const answer = await request(`https://127.0.0.1:${port}${path}`, sent);
      await answer.body.dump();
      return answer.statusCode;
    } finally {
      await dispatcher.close();
    }
  };
  // Its port is open before it has made its certificate.
  await waitFor('it has a certificate', async () => (await ask('/', { from: '127.0.0.1' })) === 200);
  return {
    url,
    ask,
    async close() {
      await caddy.close();
      await dir.remove();
    },
  };
}

/** What the command line reads of settings: the address of the reverse proxy, and where the services are. */
function settingsOf(publicUrl: string, url: string): string {
  const peers = serviceNames.map((name) => `${name}: { url: "${url}", secret: secret-of-${name} }`);
  return `site: { id: demo, name: Demo space }
http: { publicUrl: "${publicUrl}" }
broker: { url: mqtt://b }
database: { url: postgres://x }
services: { ${peers.join(', ')} }
`;
}
