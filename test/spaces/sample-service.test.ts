import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EventPage, StoredEvent } from '@huismeester/contracts';
import { type NutSimulator, startNutSimulator, startSimulatedUps } from '@huismeester/simulators';
import { freePort, type TempDir, tempDir, waitFor } from '@huismeester/testkit';
import { Client } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listener, listen } from './e2e/listener.ts';
import { askLocally, type LocalApi } from './e2e/local-api.ts';
import { type OneProgram, programOf } from './e2e/program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sample = `${root}test/sample-service/`;
const run = promisify(execFile);

/** All that is written outside the folders of the service: a line in each of these files, behind the one that is named. */
const outside = [
  [
    'packages/contracts/src/services.ts',
    'export { policy }',
    "export { workshop } from './workshop/index.ts';",
  ],
  [
    'packages/contracts/src/services-sentences.ts',
    'export { sentences as policy }',
    "export { sentences as workshop } from './workshop/sentences.ts';",
  ],
  [
    'services/policy/src/rules/list.ts',
    'export { rule as power }',
    "export { rule as workshop } from './workshop/index.ts';",
  ],
  [
    'deploy/standalone/package.json',
    '"@huismeester/vm-lifecycle": ',
    '    "@huismeester/workshop": "workspace:*",',
  ],
] as const;

interface Machines {
  readonly count: number;
  readonly results: readonly { id: string; name: string; outages: number }[];
}

/** Copies the program, puts the service into it as a person would, and links its packages as pnpm does. */
async function addTo(clone: string): Promise<void> {
  for (const part of ['packages', 'services', 'deploy', 'package.json', 'tsconfig.base.json']) {
    await cp(join(root, part), join(clone, part), { recursive: true, verbatimSymlinks: true });
  }
  await symlink(join(root, 'node_modules'), join(clone, 'node_modules'));
  await cp(sample, clone, { recursive: true });
  for (const [file, after, line] of outside) {
    const lines = (await readFile(join(clone, file), 'utf8')).split('\n');
    lines.splice(lines.findIndex((each) => each.includes(after)) + 1, 0, line);
    await writeFile(join(clone, file), lines.join('\n'));
  }
  const manifest = JSON.parse(await readFile(join(clone, 'services/workshop/package.json'), 'utf8'));
  for (const [name, version] of Object.entries(manifest.dependencies)) {
    const link = join(clone, 'services/workshop/node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    const own = version === 'workspace:*' ? name.replace('@huismeester', 'packages') : undefined;
    await symlink(join(clone, own ?? `services/policy/node_modules/${name}`), link);
  }
  const standalone = join(clone, 'deploy/standalone/node_modules/@huismeester/workshop');
  await symlink('../../../../services/workshop', standalone);
}

describe('a new service: its folder, its folder in contracts, a rule, and four lines', () => {
  let dir: TempDir;
  let clone: string;
  let nut: NutSimulator;
  let ups: ReturnType<typeof startSimulatedUps>;
  let program: OneProgram;
  let api: LocalApi;
  let client: Client;
  let heard: Listener;

  const post = async (key: string, body: object) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const sent = { method: 'POST' as const, path: '/api/v1/machines', headers, body: JSON.stringify(body) };
    const answer = await client.request(sent);
    return { status: answer.statusCode, body: await answer.body.json() };
  };
  const machines = () => api.get<Machines>('/api/v1/machines');
  const events = async (): Promise<readonly Pick<StoredEvent, 'type' | 'subject'>[]> =>
    (await api.get<EventPage>('/api/v1/workshop/events?after=0')).events;
  const cli = async (...args: string[]) => {
    const main = join(clone, 'packages/cli/src/main.ts');
    const socket = ['--socket', join(dir.path, 'h.sock')];
    return await run(process.execPath, [main, ...args, ...socket], { env: { ...process.env, LANG: 'en' } });
  };

  beforeAll(async () => {
    dir = await tempDir('sample');
    clone = join(dir.path, 'clone');
    await mkdir(clone);
    await addTo(clone);
    nut = await startNutSimulator({ upses: [{ name: 'rack', vars: {} }] });
    ups = startSimulatedUps(nut, { name: 'rack', tickMs: 100 });
    const socket = join(dir.path, 'h.sock');
    const mqtt = await freePort();
    const settings = join(dir.path, 'space.yaml');
    await writeFile(
      settings,
      `site: { id: a, name: A }
http: { port: ${await freePort()}, socket: ${socket} }
broker: { embedded: { port: ${mqtt}, anonymousRead: true } }
database: { embedded: { dir: ${join(dir.path, 'db')} }, acceptPowerLossRisk: true }
ups: [{ id: rack, upsd: { host: 127.0.0.1, port: ${nut.port}, name: rack } }]
`,
    );
    api = askLocally(socket);
    client = new Client('http://localhost', { socketPath: socket });
    program = programOf(settings, api, { main: join(clone, 'deploy/standalone/src/main.ts') });
    await program.start();
    heard = await listen(`mqtt://127.0.0.1:${mqtt}`, 'space');
  });
  afterAll(async () => {
    await heard.close();
    await program.kill();
    ups.close();
    await Promise.all([client.close(), api.close(), nut.close()]);
    await dir.remove();
  });

  it('is at most 250 lines, beside the migration that drizzle-kit wrote, and 4 elsewhere', () => {
    const files = readdirSync(sample, { recursive: true, withFileTypes: true }).filter(
      (each) => each.isFile() && !each.parentPath.includes('/migrations'),
    );
    const lines = files.map(
      (each) => readFileSync(join(each.parentPath, each.name), 'utf8').split('\n').length - 1,
    );
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(250);
    expect(outside.length).toBeLessThanOrEqual(4);
  });

  it('compiles with all that is derived from it', async () => {
    const include = [
      'packages/contracts/src/index.ts',
      'packages/contracts/src/sentences.ts',
      'packages/cli/src/export/gather.ts',
      'services/policy/src/rules/index.ts',
      'services/workshop/src',
    ];
    await writeFile(
      join(clone, 'tsconfig.json'),
      JSON.stringify({ extends: './tsconfig.base.json', include }),
    );
    // With several threads each checks the types of what all share once more.
    const { stdout } = await run(join(root, 'node_modules/.bin/tsc'), [
      '--project',
      clone,
      '--singleThreaded',
    ]).catch((error) => error);
    expect(stdout).toBe('');
  });

  it('takes a command once, lists what came of it, and says so in its log, over MQTT and in both languages', async () => {
    const lathe = { id: 'lathe', name: 'a lathe' };
    const added = { status: 201, body: { ...lathe, outages: 0 } };
    expect(await post('first', lathe)).toEqual(added);
    expect(await post('first', lathe)).toEqual(added);
    expect(await post('second', lathe)).toMatchObject({ status: 409, body: { code: 'exists' } });
    expect(await machines()).toMatchObject({ count: 1, results: [added.body] });
    expect(await events()).toMatchObject([{ type: 'machine.added', subject: 'machine/lathe' }]);
    const topic = 'space/v1/workshop/evt/machine/lathe/added';
    const news = await waitFor('its event over MQTT', () => heard.newest(topic));
    expect(news).toMatchObject({ type: 'machine.added', data: { machine: 'lathe' } });
    const sentence = 'machine lathe (a lathe) came to the workshop';
    expect((await cli('events', '--service', 'workshop')).stdout).toContain(sentence);
  });

  it('is in the files of compose, systemd and Grafana', async () => {
    const deploy = join(clone, 'deploy');
    await run(process.execPath, [join(deploy, 'standalone/src/deploy-files/main.ts')]);
    const compose = await readFile(join(deploy, 'compose/compose.yaml'), 'utf8');
    expect(compose).toContain('command: ["node", "services/workshop/src/main.ts", "--config"');
    const unit = await readFile(join(deploy, 'systemd/huismeester.service'), 'utf8');
    expect(unit).toMatch(/^Conflicts=.*huismeester@workshop\.service/m);
    const dashboard = await readFile(join(deploy, 'grafana/dashboards/services.json'), 'utf8');
    expect(dashboard).toContain('"value": "Behind workshop"');
  });

  it('is in the documents that are made of the program', async () => {
    const openApi = await api.get<{ paths: object }>('/docs/json');
    expect(Object.keys(openApi.paths)).toContain('/api/v1/machines');
    const asyncApi = await api.get<{ channels: object }>('/asyncapi.json');
    expect(Object.keys(asyncApi.channels)).toContain('workshop.machine.added');
  });

  it('reads another’s log, and its rule finds a violation', async () => {
    ups.powerCut();
    await waitFor('the outage is counted', async () => (await machines()).results[0]?.outages === 1);
    const clause = await waitFor('the clause is violated', async () => {
      const { results } = await api.get<{ results: readonly { clause: string; status: string }[] }>(
        '/api/v1/clauses?limit=100',
      );
      return results.find((each) => each.clause === 'PART-1' && each.status === 'violated');
    });
    expect(clause).toMatchObject({ watchedBy: ['workshop'] });
  });

  it('has all of it after kill -9, and nothing twice', async () => {
    const before = await events();
    await program.kill();
    await program.start();
    expect(await events()).toEqual(before);
    expect(await machines()).toMatchObject({ count: 1, results: [{ id: 'lathe', outages: 1 }] });
    expect(await post('first', { id: 'lathe', name: 'a lathe' })).toMatchObject({ status: 201 });
    expect(await events()).toEqual(before);
    const out = JSON.parse((await cli('export')).stdout);
    expect(out.machines.items).toEqual([{ id: 'lathe', name: 'a lathe', outages: 1 }]);
  });
});
