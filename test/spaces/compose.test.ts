import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serviceNames } from '@huismeester/contracts';
import { loadSettings } from '@huismeester/service';
import {
  daemonPath,
  type Postgres,
  skipWithout,
  startPostgres,
  type TempDir,
  tempDir,
  waitFor,
} from '@huismeester/testkit';
import { connectAsync } from 'mqtt';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpaceOfProcesses, setUp, startSpace } from '../deploy/space-of-processes.ts';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

describe.skipIf(skipWithout('postgres', 'mosquitto', 'caddy'))(
  'what compose.yaml starts, as processes',
  () => {
    let dir: TempDir;
    let path: string;
    let postgres: Postgres;
    let space: SpaceOfProcesses;
    let client: Agent;
    const secretOf = (name: string) => readFileSync(join(path, 'secrets', name), 'utf8').trim();

    beforeAll(async () => {
      dir = await tempDir('compose');
      [path, postgres] = await Promise.all([
        setUp(dir.path, '--internal-ca'),
        startPostgres({ fsync: false }),
      ]);
      space = await startSpace(path, await postgres.createDatabase());
      client = new Agent({ connect: { ca: readFileSync(space.caFile, 'utf8') } });
    }, 240_000);
    afterAll(async () => {
      await client.close();
      await space.close();
      await postgres.close();
      await dir.remove();
    });

    const status = async (place: string) => {
      const { statusCode, body } = await request(`${space.url}${place}`, { dispatcher: client });
      await body.dump();
      return statusCode;
    };

    it('is ready as a whole, and its API is seen through the reverse proxy', async () => {
      for (const name of serviceNames) {
        const child = space.children.get(name);
        const local = new Agent({ connect: { socketPath: space.sockets.get(name) ?? '' } });
        const ready = async () => {
          const { statusCode, body } = await request('http://localhost/health/ready', { dispatcher: local });
          await body.dump();
          return statusCode === 200;
        };
        await child?.ready(`${name} is ready`, ready, { timeoutMs: 60_000 });
        await local.close();
        expect(await status(`/openapi/${name}.json`)).toBe(200);
      }
    }, 240_000);

    it('lets in who has a token, and nobody else', async () => {
      const printed = [...space.children.values()].map((child) => child.output()).join('\n');
      const [, token = ''] = /administrator's token, shown this once: (\S+)/.exec(printed) ?? [];
      const env = { ...process.env, HUISMEESTER_URL: space.url, NODE_EXTRA_CA_CERTS: space.caFile };
      const ask = async (command: string, given: string) => {
        const { stdout } = await run(process.execPath, [cli, command, '--json'], {
          env: { ...env, HUISMEESTER_TOKEN: given },
        });
        return JSON.parse(stdout);
      };
      const { services, missing } = await ask('status', token);
      // The reverse proxy passes on no health; each service's own status has it.
      expect([Object.keys(services), missing]).toEqual([[...serviceNames], { health: 'not served here' }]);
      await expect(ask('rules', 'guessed')).rejects.toMatchObject({
        stderr: expect.stringContaining('not valid'),
      });
    });

    it('brings the news to a reader who knows the broker’s authority and a password', async () => {
      const settings = readFileSync(join(path, 'policy.yaml'), 'utf8');
      const [url = ''] = /mqtts:\/\/[^"]+/.exec(settings) ?? [];
      const login = { username: 'grafana', ca: secretOf('shared/broker-ca.crt'), reconnectPeriod: 0 };
      await expect(connectAsync(url, { ...login, password: 'guessed' })).rejects.toThrow(/not auth/i);
      const reader = await connectAsync(url, { ...login, password: secretOf('mqtt-grafana') });
      const online = new Set<string>();
      reader.on('message', (topic) => online.add(topic));
      await reader.subscribeAsync('space/v1/+/status');
      await waitFor('each service says that it is there', () => online.size === serviceNames.length);
      await reader.endAsync();
    });

    it('keeps its secrets to the user who set it up; a second set-up changes none, nor what was chosen', async () => {
      expect(statSync(path).mode & 0o777).toBe(0o700);
      const all = () =>
        Object.fromEntries(
          readdirSync(join(path, 'secrets'), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => relative(join(path, 'secrets'), join(entry.parentPath, entry.name)))
            .map((name) => [name, secretOf(name)]),
        );
      const before = all();
      expect(new Set(Object.values(before)).size).toBe(Object.keys(before).length);
      const environment = join(dir.path, '.env');
      const user = readFileSync(environment, 'utf8');
      await writeFile(environment, `COMPOSE_FILE=a.yaml\nBACKUP_USER=9:9`);
      await setUp(dir.path);
      expect(user).toMatch(/^BACKUP_USER=\d+:\d+\n$/);
      expect(readFileSync(environment, 'utf8')).toBe(`COMPOSE_FILE=a.yaml\n${user}`);
      expect(readFileSync(join(path, 'front/Caddyfile'), 'utf8')).toContain('tls internal');
      const { 'shared/database-url': _, ...after } = all();
      expect(before).toMatchObject(after);
    }, 60_000);

    it('fails, and leaves the reverse proxy as it was, when a file cannot be made', async () => {
      const settings = join(path, 'space.yaml');
      const before = readFileSync(settings, 'utf8');
      const caddyfile = readFileSync(join(path, 'front/Caddyfile'), 'utf8');
      await writeFile(settings, before.replace(/^ *publicUrl:.*\n/m, ''));
      await expect(setUp(dir.path)).rejects.toMatchObject({
        stdout: '',
        stderr: expect.stringContaining('publicUrl'),
      });
      expect(readFileSync(join(path, 'front/Caddyfile'), 'utf8')).toBe(caddyfile);
      await writeFile(settings, before);
    }, 60_000);
  },
);

describe.skipIf(skipWithout('nats-server'))('what compose.nats.yaml starts instead of Mosquitto', () => {
  it('has configurations that a real nats-server takes, and services that know of all three', async () => {
    const dir = await tempDir('compose-nats');
    try {
      const path = await setUp(dir.path, '--nats');
      const nats = join(path, 'nats');
      for (const name of ['nats-1', 'nats-2', 'nats-3']) {
        const file = join(nats, `${name}.conf`);
        const conf = readFileSync(file, 'utf8')
          .replaceAll('/run/broker', nats)
          .replaceAll('"/data"', `"${dir.path}"`);
        // Debian's is from before this setting, which the image has.
        const older = conf.replace('sync_interval: always', '');
        expect(older).not.toBe(conf);
        const here = join(nats, `${name}-here.conf`);
        await writeFile(here, older);
        const { stderr } = await run(daemonPath('nats-server'), ['-t', '-c', here]);
        expect(stderr).toContain('is valid');
      }
      const passwords = readFileSync(join(nats, 'passwords.conf'), 'utf8').trim().split('\n');
      expect(passwords).toHaveLength(serviceNames.length + 1);
      expect(passwords).toContain(
        `SERVICE_POLICY: "${readFileSync(join(path, 'secrets/policy/mqtt'), 'utf8').trim()}"`,
      );
      const { broker } = await loadSettings(join(path, 'space.yaml'));
      expect(broker).toMatchObject({ url: [1, 2, 3].map((server) => `mqtts://nats-${server}:8883`) });
    } finally {
      await dir.remove();
    }
  });
});
