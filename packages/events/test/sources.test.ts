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
async function serving(answer: (url: URL) => Answer | undefined, asked: string[] = []) {
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
    ...{ service: 'ups-monitor', url: `http://127.0.0.1:${port}/`, secret: 'hush', timeoutMs: 300 },
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

test.each<[string, Answer | undefined]>([
  ['an error page', { status: 502, body: '<h1>Bad Gateway</h1>' }],
  ['another problem', { status: 401, body: { type: '', title: 'No', status: 401, code: 'not-allowed' } }],
  ['something else', { body: { epoch, head: 'seven', events: [] } }],
  ['no JSON', { body: 'hello' }],
  ['no answer in time', undefined],
])('%s is a failed source, without the secret in its message', async (_, answer) => {
  const source = await serving(() => answer);
  const error: unknown = await source.read({ after: 0, limit: 1 }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'source-failed' });
  expect(String(error)).not.toContain('hush');
});

test('nobody listening is a failed source', async () => {
  const source = await serving(() => ({ body: page }));
  const listening = server;
  await new Promise((resolve) => listening?.close(resolve));
  await expect(source.read({ after: 0, limit: 1 })).rejects.toMatchObject({ code: 'source-failed' });
});
