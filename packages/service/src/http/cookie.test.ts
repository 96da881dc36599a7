import { DatabaseUnavailable } from '@huismeester/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { bareApp } from './bare-app.ts';
import { byCookie, keepSession, shownSessions } from './cookie.ts';
import { refuseForeignPage } from './cross-site.ts';
import { byToken, identifier, type Verify } from './identify.ts';
import { holdToRoles } from './roles.ts';

const verify: Verify = async (text) => {
  if (text === 'away') throw new DatabaseUnavailable('the database does not answer');
  if (text === 'a-token') return { roles: ['administrator'], name: 'a token' };
  return text === 'a-session' ? { roles: ['infrateam'], name: 'ada', session: 's' } : undefined;
};
const app = bareApp(createLogger({ level: 'silent' }));

beforeAll(async () => {
  holdToRoles(app, identifier([byToken(verify), byCookie(verify)]));
  app.addContentTypeParser('text/csv', (_, __, done) => done(null, {}));
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    app.route({ method, url: '/', config: { roles: ['infrateam'] }, handler: async ({ who }) => who });
  app.post('/login', { config: { roles: 'anyone' } }, async (request, reply) => {
    refuseForeignPage(request);
    const created = new Date('2026-12-01T10:00:00.700Z');
    keepSession(request, reply, { secret: 'new', created, expires: new Date('2026-12-01T22:00:00.700Z') });
    return shownSessions(request);
  });
  await app.ready();
});
afterAll(() => app.close());

const host = 'h.space:8080';
const plain = { host, cookie: 'a=b; huismeester=a-session; c="d;e"' };
/** As a reverse proxy on this machine sends it on. */
const proxied = { host: 'h.space', 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7' };
const secure = { ...proxied, cookie: '__Host-huismeester=a-session' };
const own = { 'sec-fetch-site': 'same-origin' };

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Question {
  readonly method?: Method;
  readonly url?: string;
  readonly from?: string;
  readonly body?: string;
}

async function ask(headers: Record<string, string>, question: Question = {}) {
  const { method = 'GET', url = '/', from: remoteAddress = '127.0.0.1', body } = question;
  const answer = await app.inject({ method, url, headers, remoteAddress, ...(body && { body }) });
  const json = method === 'HEAD' ? {} : answer.json();
  return { status: answer.statusCode, cookie: answer.headers['set-cookie'], body: json };
}

describe('a cookie', () => {
  test('is who its session is, over plain HTTP and behind a proxy with HTTPS, under a name of its own each', async () => {
    for (const headers of [plain, secure]) {
      const { status, body, cookie } = await ask(headers);
      expect([status, body.name, cookie]).toEqual([200, 'ada', undefined]);
    }
    // Each where the other belongs.
    expect((await ask({ ...proxied, cookie: plain.cookie })).body.code).toBe('not-authenticated');
    expect((await ask({ host, cookie: secure.cookie })).body.code).toBe('not-authenticated');
    // Whoever is no trusted proxy says nothing of how one came.
    expect((await ask(secure, { from: '203.0.113.5' })).body.code).toBe('not-authenticated');
  });

  test.each([
    ['an unknown secret', 'huismeester=made-up'],
    ['a token, which is no session', 'huismeester=a-token'],
    ['nothing', 'huismeester='],
    ['two, of which one is good', 'huismeester=a-session; huismeester=made-up'],
  ])('with %s is refused as an ended session, and cleared', async (_, cookie) => {
    expect(await ask({ host, cookie })).toMatchObject({
      status: 401,
      body: { code: 'session-ended' },
      cookie: 'huismeester=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    });
    const there = cookie.replaceAll('huismeester', '__Host-huismeester');
    expect(await ask({ ...proxied, cookie: there })).toMatchObject({
      status: 401,
      body: { code: 'session-ended' },
      cookie: '__Host-huismeester=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure',
    });
  });

  test('counts for nothing beside Authorization, whatever that is', async () => {
    const beside = (authorization: string) => ask({ ...plain, authorization });
    expect((await beside('Bearer made-up')).body.code).toBe('invalid-token');
    expect((await beside('Basic YTpi')).body.code).toBe('invalid-token');
    expect((await beside('Bearer a-token')).body.code).toBe('forbidden');
  });

  test('cannot be checked while the database is away, and is kept', async () => {
    const { status, body, cookie } = await ask({ host, cookie: 'huismeester=away' });
    expect([status, body.code, cookie]).toEqual([503, 'cannot-check-tokens', undefined]);
  });
});

const type = 'content-type';
const json = { [type]: 'application/json' };
const address = 'http://h.space:8080';

test.each<[what: string, headers: Record<string, string>, field: string | undefined]>([
  ['same-origin', own, undefined],
  ['same-site, as another port is', { 'sec-fetch-site': 'same-site' }, 'sec-fetch-site'],
  ['cross-site', { 'sec-fetch-site': 'cross-site' }, 'sec-fetch-site'],
  ['none', { 'sec-fetch-site': 'none' }, 'sec-fetch-site'],
  ['cross-site, with our origin', { 'sec-fetch-site': 'cross-site', origin: address }, 'sec-fetch-site'],
  ['our origin', { origin: address }, undefined],
  ['another port', { origin: 'http://h.space:8081' }, 'origin'],
  ['another host', { origin: 'http://evil.space:8080' }, 'origin'],
  ['another scheme', { origin: 'https://h.space:8080' }, 'origin'],
  ['an origin that is none', { origin: 'null' }, 'origin'],
  ['an origin that is not a URL', { origin: host }, 'origin'],
  ['neither', {}, 'origin'],
  ['the port that the scheme has', { host: 'h.space:80', origin: 'http://h.space' }, undefined],
  ['JSON with a charset', { ...own, [type]: 'Application/JSON; charset=utf-8' }, undefined],
  ['CSV', { ...own, [type]: 'text/csv' }, undefined],
  ['a form', { ...own, [type]: 'application/x-www-form-urlencoded' }, type],
  ['a form with a file', { ...own, [type]: 'multipart/form-data; boundary=x' }, type],
  ['text, as a form sends it', { ...own, [type]: 'text/plain' }, type],
  ['two types', { ...own, [type]: 'application/json, text/plain' }, type],
  ['no type', { ...own, [type]: '' }, type],
])('what changes something, by %s', async (_, headers, field) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    const { status, body } = await ask({ ...plain, ...json, ...headers }, { method, body: '{}' });
    if (field === undefined) expect([method, status, body.name]).toEqual([method, 200, 'ada']);
    else {
      expect(body).toMatchObject({ status: 403, code: 'cross-site' });
      expect(body.errors).toMatchObject([{ field: `headers.${field}`, allowed: expect.any(String) }]);
      expect(JSON.stringify(body)).not.toContain('a-session');
    }
  }
  // Nothing is changed by these, and a browser gives their answers to no other origin.
  for (const method of ['GET', 'HEAD'] as const) {
    const { [type]: ___, ...rest } = headers;
    expect((await ask({ ...plain, ...rest }, { method })).status).toBe(200);
  }
});

test('nothing need be sent, and then no type is', async () => {
  expect((await ask({ ...plain, ...own }, { method: 'DELETE' })).status).toBe(200);
  const length = { 'content-length': '0' };
  expect((await ask({ ...plain, ...own, ...length }, { method: 'POST' })).status).toBe(200);
});

test('behind a proxy the address is the one that was asked there, and not what others say', async () => {
  const of = async (headers: object, from?: string) => {
    const { status } = await ask({ ...secure, ...headers }, { method: 'DELETE', ...(from && { from }) });
    return status;
  };
  expect(await of({ origin: 'https://h.space' })).toBe(200);
  expect(await of({ origin: 'http://h.space' })).toBe(403);
  const inner = { host: '10.0.0.5:8080', 'x-forwarded-host': 'h.space' };
  expect(await of({ ...inner, origin: 'https://h.space' })).toBe(200);
  expect(await of({ ...inner, origin: 'https://10.0.0.5:8080' })).toBe(403);
  const forged = { 'x-forwarded-host': 'evil.space', origin: 'http://evil.space' };
  expect(await of({ ...plain, ...forged }, '203.0.113.5')).toBe(403);
});

test('a bearer token needs none of that', async () => {
  const authorization = 'Bearer a-session';
  const headers = { host, authorization, ...json, 'sec-fetch-site': 'cross-site' };
  expect((await ask(headers, { method: 'POST', body: '{}' })).status).toBe(200);
});

describe('a login', () => {
  const logIn = (headers: Record<string, string>) => ask(headers, { method: 'POST', url: '/login' });

  test('is kept as long as the session lasts', async () => {
    const attributes = 'Path=/; Max-Age=43200; HttpOnly; SameSite=Strict';
    expect((await logIn({ host })).cookie).toBe(`huismeester=new; ${attributes}`);
    expect((await logIn(proxied)).cookie).toBe(`__Host-huismeester=new; ${attributes}; Secure`);
  });

  test.each([
    ['a program', {}, 200],
    ['our page', own, 200],
    ['our page over plain HTTP', { origin: address }, 200],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port', { 'sec-fetch-site': 'same-site' }, 403],
    ['another site over plain HTTP', { origin: 'http://evil.space' }, 403],
  ])('of %s', async (_, headers, status) => {
    expect((await logIn({ host, ...headers })).status).toBe(status);
  });
});
