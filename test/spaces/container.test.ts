import { execFile } from 'node:child_process';
import { chmodSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type Child,
  type Postgres,
  skipWithout,
  startChild,
  startPostgres,
  type TempDir,
  tempDir,
} from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildWithoutEngine, ignoring, instructionsOf } from '../deploy/containerfile.ts';
import { askLocally } from './e2e/local-api.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const instructions = instructionsOf(text('deploy/container/Containerfile'));
const last = (name: string) => instructions.findLast((each) => each.name === name)?.args ?? '';

/** Who owns nothing: only root can become somebody else. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

const run = promisify(execFile);
let dir: TempDir;
let image: string;
beforeAll(async () => {
  dir = await tempDir('image');
  chmodSync(dir.path, 0o755);
  const ignored = ignoring(text('.dockerignore'));
  image = await buildWithoutEngine({ instructions, ignored, context: root, into: dir.path });
}, 240_000);
afterAll(() => dir.remove());

/** The folder of the program in the image. */
const program = () => join(image, last('WORKDIR'));

describe('the image', () => {
  it('has the Node that the tests run with, and the pnpm that the project names', () => {
    const { catalog } = parse(text('pnpm-workspace.yaml'));
    const bases = instructions
      .filter(({ name }) => name === 'FROM')
      .map(({ args }) => args.replace(/ AS .*/, ''));
    expect(new Set(bases)).toEqual(new Set([`docker.io/library/node:${catalog.node}-bookworm-slim`]));
    expect(process.version).toBe(`v${catalog.node}`);
    expect(instructions.find(({ name }) => name === 'RUN')?.args).toMatch(
      /^npx -y pnpm@12\.\d+\.\d+ install --prod --frozen-lockfile$/,
    );
  });

  it('has what runs, and nothing of what tests and builds', () => {
    const installed = readdirSync(join(program(), 'node_modules/.pnpm')).join('\n');
    expect(installed).toMatch(/^fastify@/m);
    expect(installed).not.toMatch(/^(vitest|typescript|@biomejs\+biome|knip|drizzle-kit|fast-check)@/m);
    expect(globSync('{packages,services,deploy}/**/*.test.ts', { cwd: program() })).toEqual([]);
    expect(readdirSync(join(program(), 'packages'))).not.toContain('testkit');
  });

  it('runs as somebody without rights, and its command is there', () => {
    expect(last('USER')).toBe('node');
    const [command, main] = JSON.parse(last('CMD'));
    expect(command).toBe('node');
    expect(readFileSync(join(program(), main), 'utf8')).not.toBe('');
    const [, cli = ''] =
      /exec node (\S+)/.exec(readFileSync(join(image, 'usr/local/bin/huismeester'), 'utf8')) ?? [];
    expect(readFileSync(join(image, cli), 'utf8')).not.toBe('');
  });
});

describe.skipIf(skipWithout('postgres'))('a service from the image, as an unprivileged user', () => {
  let postgres: Postgres;
  let child: Child;
  let socket: string;
  beforeAll(async () => {
    postgres = await startPostgres({ fsync: false });
    // As the tmpfs of a container.
    const place = join(dir.path, 'run');
    await mkdir(place);
    if (nobody) await chown(place, nobody.uid, nobody.gid);
    socket = join(place, 'h.sock');
    const config = join(dir.path, 'space.yaml');
    await writeFile(
      config,
      `site: { id: image, name: Image }
http: { port: 0, socket: ${socket} }
broker: { url: "mqtt://127.0.0.1:1" }
database: { url: "${await postgres.createDatabase()}" }
`,
    );
    const args = ['services/ups-monitor/src/main.ts', '--config', config];
    child = await startChild({ command: process.execPath, args, cwd: program(), ...nobody });
    return async () => {
      await child.stop();
      await postgres.close();
    };
  });

  it('answers, and the health check finds it so until it ends', async () => {
    const api = askLocally(socket);
    await child.ready('it is live', async () => (await api.status('/health/live').catch(() => 0)) === 200);
    await api.close();
    const [, check = '[]'] = /CMD (\[.*\])$/.exec(last('HEALTHCHECK')) ?? [];
    const [, ...args]: string[] = JSON.parse(check);
    const healthy = () =>
      run(process.execPath, args, { cwd: program(), env: { HUISMEESTER_SOCKET: socket } });
    await expect(healthy()).resolves.toMatchObject({ stderr: '' });
    await child.stop();
    await expect(healthy()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(socket) });
  });
});
