import { afterEach, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { type Answer, type AnsweringServer, type Asked, startServer } from './server.ts';

let server: AnsweringServer | undefined;
afterEach(() => server?.close());

async function ran(args: string[], answer: (asked: Asked) => Answer) {
  server = await startServer(answer);
  return { ...(await runCli([...args, '--socket', server.socket])), asked: server.asked };
}

const empty = { body: { results: [], next: null, count: 0 } };
const elsewhere = {
  ...{ status: 404, body: { type: 'about:blank', title: 'Not found', status: 404, code: 'not-found' } },
};
const space = (ready: boolean) => (asked: Asked) => {
  if (asked.path === '/api/v1/power') return { body: { stage: 'hold', outages: [] } };
  if (asked.path.endsWith('/status')) return elsewhere;
  if (asked.path !== '/health/ready') return empty;
  const parts = [
    { name: 'http', ready: true },
    { name: 'database', ready, detail: 'no connection' },
  ];
  return { status: ready ? 200 : 503, body: { ready, parts } };
};

it('status is fine in a power cut', async () => {
  const { code, stdout } = await ran(['status'], space(true));
  expect(code).toBe(0);
  expect(stdout).toContain('Power        hold');
});

it('status fails when a part is not ready, and names it', async () => {
  const { code, stdout, stderr } = await ran(['status'], space(false));
  expect(code).toBe(1);
  expect(stdout).toContain('database: no connection');
  expect(stderr).toBe('not ready: database\n');
});

it('a power cut is for a demo space alone', async () => {
  const body = { type: 'about:blank', title: 'No such route', status: 404, code: 'not-found' };
  const { code, stderr } = await ran(['demo', 'power-cut'], () => ({ status: 404, body }));
  expect(code).toBe(1);
  expect(stderr).toContain('is no demo space');
});

it('a power cut names the UPS', async () => {
  const { code, asked } = await ran(['demo', 'power-cut', '--ups', 'rack'], () => ({ status: 204 }));
  expect(code).toBe(0);
  expect(asked).toMatchObject([{ method: 'POST', path: '/api/v1/demo/power-cut', body: { ups: 'rack' } }]);
});

it('an unknown UPS is refused in the words of the demo', async () => {
  const body = { type: 'about:blank', title: 'There is no UPS attic', status: 404, code: 'no-such-ups' };
  const { stderr } = await ran(['demo', 'mains-back', '--ups', 'attic'], () => ({ status: 404, body }));
  expect(stderr).toBe('There is no UPS attic\n');
});

it('a token’s secret stands alone on standard output', async () => {
  const created = '2026-11-22T12:00:00.000Z';
  const token = { id: 't1', name: 'grafana', role: 'board', created, createdBy: 'local:root' };
  const args = ['token', 'create', '--role', 'board', '--name', 'grafana', '--expires', '1d'];
  const { stdout, stderr, asked } = await ran(args, () => ({ body: { ...token, secret: 'hm_secret' } }));
  expect(stdout).toBe('hm_secret\n');
  expect(stderr).toContain('not shown again');
  const expires = '2026-11-23T12:00:00.000Z';
  expect(asked).toMatchObject([{ method: 'POST', body: { role: 'board', name: 'grafana', expires } }]);
});

it('a token is revoked', async () => {
  const { code, asked } = await ran(['token', 'revoke', 'a/b'], () => ({ status: 204 }));
  expect(code).toBe(0);
  expect(asked).toMatchObject([{ method: 'DELETE', path: '/api/v1/tokens/a%2Fb' }]);
});
