import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { httpSource } from '../src/index.ts';

const epoch = '0193a5c2-7b1e-4c3a-9f00-5d1f6a2b3c4d';
const page = { epoch, head: 7, events: [] };
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Answer {
  status?: number;
  body: unknown;
}

/** A source whose service answers like this; `asked` collects what it was asked. */
async function serving(answer: (url: URL) => Answer | undefined, asked: string[] = [], timeoutMs = 20_000) {
  server = createServer((request, response) => {
    asked.push(`${request.headers.authorization} ${request.url}`);
    const found = answer(new URL(request.url ?? '', 'http://service'));
    if (!found) return;
    response.writeHead(found.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof found.body === 'string' ? found.body : JSON.stringify(found.body));
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  return httpSource({
    service: 'ups-monitor',
    url: `http://127.0.0.1:${port}/`,
    secret: 'hush',
    timeoutMs,
    onWake: () => () => undefined,
  });
}

test('it asks with the secret for what it needs, and checks what it gets', async () => {
  const asked: string[] = [];
  const source = await serving(({ pathname }) => {
    if (pathname.endsWith('/snapshot')) return { body: { epoch, position: 7, entities: [] } };
    return { body: page };
  }, asked);
  expect(await source.read({ after: 7, limit: 500, epoch })).toEqual(page);
  expect(await source.snapshot()).toEqual({ epoch, position: 7, entities: [] });
  expect(asked).toEqual([
    `Bearer hush /api/v1/ups-monitor/events?after=7&limit=500&epoch=${epoch}`,
    'Bearer hush /api/v1/ups-monitor/snapshot',
  ]);
});

test.each(['wrong-epoch', 'position-gone'])('a 409 with %s is that error', async (code) => {
  const source = await serving(() => ({
    status: 409,
    body: { type: 'about:blank', title: 'Conflict', status: 409, code, detail: 'the log ends at 3' },
  }));
  await expect(source.read({ after: 7, limit: 1 })).rejects.toMatchObject({
    code,
    message: 'the log ends at 3',
  });
});

const problem = (status: number, code: string, title: string): Answer => ({
  status,
  body: { type: 'about:blank', title, status, code },
});

test.each<[string, Answer | undefined, string]>([
  ['an error page', { status: 502, body: '<h1>Bad Gateway</h1>' }, 'answered 502'],
  ['another problem', problem(409, 'other', 'No'), 'answered 409 (other)'],
  [
    'a secret that it does not know',
    problem(401, 'invalid-token', 'No'),
    'answered 401 (invalid-token): it does not know our secret; give both the same services in their settings',
  ],
  [
    'another server',
    { status: 404, body: 'hello' },
    'answered 404: correct services.ups-monitor.url, where something else answers',
  ],
  [
    'one that waits itself',
    problem(503, 'waiting-for-database', 'Waiting for the database'),
    'is not ready: Waiting for the database',
  ],
  ['no JSON', { body: 'hello' }, 'answered 200'],
  [
    'no answer in time',
    undefined,
    'cannot be reached: no answer within 0.3 s; start it, or correct services.ups-monitor.url',
  ],
])('%s is a failed source that says so, without the secret', async (_, answer, said) => {
  const source = await serving(() => answer, [], answer ? undefined : 300);
  const error: unknown = await source.read({ after: 0, limit: 1 }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'source-failed' });
  expect(String(error).replace(/:\d+\//, ':PORT')).toBe(
    `SourceFailed: ups-monitor at http://127.0.0.1:PORT ${said}`,
  );
  expect(String(error)).not.toContain('hush');
});

test('a page that is none is a failed source', async () => {
  const source = await serving(() => ({ body: { epoch, head: 'seven', events: [] } }));
  await expect(source.read({ after: 0, limit: 1 })).rejects.toMatchObject({
    code: 'source-failed',
    message: expect.stringContaining('answered no page of events'),
  });
});

test('nobody listening is a failed source, which says what to do', async () => {
  const source = await serving(() => ({ body: page }));
  const listening = server;
  await new Promise((resolve) => listening?.close(resolve));
  await expect(source.read({ after: 0, limit: 1 })).rejects.toMatchObject({
    code: 'source-failed',
    message: expect.stringMatching(
      /^ups-monitor at http:\/\/127\.0\.0\.1:\d+\/ cannot be reached: connection refused; start it, or correct services\.ups-monitor\.url$/,
    ),
  });
});
