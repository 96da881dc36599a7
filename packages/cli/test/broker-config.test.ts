import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serviceNames } from '@huismeester/contracts';
import { type Mosquitto, skipWithout, startMosquitto, type TempDir, tempDir } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDir('broker-config');
});
afterAll(() => dir.remove());

const embedded = '{ embedded: { port: 1999, readers: [{ username: grafana, password: very-secret }] } }';
const elsewhere = '{ url: "mqtts://broker.space", username: huismeester, password: very-secret, root: hm }';

async function print(broker: string, ...args: string[]) {
  const settings = `site: { id: test, name: Test }\ndatabase: { url: postgres://x }\nbroker: ${broker}\n`;
  await writeFile(join(dir.path, 'space.yaml'), settings);
  const ran = await runCli(['broker-config', 'mosquitto', ...args], { cwd: dir.path });
  expect(`${ran.stdout}${ran.stderr}`).not.toContain('very-secret');
  return ran;
}

/** The parts under the headings of what is printed. */
function partsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(/^### /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]),
  );
}

it('prints a whole configuration: where the settings have the broker, for whom they name', async () => {
  const { code, stdout, stderr } = await print(embedded, '--reader', 'light');
  expect(code).toBe(0);
  const parts = partsOf(stdout);
  expect(Object.keys(parts)).toEqual([
    '/etc/mosquitto/mosquitto.conf',
    '/etc/mosquitto/acl',
    'then, as root',
  ]);
  expect(parts['/etc/mosquitto/mosquitto.conf']).toContain('\nlistener 1999 127.0.0.1\n');
  const users = [...stdout.matchAll(/^mosquitto_passwd \S+ '(.*)'$/gm)].map(([, user]) => user);
  expect(users).toEqual([...serviceNames, 'grafana', 'light']);
  expect(stderr).toContain('embedded broker');
});

it('prints for a broker elsewhere: TLS, its port, the one user of all services', async () => {
  const { stdout, stderr } = await print(elsewhere, '--json', '--dir', '/opt/m');
  const { conf, passwordsNeeded } = JSON.parse(stdout);
  expect(conf).toContain('listener 8883 0.0.0.0\ncertfile /opt/m/certs/server.crt\n');
  expect(passwordsNeeded).toEqual(['huismeester']);
  expect(stderr).toBe('');
  expect((await print('{ url: "mqtt://10.0.0.4" }')).stderr).toContain('broker.username');
  const moved = await print(elsewhere, '--listen', '10.0.0.4', '--data-dir', '/data');
  expect(moved.stdout).toContain('listener 8883 10.0.0.4\n');
  expect(moved.stdout).toContain('persistence_location /data/\n');
});

it.each([
  ['a name', 'broker.space', '0.0.0.0'],
  ['a name of loopback', 'localhost', '127.0.0.1'],
  ['an address', '10.0.0.4', '10.0.0.4'],
  ['another', '[fd00::4]', 'fd00::4'],
])('listens where clients elsewhere reach it: %s', async (_what, host, listens) => {
  const { stdout } = await print(`{ url: "mqtt://${host}", username: a, password: very-secret }`);
  expect(stdout).toContain(`\nlistener 1883 ${listens}\n`);
});

it('says where its certificate goes, and whose that must be', async () => {
  const commands = (stdout: string) => stdout.split('### then, as root\n')[1]?.split('\n').slice(0, 2);
  expect(commands((await print(elsewhere)).stdout)).toEqual([
    'install -d -o mosquitto -g mosquitto -m 700 /etc/mosquitto/certs',
    expect.stringMatching(
      /^install -o mosquitto -g mosquitto -m 600 server.crt server.key \/etc\/mosquitto\/certs\/ {3}# a certificate for broker.space; .*docs\/distributed.md$/,
    ),
  ]);
  expect((await print(elsewhere, '--snippet')).stdout).not.toContain('server.crt');
  expect((await print('{ url: "mqtt://10.0.0.4" }')).stdout).not.toContain('server.crt');
});

it('docs/distributed.md makes such a certificate', async () => {
  const doc = await readFile(new URL('../../../docs/distributed.md', import.meta.url), 'utf8');
  const recipe = [...doc.matchAll(/```sh\n(.*?)```/gs)].map(([, text = '']) => text);
  const making = recipe.find((text) => text.includes('openssl req')) ?? '';
  const run = promisify(execFile);
  await run('sh', ['-ec', making], { cwd: dir.path });
  const check = ['verify', '-CAfile', 'ca.crt', '-purpose', 'sslserver', '-verify_hostname'];
  await run('openssl', [...check, 'broker.space', 'server.crt'], { cwd: dir.path });
  await expect(run('openssl', [...check, 'other.space', 'server.crt'], { cwd: dir.path })).rejects.toThrow();
  expect((await stat(join(dir.path, 'server.key'))).mode & 0o077).toBe(0);
});

it.each([
  [['--cluster', 'a,b,c'], 64, '--cluster is for NATS'],
  [['--reader', 'policy'], 64, 'is the name of a service'],
  [['--config', 'nowhere.yaml'], 1, 'nowhere.yaml'],
])('refuses %j', async (args, exitCode, message) => {
  const { code, stdout, stderr } = await print(embedded, ...args);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
  expect(stderr).toContain(message);
});

describe.skipIf(skipWithout('mosquitto')).each([
  { what: 'the whole configuration', args: [] },
  { what: 'the snippet, put into one that has a listener', args: ['--snippet'] },
])('a real Mosquitto with $what', ({ args }) => {
  const passwordOf = (user: string) => `${user}-knows`;
  let mosquitto: Mosquitto;
  beforeAll(async () => {
    const { stdout } = await print(embedded, ...args);
    const { conf = '', acl = '' } = filesOf(partsOf(stdout));
    const users = [...serviceNames, 'grafana'];
    mosquitto = await startMosquitto({
      configure: ({ port, host, dir: own }) => {
        const here = conf.replaceAll(/\/etc\/mosquitto|\/var\/lib\/mosquitto/g, own);
        const listener = `listener ${port} ${host}`;
        const listening = /^listener .*$/m.test(here)
          ? here.replace(/^listener .*$/m, listener)
          : `${listener}\npersistence_location ${own}/\n${here}`;
        return { conf: listening, acl };
      },
      passwords: Object.fromEntries(users.map((user) => [user, passwordOf(user)])),
    });
    return () => mosquitto.close();
  });

  const run = promisify(execFile);
  const login = (user: string) => ['-p', String(mosquitto.port), '-u', user, '-P', passwordOf(user)];
  const publish = (user: string, topic: string) =>
    run('mosquitto_pub', [...login(user), '-q', '1', '-r', '-t', topic, '-m', `by ${user}`]);

  it('a service publishes below its own prefix alone, and a reader only reads', async () => {
    const topic = (service: string) => `space/v1/${service}/status`;
    for (const user of ['grafana', 'policy', 'ups-monitor']) {
      for (const service of ['policy', 'ups-monitor']) await publish(user, topic(service));
    }
    const kept = ['-t', 'space/v1/#', '-t', 'x/#', '-F', '%t %p', '-C', '2', '-W', '5'];
    const { stdout } = await run('mosquitto_sub', [...login('grafana'), ...kept]);
    expect(new Set(stdout.trim().split('\n'))).toEqual(
      new Set([`${topic('policy')} by policy`, `${topic('ups-monitor')} by ups-monitor`]),
    );
    await expect(run('mosquitto_sub', ['-p', String(mosquitto.port), ...kept])).rejects.toThrow();
  });
});

function filesOf(parts: Record<string, string>): { conf?: string; acl?: string } {
  const found = (ending: string) => Object.entries(parts).find(([name]) => name.endsWith(ending))?.[1] ?? '';
  return { conf: found('.conf'), acl: found('/acl') };
}
