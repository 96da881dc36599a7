import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@huismeester/database';
import { freePort, type TempDir, tempDirWithDatabase } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../deploy/standalone/src/main.ts', import.meta.url));

// Each starts the whole program.
const patient = { timeout: 120_000 };
const mostMs = 110_000;

let dir: TempDir;
beforeAll(async () => {
  dir = await tempDirWithDatabase('start');
});
afterAll(() => dir.remove());

/** What a person sees who starts it, until it ends; it is told to end once it says `until`. */
async function started(args: readonly string[], { cwd = dir.path, until = '' } = {}) {
  const child = spawn(process.execPath, [main, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
    if (until !== '' && said.out.includes(until)) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const tooLong = setTimeout(() => {
    said.err += `still running after ${mostMs / 1_000} s; its threads wait in: ${threadsOf(child.pid)}`;
    child.kill('SIGKILL');
  }, mostMs);
  await once(child, 'close');
  clearTimeout(tooLong);
  return { code: child.exitCode ?? child.signalCode, ...said };
}

/** Where in the kernel each thread waits: `ep_poll` is an event loop, `futex` a lock. */
function threadsOf(pid = 0): string {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const read = (task: string, file: string) =>
    readFileSync(`/proc/${pid}/task/${task}/${file}`, 'utf8').trim();
  return tasks.map((task) => `${read(task, 'comm')} ${read(task, 'wchan')}`).join(', ');
}

async function spaceYaml(name: string, parts: { http: string; database: string }): Promise<string> {
  const file = join(dir.path, `${name}.yaml`);
  await writeFile(
    file,
    `site: { id: a, name: A }
http: { socket: ${join(dir.path, name)}.sock, ${parts.http} }
broker: { embedded: { port: 0 } }
database: ${parts.database}
`,
  );
  return file;
}

describe('what a person is told when it cannot start: one paragraph, and exit code 1', patient, () => {
  it('the demo runs already in this directory', async () => {
    const cwd = join(dir.path, 'twice');
    await mkdir(cwd);
    const database = await openDatabase({ embedded: { dir: join(cwd, 'var/demo/db') } });
    const { code, out, err } = await started([], { cwd });
    await database.close();
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      `Huismeester cannot start: the embedded database ${cwd}/var/demo/db is open in process ${process.pid}, most likely a ` +
        'Huismeester that already runs; one process at a time may open it: use that one, or end it, or name another ' +
        'directory (database.embedded.dir; of a demo, the directory that it is started in).\n',
    );
  });

  it('the HTTP port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const database = `{ embedded: { dir: ${join(dir.path, 'db')} }, acceptPowerLossRisk: true }`;
    const { code, out, err } = await started([
      '--config',
      await spaceYaml('port', { http: `port: ${port}`, database }),
    ]);
    server.close();
    expect({ code, err, out }).toEqual({
      code: 1,
      err:
        `Huismeester cannot start: http.port: another process listens on port ${port} of 127.0.0.1, maybe a Huismeester ` +
        'that already runs; end that one, or set another http.port (0 takes any free one).\n',
      out: expect.not.stringContaining('EADDRINUSE'),
    });
  });

  it('there is no space.yaml, or a line is wrong, or the command is', async () => {
    const [none, wrong, usage] = await Promise.all([
      started(['--config', 'nowhere.yaml']),
      started([
        '--config',
        await spaceYaml('wrong', { http: 'port: eighty', database: '{ url: postgres://h/h }' }),
      ]),
      started(['--confg', 'x']),
    ]);
    expect([none.code, wrong.code, usage.code]).toEqual([1, 1, 64]);
    expect(none.err).toBe(
      'nowhere.yaml: found no file that can be read (ENOENT), allowed: a space.yaml; docs/space.example.yaml shows one\n',
    );
    expect(wrong.err).toBe(
      `${dir.path}/wrong.yaml:2: http.port: found "eighty", allowed: an integer from 0 to 65535\n`,
    );
    expect(usage.err).toContain("Unknown option '--confg'");
    expect([none.out, wrong.out, usage.out]).toEqual(['', '', '']);
  });
});

it('waits for a PostgreSQL that is not there yet, and says for what', patient, async () => {
  const port = await freePort();
  const database = `{ url: "postgres://u:hunter2@127.0.0.1:${port}/h" }`;
  const file = await spaceYaml('waits', { http: 'port: 0', database });
  const { code, out, err } = await started(['--config', file], { until: 'Waiting for the database' });
  expect([code, err]).toEqual([0, '']);
  const [first = ''] = out.split('\n');
  expect(JSON.parse(first)).toMatchObject({
    msg: 'Waiting for the database',
    reason:
      `the database 127.0.0.1:${port}/h does not answer (connect ECONNREFUSED 127.0.0.1:${port}). Start it, or correct ` +
      'database.url; this process goes on by itself when it is there',
  });
  expect(out).not.toContain('hunter2');
});
