import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Vm } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { openApi } from '../src/api.ts';
import { answering, list, problem } from './answering.ts';
import { runCli } from './run-cli.ts';

const vm = (id: string): Vm => ({
  id,
  name: `vm${id}`,
  hypervisor: 'pve',
  vmid: Number(id),
  kind: 'qemu',
  class: 'core',
  pool: 'core',
  node: 'pve1',
  status: 'running',
});

describe('a list', () => {
  it('is read to its last page, at the URL that was given and no other', async () => {
    const { asked, ran } = await answering((path) => {
      if (path.startsWith('/api/v1/holds')) return list();
      if (path.includes('cursor=')) return list(vm('105'));
      const next = 'http://elsewhere/vms?limit=1000&cursor=a%2Bb';
      return { body: { results: [vm('104')], next, count: 2 } };
    });
    const { code, stdout } = await ran(['vms', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([vm('104'), vm('105')]);
    const paths = asked.map(({ path }) => path).filter((path) => path.startsWith('/api/v1/vms'));
    expect(paths).toEqual(['/api/v1/vms?limit=1000', '/api/v1/vms?limit=1000&cursor=a%2Bb']);
  });

  it('is asked for no further than needed', async () => {
    const next = '/api/v1/vms?cursor=x';
    const { url, asked } = await answering(() => ({ body: { results: [vm('104')], next, count: 9 } }));
    const api = openApi({ kind: 'url', url: new URL(url) });
    try {
      expect(await api.list('/api/v1/vms', Vm, { order: 'id' }, 1)).toEqual([vm('104')]);
    } finally {
      await api.close();
    }
    expect(asked).toMatchObject([{ path: '/api/v1/vms?order=id&limit=1' }]);
  });
});

it('shows the token of the environment, and keeps the path of the URL', async () => {
  const { url, asked } = await answering(() => list());
  const env = { HUISMEESTER_URL: `${url}/huismeester/`, HUISMEESTER_TOKEN: 'secret' };
  expect((await runCli(['rules'], { env })).code).toBe(0);
  expect(asked).toMatchObject([
    { path: expect.stringMatching(/^\/huismeester\/api\/v1\/rules/), authorization: 'Bearer secret' },
  ]);
});

describe('what goes wrong', () => {
  const refused = problem(403, 'not-allowed', {
    title: 'Not allowed',
    detail: 'a full member does this',
    clause: 'SPACE-3',
    errors: [
      { field: 'mode', found: 'on', allowed: 'dry-run, enforce' },
      { field: 'by', allowed: 'a name' },
    ],
  });

  it('is said in the words of the problem, field by field', async () => {
    const { ran } = await answering(() => refused);
    const { code, stdout, stderr } = await ran(['enforce', 'space-3']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'Not allowed\n  a full member does this\n  clause: SPACE-3\n' +
        '  mode: found on; allowed: dry-run, enforce\n  by: allowed: a name\n',
    );
  });

  it('is JSON on standard error with --json', async () => {
    const { ran } = await answering(() => refused);
    const { stdout, stderr } = await ran(['rules', '--json']);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual(refused.body);
  });

  it('is code 2 when nobody answers, with what to do', async () => {
    const { code, stderr } = await runCli(['status', '--socket', '/nowhere/h.sock']);
    expect(code).toBe(2);
    expect(stderr).toContain('no Huismeester listens at /nowhere/h.sock');
    expect(stderr).toContain('npx -y pnpm@12 start');
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const program = promisify(execFile)(process.execPath, [main, 'vms', '--socket', '/nowhere/h.sock']);
    await expect(program).rejects.toMatchObject({ code: 2, stdout: '' });
  });

  it.each([
    ['another program', { body: '<html>' }],
    ['another version', list({ id: '104' })],
    ['a proxy that is alone', { status: 502, body: '<html>' }],
  ])('is code 1 when %s answers', async (_, answer) => {
    const { ran } = await answering(() => answer);
    const { code, stderr } = await ran(['vms']);
    expect(code).toBe(1);
    expect(stderr).toContain('/api/v1/vms');
    expect(stderr).toContain('Huismeester');
  });

  it.each([
    [['nonsense']],
    [['vms', '--nonsense']],
    [['why']],
    [['events', '--limit', 'many']],
    [['events', '--since', '3']],
    [['events', '--service', 'kitchen']],
    [['why', '104', '--lang', 'de']],
    [['hold', '104', '--because', 'x']],
    [['hold', '104', '--for', '4h']],
    [['release']],
    [['drill']],
    [['drill', 'power-cut', '--from-reading', 'charge=101']],
    [['drill', 'power-cut', '--from-reading', 'charge=80,charge=70']],
    [['drill', 'power-cut', '--from-reading', 'volts=12']],
    [['drill', 'power-cut', '--from-reading', 'runtime=-1']],
    [['token', 'create', '--name', 'x', '--role', 'king']],
    [['token', 'create', '--name', 'x', '--role', 'board', '--expires', 'tomorrow']],
  ])('is code 64 for %j, before anything is asked', async (args) => {
    const { asked, ran } = await answering(() => ({}));
    const { code, stderr } = await ran(args);
    expect({ code, asked }).toEqual({ code: 64, asked: [] });
    expect(stderr).not.toBe('');
  });
});

it('helps, with examples and exit codes', async () => {
  const { code, stdout } = await runCli(['--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('huismeester events --follow');
  expect(stdout).toContain('64  the command line makes no sense');
});
