import { Vm } from '@huismeester/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { openApi } from '../src/api.ts';
import { runCli } from './run-cli.ts';
import { type Answer, type AnsweringServer, type Asked, startServer } from './server.ts';

let server: AnsweringServer | undefined;
afterEach(() => server?.close());

async function answering(answer: (asked: Asked) => Answer): Promise<AnsweringServer> {
  server = await startServer(answer);
  return server;
}

const vm = (id: string): Vm => ({
  ...{ id, name: `vm${id}`, hypervisor: 'pve', vmid: Number(id), kind: 'qemu', class: 'core' },
  ...{ pool: 'core', node: 'pve1', status: 'running' },
});
const problem = {
  ...{ type: 'about:blank', title: 'Not allowed', status: 403, code: 'not-allowed' },
  ...{ detail: 'a full member does this', clause: 'SPACE-3' },
  errors: [
    { field: 'mode', found: 'on', allowed: 'dry-run, enforce' },
    { field: 'by', allowed: 'a name' },
  ],
};

describe('a list', () => {
  it('is read to its last page, over the socket and without a token', async () => {
    const { socket, asked } = await answering(({ path, query }) => {
      if (path === '/api/v1/holds') return { body: { results: [], next: null, count: 0 } };
      return query.cursor
        ? { body: { results: [vm('105')], next: null, count: 2 } }
        : { body: { results: [vm('104')], next: 'http://elsewhere/vms?limit=1000&cursor=a%2Bb', count: 2 } };
    });
    const env = { HUISMEESTER_TOKEN: 'secret' };
    const { code, stdout } = await runCli(['vms', '--json', '--socket', socket], { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([vm('104'), vm('105')]);
    expect(asked.filter(({ path }) => path === '/api/v1/vms')).toMatchObject([
      { path: '/api/v1/vms', query: { limit: '1000' }, authorization: undefined },
      { path: '/api/v1/vms', query: { limit: '1000', cursor: 'a+b' } },
    ]);
  });

  it('is asked for no further than needed', async () => {
    const next = '/api/v1/vms?cursor=x';
    const { socket, asked } = await answering(() => ({ body: { results: [vm('104')], next, count: 9 } }));
    const api = openApi({ kind: 'socket', path: socket });
    try {
      expect(await api.list('/api/v1/vms', Vm, { order: 'id' }, 1)).toEqual([vm('104')]);
    } finally {
      await api.close();
    }
    expect(asked).toMatchObject([{ query: { order: 'id', limit: '1' } }]);
  });
});

describe('over a URL', () => {
  it('shows the token of the environment, and keeps the path of the URL', async () => {
    const { url, asked } = await answering(() => ({ body: { results: [], next: null, count: 0 } }));
    const env = { HUISMEESTER_URL: `${url()}/huismeester/`, HUISMEESTER_TOKEN: 'secret' };
    expect((await runCli(['rules'], { env })).code).toBe(0);
    expect(asked).toMatchObject([{ path: '/huismeester/api/v1/rules', authorization: 'Bearer secret' }]);
  });
});

describe('what goes wrong', () => {
  it('is told in the words of the problem, field by field', async () => {
    const { socket, asked } = await answering(() => ({ status: 403, body: problem }));
    const { code, stdout, stderr } = await runCli(['enforce', 'space-3', '--socket', socket]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'Not allowed\n  a full member does this\n  clause: SPACE-3\n' +
        '  mode: found on; allowed: dry-run, enforce\n  by: allowed: a name\n',
    );
    expect(asked).toMatchObject([
      { method: 'PUT', path: '/api/v1/rules/space-3', body: { mode: 'enforce' } },
    ]);
  });

  it('is JSON on standard error with --json', async () => {
    const { socket } = await answering(() => ({ status: 403, body: problem }));
    const { stdout, stderr } = await runCli(['rules', '--json', '--socket', socket]);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual(problem);
  });

  it('is code 2 when nobody answers, with what to do', async () => {
    const { code, stderr } = await runCli(['status', '--socket', '/nowhere/h.sock']);
    expect(code).toBe(2);
    expect(stderr).toContain('no Huismeester listens at /nowhere/h.sock');
    expect(stderr).toContain('npx -y pnpm@12 start');
  });

  it.each([
    ['another program', { body: '<html>' }],
    ['another version', { body: { results: [{ id: '104' }], next: null, count: 1 } }],
    ['a proxy that is alone', { status: 502, body: '<html>' }],
  ])('is code 1 when %s answers', async (_, answer) => {
    const { socket } = await answering(() => answer);
    const { code, stderr } = await runCli(['vms', '--socket', socket]);
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
    const { socket, asked } = await answering(() => ({}));
    const { code, stderr } = await runCli([...args, '--socket', socket]);
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
