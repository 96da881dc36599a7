import { type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger, type RunningProcess, runServices } from '../src/index.ts';
import { ask } from './sample/ask.ts';
import { createHoldings } from './sample/holdings.ts';
import { siteIn } from './sample/settings.ts';

let site: TestSite;
let running: RunningProcess;
const seen: string[] = [];

beforeAll(async () => {
  site = await tempSite('commands');
  const logger = createLogger({ level: 'silent' });
  const policy: Parameters<typeof runServices>[1]['policy'] = (context) => createHoldings(context, { seen });
  running = await runServices(siteIn(site.path, '', site.url), { policy }, { version: '1', logger });
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

const local = (path: string, question = {}) =>
  ask(`http://local/api/v1${path}`, { ...question, socket: running.socket });
const hold = (id: string, headers = {}, because = 'new fan') =>
  local('/holds', { method: 'POST', json: { id, because }, headers });
const release = (id: string, headers = {}) => local(`/holds/${id}`, { method: 'DELETE', headers });
const events = async (id: string): Promise<string[]> => {
  const { body } = await local(`/policy/events?subject=hold/${id}`);
  return body.events.map(({ type, actor }: { type: string; actor: string }) => `${type} by ${actor}`);
};

test('a service is made of what defines it, in order', () => {
  expect(seen).toEqual([expect.stringMatching(/^opened for /), 'state', 'loop']);
});

test('a command is decided once, under the lock, and stands in the log with who asked', async () => {
  const made = await Promise.all([hold('a'), hold('a'), hold('a')]);
  expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(made.find(({ status }) => status === 201)?.headers.location).toBe('/api/v1/holds/a');
  expect(made.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'exists' });
  expect(await events('a')).toEqual([expect.stringMatching(/^hold\.placed by local:/)]);
  expect((await local('/policy/snapshot')).body.entities).toMatchObject([
    { subject: 'hold/a', version: 1, state: { because: 'new fan' } },
  ]);
});

test('a write with a stale If-Match is refused under the lock', async () => {
  await hold('b');
  const { headers } = await local('/holds/b');
  expect(await release('b', { 'if-match': '"other"' })).toMatchObject({
    status: 412,
    body: { code: 'stale' },
  });
  expect(await events('b')).toHaveLength(1);
  expect((await release('b', { 'if-match': String(headers.etag) })).status).toBe(204);
  const errors = [{ field: 'params.id', found: '"b"', allowed: 'one that GET /api/v1/holds lists' }];
  expect(await release('b')).toMatchObject({ status: 404, body: { code: 'not-found', errors } });
  expect(await events('b')).toHaveLength(2);
});

test('a condition that nothing is there for does not hold, and nothing is done', async () => {
  expect(await hold('c', { 'if-match': '"x"' })).toMatchObject({ status: 412, body: { code: 'stale' } });
  expect((await local('/holds/c')).status).toBe(404);
  expect(await events('c')).toEqual([]);
});

test('a create that is sent again under its Idempotency-Key is done once', async () => {
  const key = { 'idempotency-key': 'cli-1' };
  const answers = await Promise.all([hold('d', key), hold('d', key)]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(answers[1]?.body).toEqual(answers[0]?.body);
  expect(await events('d')).toHaveLength(1);
  expect(await hold('d', key, 'another reason')).toMatchObject({
    status: 422,
    body: { code: 'idempotency-key-reused' },
  });
  expect(await release('d', key)).toMatchObject({ status: 400, body: { code: 'no-idempotency-key' } });
});
