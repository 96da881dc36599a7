import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { collectLines } from '@huismeester/testkit';
import { Registry } from 'prom-client';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../src/http/app.ts';
import {
  createLogger,
  gauge,
  itemRoute,
  listRoute,
  type Part,
  Problem,
  RouteWithoutRoles,
} from '../src/index.ts';

const { stream, lines } = collectLines();
const parts: Part[] = [{ name: 'database', ready: true }];
const metrics = new Registry();

async function newApp(trustedProxy?: 'private') {
  return createApp({
    ...(trustedProxy && { trustedProxy }),
    news: { root: 'space', brokerUrls: ['mqtt://127.0.0.1:1883'] },
    logger: createLogger({ level: 'info', destination: stream }),
    version: '9.9.9',
    metrics,
    services: ['policy'],
    parts: async () => parts,
    identify: async () => ({ roles: ['board'], name: 'test' }),
  });
}

let app: Awaited<ReturnType<typeof newApp>>;
const things = [3, 1, 2].map((n) => ({ name: `thing-${n}`, n }));

beforeAll(async () => {
  app = await newApp();
  const typed = app.withTypeProvider<TypeBoxTypeProvider>();
  const config = { roles: 'anyone' } as const;
  const Body = Type.Object(
    {
      name: Type.String({ minLength: 1 }),
      size: Type.Integer({ minimum: 1 }),
      password: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  );
  typed.post(
    '/things/:id',
    { config, schema: { body: Body, params: Type.Object({ id: Type.Integer() }) } },
    async (r) => r.body,
  );
  typed.put('/things/:id', { config }, async () => ({}));
  const item = Type.Object({ name: Type.String(), n: Type.Integer() });
  const list = { roles: 'anyone', summary: 'Things', item, order: ['n', 'name'] } as const;
  listRoute(app, { ...list, url: '/things', filters: ['name'], all: () => things });
  itemRoute(app, {
    url: '/things/:name',
    roles: 'anyone',
    summary: 'One thing',
    item,
    params: Type.Object({ name: Type.String() }),
    find: ({ name }) => things.find((each) => each.name === name),
    missing: ({ name }) => `There is no thing ${name}`,
  });
  const vote = { roles: ['board'], person: true } as const;
  typed.post('/votes', { config: vote }, async () => ({}));
  typed.get('/boom', { config }, async () => {
    throw new Error('the password of the database is hunter2');
  });
  typed.get('/refused', { config, schema: { response: { 404: Type.Object({}) } } }, async () => {
    throw new Problem(404, 'no-such-thing', 'No such thing', { detail: 'There are 3', clause: 'PART-2' });
  });
  await app.ready();
});
afterAll(() => app.close());

const problemType = 'application/problem+json';

describe('problems', () => {
  test('bad input has one entry for every wrong field', async () => {
    const response = await app.inject({ method: 'POST', url: '/things/x', payload: { name: '', size: 1 } });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain(problemType);
    expect(response.json()).toMatchObject({
      status: 400,
      code: 'invalid-request',
      errors: [{ field: 'params.id', found: '"x"', allowed: 'an integer from -2147483647 to 2147483647' }],
    });
    const body = await app.inject({
      method: 'POST',
      url: '/things/1',
      payload: { name: '', size: '1', nmae: 'a', password: 'hunter2' },
    });
    expect(body.json().errors).toEqual([
      { field: 'body.name', found: '""', allowed: 'text that is not empty' },
      { field: 'body.size', found: '"1"', allowed: 'an integer from 1 to 2147483647' },
      { field: 'body.nmae', found: 'an unknown key', allowed: 'name, size, password (did you mean name?)' },
      { field: 'body.password', found: '(secret)', allowed: 'true or false' },
    ]);
    const none = await app.inject({ method: 'POST', url: '/things/1' });
    expect(none.json().errors).toEqual([
      { field: 'body', found: 'nothing', allowed: 'a mapping with name, size' },
    ]);
  });

  test.each([
    ['query.offset', '/things?offset=1e300', undefined],
    ['query.offset', '/things?offset=99999999999999999999', undefined],
    ['params.id', '/things/99999999999', { name: 'a', size: 1 }],
    ['body.size', '/things/1', { name: 'a', size: 1e300 }],
    ['body.name', '/things/1', { name: 'half a pair: \ud83d', size: 1 }],
    ['body.name', '/things/1', { name: 'a NUL: \u0000', size: 1 }],
    ['query.name', '/things?name=%00', undefined],
  ])('%s is refused where no database could hold it: %s', async (field, url, payload) => {
    const response = await app.inject({ url, ...(payload && { method: 'POST', payload }) });
    expect(response.statusCode).toBe(400);
    expect(response.json().errors).toMatchObject([{ field }]);
  });

  test('what a route refuses keeps its code, detail and clause, whatever its response schema', async () => {
    const response = await app.inject('/refused');
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toContain(problemType);
    expect(response.json()).toMatchObject({
      type: 'about:blank',
      title: 'No such thing',
      status: 404,
      code: 'no-such-thing',
      detail: 'There are 3',
      clause: 'PART-2',
    });
  });

  test('a fault of ours tells nothing but where in the log it stands', async () => {
    const response = await app.inject('/boom');
    expect(response.statusCode).toBe(500);
    expect(response.headers['content-type']).toContain(problemType);
    expect(response.body).not.toContain('hunter2');
    const { code, instance } = response.json();
    expect(code).toBe('internal');
    const logged = lines().find((line) => `urn:uuid:${line.reqId}` === instance);
    expect(logged).toMatchObject({ level: 50, msg: 'request failed', route: '/boom' });
    expect(JSON.stringify(logged)).toContain('hunter2');
  });

  test('is refused in Dutch to whoever asks for that', async () => {
    const answer = await app.inject({ url: '/nothing', headers: { 'accept-language': 'nl' } });
    expect(answer.json()).toMatchObject({
      code: 'no-such-route',
      title: 'Hier is niets',
      detail: 'There is nothing here',
    });
    expect(answer.headers.vary).toBe('accept-language');
  });

  test.each([
    ['GET', '/nothing', undefined, 404, 'no-such-route'],
    ['GET', '/api/v1/nothing?x=1', undefined, 404, 'no-such-route'],
    ['DELETE', '/things/1', undefined, 405, 'method-not-allowed'],
    ['PATCH', '/things', undefined, 405, 'method-not-allowed'],
    ['GET', '/things/%zz', undefined, 400, 'bad-request'],
    ['POST', '/things/1', ['application/json', '{"a":'], 400, 'bad-request'],
    ['POST', '/things/1', ['text/csv', 'a;b'], 415, 'unsupported-media-type'],
    ['POST', '/things/1', ['application/json', `"${'x'.repeat(1_100_000)}"`], 413, 'payload-too-large'],
  ] as const)('%s %s is a problem as well', async (method, url, body, status, code) => {
    const payload = body ? { payload: body[1], headers: { 'content-type': body[0] } } : {};
    const response = await app.inject({ method, url, ...payload });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain(problemType);
    expect(response.json()).toMatchObject({ status, code });
  });

  test('405 says what is allowed', async () => {
    const response = await app.inject({ method: 'DELETE', url: '/things/1' });
    expect(response.headers.allow).toBe('POST, PUT, GET, HEAD');
  });
});

test('a route without roles does not come into being', async () => {
  const other = await newApp();
  expect(() => other.get('/open', async () => 'all')).toThrow(RouteWithoutRoles);
  expect(() => other.get('/open', { config: {} }, async () => 'all')).toThrow(/GET \/open.*config\.roles/);
  await other.close();
});

describe('lists', () => {
  const get = async (url: string) => (await app.inject(url)).json();

  test('go on with next until the end', async () => {
    const first = await get('/things?limit=2&order=-n');
    expect(first.results.map(({ n }: { n: number }) => n)).toEqual([3, 2]);
    expect(first).toMatchObject({ count: 3, next: '/things?limit=2&order=-n&offset=2' });
    const second = await get(first.next);
    expect(second).toMatchObject({ count: 3, next: null, results: [{ n: 1 }] });
  });

  test('filter by field, and refuse what there is not', async () => {
    expect(await get('/things?name=thing-2')).toMatchObject({ count: 1, next: null, results: [{ n: 2 }] });
    expect((await get('/things?limit=1001&order=size&colour=red')).errors).toEqual([
      { field: 'query.limit', found: '1001', allowed: 'an integer from 1 to 1000' },
      { field: 'query.order', found: '"size"', allowed: 'one of n, -n, name, -name' },
      { field: 'query.colour', found: 'an unknown key', allowed: 'name, limit, offset, order' },
    ]);
  });
});

test('a list and a single resource have an ETag, and are not sent to whoever has them', async () => {
  for (const url of ['/things?limit=2', '/things/thing-1']) {
    const { headers } = await app.inject(url);
    const again = await app.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  }
  const none = await app.inject('/things/thing-9');
  expect(none.json()).toMatchObject({
    status: 404,
    code: 'not-found',
    title: 'There is no thing thing-9',
    errors: [{ field: 'params.name', found: '"thing-9"', allowed: 'one that GET /things lists' }],
  });
});

test('who asks is what a reverse proxy says that is trusted, and nobody else', async () => {
  const nearby = await newApp();
  const anywhere = await newApp('private');
  for (const each of [nearby, anywhere]) {
    each.get('/address', { config: { roles: 'anyone' } }, async ({ ip }) => ip);
    await each.ready();
  }
  const address = async (by: typeof app, remoteAddress: string) =>
    (
      await by.inject({
        url: '/address',
        remoteAddress,
        headers: { 'x-forwarded-for': '203.0.113.1, 203.0.113.9' },
      })
    ).body;
  expect(await address(nearby, '127.0.0.1')).toBe('203.0.113.9');
  expect(await address(nearby, '172.18.0.5')).toBe('172.18.0.5');
  expect(await address(anywhere, '172.18.0.5')).toBe('203.0.113.9');
  expect(await address(anywhere, '198.51.100.7')).toBe('198.51.100.7');
  // Somebody in the same network who says that they are somebody else, behind a proxy that adds to the header.
  const adding = { 'x-forwarded-for': '203.0.113.1, 192.168.1.5' };
  const said = await anywhere.inject({ url: '/address', remoteAddress: '172.18.0.5', headers: adding });
  expect(said.body).toBe('192.168.1.5');
  await Promise.all([nearby.close(), anywhere.close()]);
});

test('what needs a person refuses a token that is nobody’s', async () => {
  const refused = await app.inject({ method: 'POST', url: '/votes' });
  expect(refused.json()).toMatchObject({ status: 403, code: 'person-required' });
});

describe('what anyone may see', () => {
  test('health names the part that is not ready', async () => {
    expect((await app.inject('/health/live')).json()).toEqual({ live: true, version: '9.9.9' });
    expect((await app.inject('/health/ready')).statusCode).toBe(200);
    parts.push({ name: 'broker', ready: false, essential: false });
    const without = await app.inject('/health/ready');
    expect(without.statusCode).toBe(200);
    expect(without.json()).toMatchObject({ ready: true, notReady: ['broker'] });
    parts.push({ name: 'upsd rack', ready: false, detail: 'unreachable' });
    const not = await app.inject('/health/ready');
    expect(not.statusCode).toBe(503);
    expect(not.json()).toMatchObject({ ready: false, notReady: ['broker', 'upsd rack'], version: '9.9.9' });
    parts.splice(1);
  });

  test('metrics: two services of one process share a gauge', async () => {
    const of = (service: string) => ({ name: 'test_lag', help: 'Lag', labels: { service } });
    gauge(metrics, of('a'), () => 1);
    gauge(metrics, of('b'), () => 2);
    gauge(metrics, of('c'), () => undefined);
    const { body, headers } = await app.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('test_lag{service="a"} 1\ntest_lag{service="b"} 2\n');
    expect(body).not.toContain('service="c"');
  });

  test('OpenAPI 3.1 says who may use a route, and every problem', async () => {
    const document = (await app.inject('/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    const get = document.paths['/things'].get;
    expect(get.description).toContain('For anyone');
    expect(Object.keys(get.responses.default.content)).toEqual(['application/problem+json']);
    expect(get.parameters.map((each: { name: string }) => each.name)).toContain('limit');
    expect(Object.keys(document.paths)).not.toContain('/openapi.json');
  });

  test('who opens the address in a browser finds where to go', async () => {
    const page = await app.inject('/');
    expect(page.headers['content-type']).toContain('text/html');
    const links = [...page.body.matchAll(/<a href="([^"]+)"/g)].flatMap(([, at]) => at ?? []);
    expect(links).toContain('/docs');
    for (const link of links) expect((await app.inject(link)).statusCode, link).toBeLessThan(400);
  });

  test('the pages come without the internet, and over plain HTTP', async () => {
    const page = await app.inject('/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].flatMap(([, at]) => at ?? []);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).not.toMatch(/^(https?:)?\/\//);
      const { pathname } = new URL(asset, 'http://x/docs/');
      expect((await app.inject(pathname)).statusCode, asset).toBe(200);
    }
    const settings = await app.inject('/docs/static/swagger-initializer.js');
    expect(settings.body).toContain('[{"name":"policy","url":"/openapi.json"}');
    expect(settings.body).toContain('{"name":"ups-monitor","url":"/openapi/ups-monitor.json"}');
  });
});
