import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { skipWithout, startNats, type TempDir, tempDir } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDir('broker-config');
});
afterAll(() => dir.remove());

const broker =
  '{ url: ["mqtts://a:8884", "mqtts://b:8884"], username: huismeester, password: very-secret, ' +
  'jetstream: { url: tls://a:4333, username: keeper, password: very-secret } }';
const single = '{ embedded: { readers: [{ username: grafana, password: very-secret }] } }';

// Of "knows-it", as `htpasswd -nBC 10` makes it, but quicker to check.
const hash = '$2y$04$mmdlULVO/r6i4LZB5VQMIe1ludjmtcM27tBpeyhWiIIdyIuby8dL2';

async function print(settings: string, ...args: string[]) {
  const text = `site: { id: test, name: Test }\ndatabase: { url: postgres://x }\nbroker: ${settings}\n`;
  await writeFile(join(dir.path, 'space.yaml'), text);
  const ran = await runCli(['broker-config', 'nats', ...args], { cwd: dir.path });
  expect(`${ran.stdout}${ran.stderr}`).not.toContain('very-secret');
  return ran;
}

it('prints a file for each server of a cluster, and how to make the passwords', async () => {
  const { code, stdout } = await print(broker, '--cluster', 'a,b,c', '--history-reader', 'student');
  expect(code).toBe(0);
  const headings = stdout.match(/^### .*$/gm);
  expect(headings).toEqual([
    ...['a', 'b', 'c'].map((host) => `### /etc/nats/nats-server.conf on ${host}`),
    '### then, as root',
  ]);
  for (const line of [
    'server_name: "b"',
    'listen: "0.0.0.0:4333"',
    '  listen: "0.0.0.0:8884"',
    '  stream_replicas: 3',
    '  routes: ["nats-route://a:6222", "nats-route://b:6222", "nats-route://c:6222"]',
    '  sync_interval: always',
  ]) {
    expect(stdout.split('\n')).toContain(line);
  }
  expect(stdout).toContain(
    '-g nats -m 600 server.crt server.key ca.crt /etc/nats/certs/   # a certificate for a, b, c; ',
  );
  const needed = [...stdout.matchAll(/^htpasswd .*\/(\w+): .*# (\S+)$/gm)].map(([, variable, user]) => [
    variable,
    user,
  ]);
  expect(needed).toEqual([
    ['SERVICES', 'huismeester'],
    ['RECORDER', 'keeper'],
    ['REPLAY_STUDENT', 'student'],
  ]);
});

it('a command for a password writes a hash, or nothing at all', async () => {
  const { stdout } = await print(single, '--dir', dir.path);
  expect(stdout).toMatch(/^command -v htpasswd .* apt-get install -y apache2-utils/m);
  const command = /^htpasswd .*# policy$/m.exec(stdout)?.[0] ?? '';
  // What it prints when all is well; when it is not there; when two passwords were not the same; when it stops half-way.
  const printed = [
    `printf ':%s\\n\\n' '${hash}'`,
    'return 127',
    'echo "verification error"; return 3',
    'echo ":"',
  ];
  const written = await Promise.all(
    printed.map(async (body, index) => {
      const file = join(dir.path, `passwords-${index}`);
      const script = `htpasswd() { ${body}; }\n${command.replace(`${dir.path}/passwords.conf`, file)}\n`;
      await promisify(execFile)('sh', ['-c', script]);
      return await readFile(file, 'utf8');
    }),
  );
  expect(written).toEqual([`SERVICE_POLICY: "${hash}"\n`, '', '', '']);
});

it('does not print what an old nats-server would refuse', async () => {
  const { stdout } = await print(broker, '--nats-version', '2.9.10');
  expect(stdout).not.toMatch(/^\s*sync_interval/m);
  expect(stdout).toContain('# nats-server 2.9.10 reaches the disk every two minutes');
});

it.each([
  [['--cluster', 'a,b'], 'found 2 of at least 3 hosts'],
  [['--cluster', 'a,b,"c'], 'allowed: host names'],
  [['--snippet'], 'is for Mosquitto'],
  [['--nats-version', 'new'], 'a version such as 2.9.10'],
  [['--history-reader', 'keeper'], 'is there twice'],
  [['--history-reader', 'x y'], 'is not of a-z'],
])('refuses %j', async (args, message) => {
  const { code, stdout, stderr } = await print(broker, ...args);
  expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
  expect(stderr).toContain(message);
});

it('refuses readers of a history that is not kept', async () => {
  expect((await print(single, '--history-reader', 'student')).stderr).toContain('give broker.jetstream');
});

it.skipIf(skipWithout('nats-server'))('a real nats-server takes it, with passwords as bcrypt', async () => {
  const { stdout } = await print(single, '--nats-version', '2.9.10');
  const conf = /^### \S+\n(.*?)^### /ms.exec(stdout)?.[1] ?? '';
  const needed = [...stdout.matchAll(/^htpasswd .*\/(\w+): /gm)].map(([, variable]) => [variable, hash]);
  const nats = await startNats({
    configure: ({ dir: own, port, clientPort, monitorPort }) =>
      conf
        .replaceAll('/var/lib/nats', `${own}/data`)
        .replace(':1883"', `:${port}"`)
        .replace(':4222"', `:${clientPort}"`)
        .replace(':8222"', `:${monitorPort}"`),
    passwords: Object.fromEntries(needed),
  });
  try {
    const run = promisify(execFile);
    const login = (user: string) => ['-p', String(nats.port), '-u', user, '-P', 'knows-it'];
    const topic = 'space/v1/policy/status';
    for (const user of ['policy', 'grafana']) {
      await run('mosquitto_pub', [...login(user), '-q', '1', '-r', '-t', topic, '-m', `by ${user}`]);
    }
    const read = [...login('grafana'), '-t', 'space/v1/#', '-C', '1', '-W', '5'];
    expect((await run('mosquitto_sub', read)).stdout).toBe('by policy\n');
    await expect(run('mosquitto_sub', [...read, '-P', 'wrong'])).rejects.toThrow();
  } finally {
    await nats.close();
  }
});
