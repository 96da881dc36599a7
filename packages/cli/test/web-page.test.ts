import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { serviceNames } from '@huismeester/contracts';
import { createLogger, parseSettings, type RunningProcess, runServices } from '@huismeester/service';
import {
  type Caddy,
  freePort,
  skipWithout,
  startCaddy,
  type TempDir,
  tempDirWithDatabase,
  waitFor,
} from '@huismeester/testkit';
import { openPage } from '@huismeester/web/build';
import { Agent, type Dispatcher, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

let dir: TempDir;
let site: RunningProcess;
/** Of who listens to the event stream. */
let stream: ServerResponse | undefined;
beforeAll(async () => {
  dir = await tempDirWithDatabase('web-page');
  const settings = parseSettings(
    `site: { id: test, name: Test }
http: { port: 0, socket: ${join(dir.path, 'h.sock')} }
broker: { embedded: { port: 0 } }
database: { embedded: { dir: ${join(dir.path, 'db')} }, acceptPowerLossRisk: true }
`,
    { file: 'space.yaml', env: {}, readFile: () => '' },
  );
  const logger = createLogger({ level: 'silent' });
  site = await runServices(
    settings,
    {},
    {
      version: '1',
      logger,
      page: openPage(),
      extraRoutes: async (app) => {
        app.get('/api/v1/live', { config: { roles: 'anyone' } }, (_, reply) => {
          reply.hijack();
          stream = reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
          stream.write('data: first\n\n');
        });
      },
    },
  );
});
afterAll(async () => {
  await site.close();
  await dir.remove();
});

/** As the browser of somebody who came in by HTTPS: Caddy says so to a process, and so do we. */
const overHttps = { 'x-forwarded-proto': 'https' };

async function answer(
  url: string,
  asked: { method?: 'GET' | 'HEAD'; headers?: Record<string, string>; dispatcher?: Dispatcher } = {},
) {
  const { statusCode, headers, body } = await request(url, asked);
  return { statusCode, headers, body: Buffer.from(await body.arrayBuffer()) };
}

async function mainScript(): Promise<string> {
  const { body } = await answer(`${site.url}/`);
  const [, path = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(body.toString()) ?? [];
  return path;
}

describe('a process that serves the page', () => {
  it('answers with it at each path of a page, by GET and HEAD alone, and with problems at all others', async () => {
    const { body: index } = await answer(`${site.url}/`);
    for (const path of ['/vms/104', '/display', '/projects/a%20b?x=1', '/index.html']) {
      const { statusCode, headers, body } = await answer(`${site.url}${path}`);
      expect([path, statusCode, body.equals(index)]).toEqual([path, 200, true]);
      expect(headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-type': 'text/html; charset=utf-8',
      });
    }
    const head = await answer(`${site.url}/vms/104`, { method: 'HEAD' });
    expect([head.statusCode, head.headers['content-length'], head.body.length]).toEqual([
      200,
      `${index.length}`,
      0,
    ]);
    for (const path of [
      '/api/v1/nothing',
      '/api',
      '/openapi/none',
      '/assets/main-none.js',
      '/assets/..%2f..%2fpackage.json',
      '/%',
    ]) {
      const { statusCode, headers } = await answer(`${site.url}${path}`);
      expect([path, statusCode, headers['content-type']]).toEqual([
        path,
        statusCode,
        expect.stringContaining('problem+json'),
      ]);
      expect(statusCode).toBeGreaterThanOrEqual(400);
    }
    expect((await request(`${site.url}/vms`, { method: 'POST' })).statusCode).toBe(404);
    const { headers } = await answer(`${site.url}/docs/`);
    expect(headers['content-security-policy']).not.toContain("default-src 'none'");
  });

  it('has the first view in two scripts, of which one is known before the language is', async () => {
    const { body } = await answer(`${site.url}/`);
    expect(body.toString().match(/<(script|link rel="(stylesheet|modulepreload)")/g)).toHaveLength(2);
    const { headers } = await answer(`${site.url}${await mainScript()}`, {
      headers: { 'accept-encoding': 'br, gzip' },
    });
    expect(headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });
});

it('says at / why the page could not be built, and goes on with all else', async () => {
  const place = await tempDirWithDatabase('no-page');
  const settings = parseSettings(
    `site: { id: test, name: Test }
http: { port: 0, socket: ${join(place.path, 'h.sock')} }
broker: { embedded: { port: 0 } }
database: { embedded: { dir: ${join(place.path, 'db')} }, acceptPowerLossRisk: true }
`,
    { file: 'space.yaml', env: {}, readFile: () => '' },
  );
  const page = { ...openPage(), built: Promise.reject(new Error('main.tsx:1: <no> such thing')) };
  const running = await runServices(
    settings,
    {},
    { version: '1', logger: createLogger({ level: 'silent' }), page },
  );
  try {
    const { statusCode, headers, body } = await answer(`${running.url}/vms`);
    expect([statusCode, headers['cache-control']]).toEqual([503, 'no-store']);
    expect(body.toString()).toContain('main.tsx:1: &#60;no&#62; such thing');
    expect((await answer(`${running.url}/health/live`)).statusCode).toBe(200);
  } finally {
    await running.close();
    await place.remove();
  }
});

describe.skipIf(skipWithout('caddy'))('the page behind a real Caddy', () => {
  let caddy: Caddy;
  let front: string;
  let dispatcher: Agent;
  beforeAll(async () => {
    const port = await freePort();
    front = `https://127.0.0.1:${port}`;
    const written = await runCli(['web', '--output', 'page'], { cwd: dir.path });
    expect(written).toMatchObject({ code: 0, stderr: '' });
    const peers = serviceNames.map((name) => `${name}: { url: "${site.url}", secret: secret-of-${name} }`);
    await writeFile(
      join(dir.path, 'space.yaml'),
      `site: { id: test, name: Test }
http: { publicUrl: "${front}" }
broker: { url: mqtt://b }
database: { url: postgres://x }
services: { ${peers.join(', ')} }
`,
    );
    const args = ['reverse-proxy', 'caddy', '--internal-ca', '--page', join(dir.path, 'page')];
    const { stdout } = await runCli(args, { cwd: dir.path });
    caddy = await startCaddy({ caddyfile: stdout, port });
    const ca = await waitFor('its authority', () => readFileSync(caddy.caFile, 'utf8'));
    dispatcher = new Agent({ connect: { ca } });
    await waitFor(
      'it has a certificate',
      async () => (await answer(`${front}/`, { dispatcher })).statusCode === 200,
    );
    return async () => {
      await dispatcher.close();
      await caddy.close();
    };
  });

  const both = async (path: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    await Promise.all([
      answer(`${site.url}${path}`, { method, headers: { ...overHttps, ...headers } }),
      answer(`${front}${path}`, { method, headers, dispatcher }),
    ]);

  /** What a server says of itself, its clock, its files and its connection, not of the page. */
  const own = [
    'date',
    'connection',
    'keep-alive',
    'etag',
    'last-modified',
    'alt-svc',
    'content-length',
    'transfer-encoding',
  ];
  const shared = (headers: object) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !own.includes(name)));

  it.each(['br', 'gzip', 'identity', 'gzip, deflate, br, zstd', ''])(
    'has the same headers and files as without it, for who accepts %j',
    async (accept) => {
      const script = await mainScript();
      for (const method of ['GET', 'HEAD'] as const) {
        for (const path of ['/', '/vms/104', '/display', '/index.html', script]) {
          const [alone, behind] = await both(
            path,
            accept === '' ? {} : { 'accept-encoding': accept },
            method,
          );
          expect([path, behind.statusCode, shared(behind.headers)]).toEqual([
            path,
            alone.statusCode,
            shared(alone.headers),
          ]);
          expect(behind.body.equals(alone.body)).toBe(true);
          expect(alone.headers).toHaveProperty('strict-transport-security');
        }
      }
    },
  );

  it('answers who has the file with 304 and the same headers', async () => {
    for (const path of ['/vms/104', await mainScript()]) {
      const first = await both(path);
      const second = await Promise.all(
        [site.url, front].map((url, at) =>
          answer(`${url}${path}`, {
            headers: { ...(at === 0 && overHttps), 'if-none-match': `${first[at]?.headers.etag}` },
            ...(at === 1 && { dispatcher }),
          }),
        ),
      );
      expect(second.map(({ statusCode, body }) => [statusCode, body.length])).toEqual([
        [304, 0],
        [304, 0],
      ]);
      const [alone, behind] = second.map(({ headers }) => headers['cache-control']);
      expect(behind).toBe(alone);
    }
  });

  it('says of a file that is missing what the process says, and passes on what is no page', async () => {
    const [alone, behind] = await both('/assets/main-none.js');
    expect(behind.headers['cache-control']).toBe(alone.headers['cache-control']);
    const { instance: _, ...problem } = JSON.parse(alone.body.toString());
    expect([behind.statusCode, JSON.parse(behind.body.toString())]).toEqual([404, problem]);
    for (const path of ['/api/v1/nothing', '/api/v9', '/openapi.json']) {
      const [one, other] = await both(path);
      expect([path, other.statusCode, other.headers['content-type']]).toEqual([
        path,
        one.statusCode,
        one.headers['content-type'],
      ]);
    }
  });

  it('passes on an event stream as it is written', async () => {
    const { body, statusCode, headers } = await request(`${front}/api/v1/live`, { dispatcher });
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/event-stream']);
    const [first] = await once(body, 'data');
    expect(String(first)).toBe('data: first\n\n');
    stream?.write(': beat\n\n');
    const [second] = await once(body, 'data');
    expect(String(second)).toBe(': beat\n\n');
    stream?.end();
    await body.dump();
  });
});
