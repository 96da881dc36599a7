import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { resources, type ServiceName, serviceFor, serviceNames } from '@huismeester/contracts';
import {
  type Caddy,
  createAuthority,
  daemonPath,
  freePort,
  skipWithout,
  startCaddy,
  type TempDir,
  tempDir,
  waitFor,
} from '@huismeester/testkit';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultService } from '../src/reverse-proxy/caddyfile.ts';
import { runCli } from './run-cli.ts';

const run = promisify(execFile);
let dir: TempDir;
let peers: Map<ServiceName, Server>;
beforeAll(async () => {
  dir = await tempDir('reverse-proxy');
  peers = new Map(
    await Promise.all(serviceNames.map(async (name) => [name, await startPeer(name)] as const)),
  );
});
afterAll(async () => {
  for (const server of peers.values()) server.close();
  await dir.remove();
});

/** Stands for a service: a list without results, which says who answered what. */
async function startPeer(name: ServiceName): Promise<Server> {
  const server = createServer((asked, answer) => {
    const about = {
      'x-service': name,
      'x-path': asked.url,
      'x-authorization': asked.headers.authorization ?? '',
    };
    answer.writeHead(200, { 'content-type': 'application/json', ...about });
    answer.end('{"results":[],"next":null,"count":0}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(name: ServiceName): number {
  const address = peers.get(name)?.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const peersText = () =>
  serviceNames
    .map((name) => `${name}: { url: "http://127.0.0.1:${portOf(name)}", secret: very-secret-${name} }`)
    .join(', ');

async function print(
  args: string[],
  { publicUrl = 'https://huismeester.space', services = peersText() } = {},
) {
  const settings = `site: { id: test, name: Test }
http: { publicUrl: "${publicUrl}" }
broker: { url: mqtt://b }
database: { url: postgres://x }
services: { ${services} }
`;
  await writeFile(join(dir.path, 'space.yaml'), settings);
  const ran = await runCli(['reverse-proxy', 'caddy', ...args], { cwd: dir.path });
  expect(`${ran.stdout}${ran.stderr}`).not.toContain('very-secret');
  return ran;
}

describe('what it prints', () => {
  it('takes a public certificate where there can be one, Caddy’s own, or the one that is there', async () => {
    expect((await print([])).stdout).not.toContain('\ttls');
    expect((await print(['--internal-ca'])).stdout).toContain('\ttls internal\n');
    const files = ['--certificate', '/etc/ssl/h.crt', '--key', '/etc/ssl/h.key'];
    expect((await print(files)).stdout).toContain('\ttls /etc/ssl/h.crt /etc/ssl/h.key\n');
  });

  it('is the site alone for a Caddy that is there', async () => {
    const { stdout } = await print(['--snippet']);
    expect(stdout).not.toContain('admin off');
    expect(stdout).toContain('\nhttps://huismeester.space {\n');
  });

  it.each([
    [[], { publicUrl: 'https://space.example/huismeester' }, 1, 'http.publicUrl: found a URL with more than'],
    [[], { services: '' }, 1, 'services.policy.url: found nothing, allowed: where it answers'],
    [['--key', 'x'], {}, 64, 'belong together'],
    [['--internal-ca', '--certificate', 'x', '--key', 'y'], {}, 64, 'two certificates'],
    [['--certificate', 'a b', '--key', 'y'], {}, 64, 'the path "a b"'],
    [['--page', '/srv/{page}'], {}, 64, 'the path "/srv/{page}"'],
  ])('refuses %j of %j', async (args, settings, exitCode, message) => {
    const { code, stdout, stderr } = await print(args, settings);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toContain(message);
  });

  it
    .skipIf(skipWithout('caddy'))
    .each([[[]], [['--internal-ca']], [['--snippet']], [['--page', '/srv/huismeester']]])(
    'is what a real Caddy takes, written as it would write it: %j',
    async (args) => {
      const { stdout } = await print(args);
      const file = join(dir.path, 'Caddyfile');
      await writeFile(file, stdout);
      const { stderr } = await run(daemonPath('caddy'), [
        'validate',
        '--config',
        file,
        '--adapter',
        'caddyfile',
      ]);
      expect(stderr).not.toMatch(/"level":"(warn|error)"/);
      expect((await run(daemonPath('caddy'), ['fmt', file])).stdout).toBe(stdout);
    },
  );
});

describe.skipIf(skipWithout('caddy'))('a real Caddy with its own authority', () => {
  let caddy: Caddy;
  let url: string;
  let ask: (path: string) => ReturnType<typeof request>;
  beforeAll(async () => {
    const port = await freePort();
    url = `https://127.0.0.1:${port}`;
    const { stdout } = await print(['--internal-ca'], { publicUrl: url });
    caddy = await startCaddy({ caddyfile: stdout, port });
    const ca = await waitFor('its authority', () => readFileSync(caddy.caFile, 'utf8'));
    const client = new Agent({ connect: { ca } });
    ask = (path) => request(`${url}${path}`, { dispatcher: client });
    // Its port is open before it has made its certificate.
    await waitFor('it has a certificate', async () => (await ask('/')).body.dump().then(() => true));
    return async () => {
      await client.close();
      await caddy.close();
    };
  });

  const firsts = [...serviceNames, ...Object.keys(resources), 'tokens', 'nothing', 'upsilon'];
  const paths = firsts.flatMap((first) =>
    ['', '/x', '/x/y?limit=1', '?a=/api/v1/vms'].map((rest) => `/api/v1/${first}${rest}`),
  );

  it('passes each path to the service that answers for it', async () => {
    for (const path of [...paths, '/', '/docs/', '/openapi.json', '/healthy', '/api/v2/vms']) {
      const { headers, body } = await ask(path);
      await body.dump();
      expect([path, headers['x-service'], headers['x-path']]).toEqual([
        path,
        serviceFor(path) ?? defaultService,
        path,
      ]);
    }
  });

  it('shows the API of each', async () => {
    for (const name of serviceNames) {
      const { headers, body } = await ask(`/openapi/${name}.json`);
      await body.dump();
      expect([headers['x-service'], headers['x-path']]).toEqual([name, '/openapi.json']);
    }
  });

  it('passes on no health and no metrics, which ask for no token', async () => {
    const internal = [
      '/health',
      '/health/ready',
      '/health/live',
      '/health/policy/ready',
      '/metrics',
      '/metrics/policy',
    ];
    for (const path of internal) {
      const { statusCode, headers, body } = await ask(path);
      expect([path, statusCode, headers['x-service']]).toEqual([path, 404, undefined]);
      expect(await body.json()).toMatchObject({ status: 404, code: 'not-served-here' });
    }
  });

  it('lets the command line in, with a token, when it is told whom to trust', async () => {
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const env = { ...process.env, HUISMEESTER_TOKEN: 'very-secret', NODE_EXTRA_CA_CERTS: caddy.caFile };
    const { stdout } = await run(process.execPath, [main, '--url', url, 'rules', '--json'], { env });
    expect(JSON.parse(stdout)).toEqual([]);
    const { NODE_EXTRA_CA_CERTS: _, ...without } = env;
    const refused = run(process.execPath, [main, '--url', url, 'rules'], { env: without });
    await expect(refused).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  it('says as a problem that a service is away, and passes on again when it is back', async () => {
    const port = portOf('ups-monitor');
    const gone = peers.get('ups-monitor');
    gone?.close();
    gone?.closeAllConnections();
    const { statusCode, headers, body } = await ask('/api/v1/ups');
    expect([statusCode, headers['content-type']]).toEqual([502, 'application/problem+json']);
    expect(await body.json()).toMatchObject({ status: 502, code: 'service-away' });
    const waiting = ask('/api/v1/ups');
    gone?.listen(port, '127.0.0.1');
    const back = await waiting;
    await back.body.dump();
    expect([back.statusCode, back.headers['x-service']]).toEqual([200, 'ups-monitor']);
  });
});

it.skipIf(skipWithout('caddy'))('a real Caddy shows a certificate that is there', async () => {
  const authority = await createAuthority();
  const { certFile, keyFile } = await authority.issue(join(dir.path, 'certs'));
  const port = await freePort();
  const publicUrl = `https://127.0.0.1:${port}`;
  const { stdout } = await print(['--certificate', certFile, '--key', keyFile], { publicUrl });
  const caddy = await startCaddy({ caddyfile: stdout, port });
  const client = new Agent({ connect: { ca: authority.ca } });
  try {
    const { statusCode, body } = await request(`${publicUrl}/api/v1/vms`, { dispatcher: client });
    await body.dump();
    expect(statusCode).toBe(200);
  } finally {
    await client.close();
    await caddy.close();
  }
});
