import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { bareApp } from './bare-app.ts';
import { refusePlainPassword } from './plain-password.ts';

type App = ReturnType<typeof bareApp>;
const logger = createLogger({ level: 'silent' });
let apps: { usual: App; privately: App; accepting: App };

/** An app with a login; sockets and real proxies are in test/plain-password.test.ts. */
function appWith(proxy: 'loopback' | 'private', acceptPlainPasswords = false): App {
  const app = bareApp(logger, proxy);
  app.post('/login', async (request) => {
    refusePlainPassword(request, { http: { acceptPlainPasswords } });
    return {};
  });
  return app;
}

beforeAll(() => {
  apps = {
    usual: appWith('loopback'),
    privately: appWith('private'),
    accepting: appWith('loopback', true),
  };
});
afterAll(() => Promise.all(Object.values(apps).map((app) => app.close())));

const said = (proto?: string, by?: string) => ({
  ...(proto !== undefined && { 'x-forwarded-proto': proto }),
  ...(by !== undefined && { 'x-forwarded-for': by }),
});
const forged = [
  said('https'),
  said('https', '127.0.0.1'),
  said(undefined, '127.0.0.1'),
  said('https, https', '::1, 127.0.0.1'),
  { forwarded: 'for=127.0.0.1;proto=https', 'x-forwarded-ssl': 'on', 'x-forwarded-protocol': 'https' },
];

test.each([
  ['this machine', 'usual', '127.0.0.1', {}, 200],
  ['another address of loopback', 'usual', '127.9.0.1', {}, 200],
  ['IPv6 of this machine', 'usual', '::1', {}, 200],
  ['IPv4 of this machine, on a socket of IPv6', 'usual', '::ffff:127.0.0.1', {}, 200],
  ['another machine', 'usual', '192.0.2.7', {}, 403],
  ['another machine, on a socket of IPv6', 'usual', '::ffff:192.0.2.7', {}, 403],
  ['another machine of IPv6', 'usual', '2001:db8::7', {}, 403],
  ['a neighbour', 'usual', 'fe80::7%eth0', {}, 403],
  ...forged.map((headers, nr) => [`forged headers ${nr}`, 'usual', '192.0.2.7', headers, 403] as const),
  ['a neighbour who is no proxy', 'usual', '10.0.0.7', said('https', '10.0.0.8'), 403],
  ['a proxy here with HTTPS', 'usual', '127.0.0.1', said('https', '192.0.2.7'), 200],
  ['a proxy here without HTTPS', 'usual', '::1', said('http', '192.0.2.7'), 403],
  ['a proxy here that does not say how', 'usual', '::1', said(undefined, '192.0.2.7'), 403],
  ['a proxy here that does not say who', 'usual', '::1', said('http'), 403],
  ['somebody here, through a proxy here', 'usual', '::1', said('http', '127.0.0.1'), 200],
  ['no address in a header', 'usual', '127.0.0.1', said('http', 'unknown'), 403],
  [
    'headers forged through a proxy that adds to them',
    'usual',
    '::1',
    said('https, http', '::1, 192.0.2.7'),
    403,
  ],
  ['a proxy elsewhere with HTTPS', 'privately', '10.0.0.9', said('https', '192.0.2.7'), 200],
  ['a proxy elsewhere without HTTPS', 'privately', '10.0.0.9', said('http', '192.0.2.7'), 403],
  ['a machine beside a proxy elsewhere', 'privately', '10.0.0.9', {}, 403],
  ['forged headers from beyond', 'privately', '192.0.2.7', said('https', '127.0.0.1'), 403],
  ['another machine, where that is accepted', 'accepting', '192.0.2.7', {}, 200],
] as const)('a password from %s (%s)', async (_, app, remoteAddress, headers, status) => {
  const answer = await apps[app].inject({ method: 'POST', url: '/login', remoteAddress, headers });
  expect(answer.statusCode).toBe(status);
});

test('who is refused learns what to do', async () => {
  const { statusCode, body } = await apps.usual.inject({
    method: 'POST',
    url: '/login',
    remoteAddress: '192.0.2.7',
  });
  const problem = JSON.parse(body);
  expect({ statusCode, ...problem }).toMatchObject({ statusCode: 403, code: 'plain-password' });
  for (const way of ['http.tls', 'X-Forwarded-Proto', 'http.acceptPlainPasswords: true', 'change it']) {
    expect(problem.detail).toContain(way);
  }
});
