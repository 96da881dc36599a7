import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { systemClock } from '@huismeester/clock';
import type { ServiceStatus } from '@huismeester/contracts';
import { PositionGone, WrongEpoch } from '@huismeester/events';
import { collectLines, type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccess } from '../src/access/access.ts';
import { createLogger, type Role, type RunningProcess, runServices } from '../src/index.ts';
import { remoteSource } from '../src/process/sources.ts';

import { ask } from './sample/ask.ts';
import { allRoles, sampleService } from './sample/service.ts';
import { siteIn } from './sample/settings.ts';

const serviceSecret = 'policy-and-ups-monitor';
const log = collectLines();
const logger = createLogger({ level: 'debug', destination: log.stream });
const sample = sampleService();
let site: TestSite;
let running: RunningProcess;

const run = () =>
  runServices(
    siteIn(
      site.path,
      `services: { policy: { url: "http://127.0.0.1:9", secret: ${serviceSecret} } }`,
      site.url,
    ),
    { 'ups-monitor': sample.create },
    { version: '1.2.3', logger },
  );
const api = (path: string) => `${running.url}/api/v1${path}`;
const local = (path: string, question = {}) =>
  ask(`http://local/api/v1${path}`, { ...question, socket: running.socket });
let made = 0;
const newToken = async (role: Role, more: object = {}) => {
  made += 1;
  const json = { name: `a ${role} ${made}`, role, ...more };
  return (await local('/tokens', { method: 'POST', json })).body;
};
const here = '127.0.0.1';

/** Time that the test moves. */
function movableClock() {
  const clock = {
    ...systemClock,
    at: Date.now(),
    monotonic: 0,
    now: () => new Date(clock.at),
    monotonicMs: () => clock.monotonic,
  };
  return clock;
}

/** The database of the process, and how many times it was asked for rows. */
function countedQueries() {
  let queries = 0;
  const { database } = running;
  const orm = new Proxy(database.orm, {
    get: (target, name) => {
      if (name === 'select') queries += 1;
      return Reflect.get(target, name, target);
    },
  });
  return { database: { ...database, orm }, queries: () => queries };
}

beforeAll(async () => {
  site = await tempSite('run');
  running = await run();
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

describe('the first start', () => {
  test('makes one token for an administrator, which is never logged', async () => {
    expect(running.firstToken).toMatch(/^hm_[a-z0-9]+_[\w-]{43}$/);
    const { body } = await ask(api('/tokens'), { token: running.firstToken });
    expect(body.results).toMatchObject([{ name: 'first', role: 'administrator', createdBy: 'huismeester' }]);
    expect(JSON.stringify(body)).not.toMatch(/hash|secret/);
    expect(log.text()).not.toContain(running.firstToken?.split('_').at(-1));
  });

  test('started the service after it was created', () => {
    expect(sample.seen).toEqual(['created', 'started']);
    expect(running.mqttUrl).toMatch(/^mqtt:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('roles', () => {
  test.each(allRoles)('%s may use its own routes and no other', async (role) => {
    const token = role === 'service' ? serviceSecret : (await newToken(role)).secret;
    const name = role === 'service' ? 'service:policy' : expect.stringMatching(`^a ${role} `);
    for (const needed of allRoles) {
      const { status, body } = await ask(api(`/sample/${needed}`), { token });
      expect([needed, status]).toEqual([needed, needed === role ? 200 : 403]);
      if (needed === role) expect(body).toEqual({ roles: [role], name });
      else expect(body).toMatchObject({ code: 'forbidden', detail: expect.stringContaining(needed) });
    }
  });

  test('who opens the local socket is an administrator', async () => {
    expect((await local('/sample/administrator')).body).toEqual({
      roles: ['administrator'],
      name: `local:${userInfo().username}`,
    });
    expect((await local('/sample/board')).status).toBe(403);
  });

  test('nobody, and what is no token, is 401', async () => {
    const nobody = await ask(api('/sample/board'));
    expect(nobody).toMatchObject({ status: 401, body: { code: 'not-authenticated' } });
    expect(nobody.headers['www-authenticate']).toBe('Bearer');
    const { secret } = await newToken('board');
    const last = secret.endsWith('A') ? 'B' : 'A';
    const wrong = [
      'x',
      `${secret}A`,
      secret.slice(0, -1) + last,
      secret.replace(/^hm_./, 'hm_0'),
      `${serviceSecret}x`,
    ];
    for (const token of wrong) {
      expect(await ask(api('/sample/board'), { token })).toMatchObject({
        status: 401,
        body: { code: 'invalid-token' },
      });
    }
    expect((await ask(api('/sample/board'), { headers: { authorization: `Basic ${secret}` } })).status).toBe(
      401,
    );
    expect((await ask(api('/sample/board'), { token: secret })).status).toBe(200);
  });
});

describe('tokens', () => {
  test('are shown once, listed by role, and die when revoked', async () => {
    const made = await newToken('trial');
    expect(made).toMatchObject({
      name: expect.stringContaining('a trial'),
      role: 'trial',
      createdBy: `local:${userInfo().username}`,
    });
    const one = await local(`/tokens/${made.id}`);
    expect(one.body).not.toHaveProperty('secret');
    const { secret: _, ...shown } = made;
    expect(one.body).toEqual(shown);
    expect((await ask(api('/sample/trial'), { token: made.secret })).status).toBe(200);
    const used = (await local(`/tokens/${made.id}`)).body;
    expect(Date.parse(used.lastUsed)).toBeGreaterThanOrEqual(Date.parse(made.created));
    expect((await local('/tokens?role=trial')).body.results.map(({ id }: { id: string }) => id)).toContain(
      made.id,
    );

    expect((await local(`/tokens/${made.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(api('/sample/trial'), { token: made.secret })).status).toBe(401);
    expect(await local(`/tokens/${made.id}`, { method: 'DELETE' })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });

  test('revoked by another process die within 1 s', async () => {
    const clock = movableClock();
    const { tokens, verify } = await openAccess({ database: running.database, clock, logger });
    const made = await tokens.create(running.database.orm, {
      name: 'gone',
      role: 'board',
      createdBy: 'test',
    });
    const secret = made?.secret ?? '';
    expect(await verify(secret, here)).toEqual({ roles: ['board'], name: 'gone' });
    await running.database.orm.execute(`delete from access.token where id = '${made?.token.id}'`);
    clock.monotonic += 1_000;
    expect(await verify(secret, here)).toBeUndefined();
  });

  test('expire, and cannot be made expired', async () => {
    const json = { name: 'late', role: 'board', expires: '2020-01-01T00:00:00Z' };
    const past = await local('/tokens', { method: 'POST', json });
    expect(past).toMatchObject({ status: 400, body: { errors: [{ field: 'body.expires' }] } });
    const clock = movableClock();
    const { tokens, verify } = await openAccess({ database: running.database, clock, logger });
    const expires = new Date(clock.at + 60_000);
    const made = await tokens.create(running.database.orm, {
      name: 'short',
      role: 'board',
      createdBy: 'test',
      expires,
    });
    const secret = made?.secret ?? '';
    clock.at += 59_999;
    expect(await verify(secret, here)).toBeDefined();
    clock.at += 1;
    expect(await verify(secret, here)).toBeUndefined();
  });

  test('are a single resource: ETag, 304, and 412 for a stale If-Match', async () => {
    const { id } = await newToken('participant');
    const { headers } = await local(`/tokens/${id}`);
    const etag = String(headers.etag);
    const same = await local(`/tokens/${id}`, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect(same).toMatchObject({ status: 304, body: '' });
    const stale = await local(`/tokens/${id}`, { method: 'DELETE', headers: { 'if-match': '"other"' } });
    expect(stale).toMatchObject({ status: 412, body: { code: 'stale' } });
    expect((await local(`/tokens/${id}`, { method: 'DELETE', headers: { 'if-match': etag } })).status).toBe(
      204,
    );
  });

  test('have names of their own, and none of another kind of actor', async () => {
    const make = (name: string) => local('/tokens', { method: 'POST', json: { name, role: 'board' } });
    expect((await make('doorbell')).status).toBe(201);
    expect(await make('doorbell')).toMatchObject({ status: 409, body: { code: 'exists' } });
    for (const name of ['local:root', 'service:policy', ' local:root', 'person:7', 'two\u0000']) {
      expect(await make(name)).toMatchObject({ status: 400, body: { errors: [{ field: 'body.name' }] } });
    }
  });

  test('that do not exist cost one query for all of them, and their address is refused after a while', async () => {
    const clock = movableClock();
    const { database, queries } = countedQueries();
    const { tokens, verify } = await openAccess({ database, clock, logger });
    const known =
      (await tokens.create(running.database.orm, { name: 'lamp', role: 'board', createdBy: 'test' }))
        ?.secret ?? '';
    expect(await verify(known, here)).toBeDefined();
    const before = queries();
    const madeUp = Array.from({ length: 100 }, (_, n) => `hm_x${n}_${'a'.repeat(43)}`);
    const answers = await Promise.all(madeUp.map((text) => verify(text, here)));
    expect(answers.every((each) => each === undefined)).toBe(true);
    expect(queries() - before).toBeLessThanOrEqual(2);
    await expect(verify(`hm_y_${'a'.repeat(43)}`, here)).rejects.toMatchObject({ status: 429 });
    // Who was there before goes on, and so does everybody else.
    clock.monotonic += 4_000;
    expect(await verify(known, here)).toBeDefined();
    expect(await verify(`hm_y_${'a'.repeat(43)}`, '10.0.0.9')).toBeUndefined();
  });

  test('of whom a reverse proxy in front lets in are refused by their own address, not by the proxy’s', async () => {
    const { secret } = await newToken('board');
    const from = (address: string, token: string) =>
      ask(api('/sample/board'), { token, headers: { 'x-forwarded-for': address } });
    const madeUp = Array.from({ length: 31 }, (_, n) => `hm_p${n}_${'a'.repeat(43)}`);
    for (const token of madeUp) await from('203.0.113.7', token);
    expect((await from('203.0.113.7', secret)).status).toBe(429);
    expect((await from('203.0.113.8', secret)).status).toBe(200);
  });

  test('of a flood from many addresses cost a query in 50 ms at most', async () => {
    const { database, queries } = countedQueries();
    const { verify } = await openAccess({ database, clock: systemClock, logger });
    const began = performance.now();
    const show = async (client: number) => {
      for (let n = 0; n < 20; n += 1)
        await verify(`hm_f${client}x${n}_${'a'.repeat(43)}`, `10.1.0.${client}`);
    };
    await Promise.all(Array.from({ length: 100 }, (_, client) => show(client)));
    expect(queries()).toBeLessThanOrEqual((performance.now() - began) / 49 + 1);
  });

  test('are for administrators alone, and no wrong role is taken', async () => {
    const { secret } = await newToken('infrateam');
    expect((await ask(api('/tokens'), { token: secret })).status).toBe(403);
    const wrong = await local('/tokens', { method: 'POST', json: { name: 'x', role: 'root' } });
    expect(wrong.body.errors).toMatchObject([{ field: 'body.role', found: '"root"' }]);
  });
});

describe('the log', () => {
  test('is read by position, and its head is told on the broker', async () => {
    const heads: (number | undefined)[] = [];
    const stop = sample.context?.broker?.onStatus('ups-monitor', ({ head }: ServiceStatus) =>
      heads.push(head),
    );
    const stored = (await local('/sample/events', { method: 'POST' })).body;
    const page = await ask(api(`/ups-monitor/events?after=${stored.position - 1}&limit=10`), {
      token: serviceSecret,
    });
    expect(page.status).toBe(200);
    expect(page.body).toEqual({ epoch: stored.epoch, head: stored.position, events: [stored] });
    await waitFor('the head in the status', () => heads.includes(stored.position));
    stop?.();
    const snapshot = await ask(api('/ups-monitor/snapshot'), { token: serviceSecret });
    expect(snapshot.body).toMatchObject({ epoch: stored.epoch, position: stored.position, entities: [] });
    const filtered = await ask(api('/ups-monitor/events?subject=ups/none'), { token: serviceSecret });
    expect(filtered.body.events).toEqual([]);
  });

  test('is read by a service of the same process, which may ask for it before it is there', async () => {
    expect(sample.tooEarly).toContain('before ups-monitor was created');
    const woken = new Promise<void>((resolve) => sample.source?.onWake(() => resolve()));
    const stored = (await local('/sample/events', { method: 'POST' })).body;
    await woken;
    const page = await sample.source?.read({ after: stored.position - 1, limit: 1 });
    expect(page?.events).toEqual([stored]);
  });

  test('is read by a service of another process, with its own secret', async () => {
    const services = {
      policy: { url: 'http://127.0.0.1:9', secret: serviceSecret },
      'ups-monitor': { url: running.url, secret: 'not this one' },
    };
    const source = remoteSource('ups-monitor', { self: 'policy', services, broker: undefined });
    const page = await source.read({ after: 0, limit: 1000 });
    expect(page.events.length).toBe(page.head);
    expect((await source.snapshot()).epoch).toBe(page.epoch);
    await expect(source.read({ after: page.head + 1, limit: 1 })).rejects.toThrow(PositionGone);
    await expect(source.read({ after: 0, limit: 1, epoch: randomUUID() })).rejects.toThrow(WrongEpoch);
  });

  test('is published', async () => {
    const lag = async () => (await ask(`${running.url}/metrics`)).body;
    await local('/sample/events', { method: 'POST' });
    await waitFor('the publisher to catch up', async () =>
      (await lag()).includes('huismeester_publisher_lag{service="ups-monitor"} 0'),
    );
    expect(await lag()).toMatch(/huismeester_log_head\{service="ups-monitor"\} [1-9]/);
    expect(await lag()).toContain('process_cpu_seconds_total');
  });

  test.each([
    ['epoch=0b7c8a1e-0000-4000-8000-000000000000', 'wrong-epoch'],
    ['after=999999', 'position-gone'],
  ])('answers ?%s with 409 %s', async (query, code) => {
    const { status, body } = await ask(api(`/ups-monitor/events?${query}`), { token: serviceSecret });
    expect([status, body.code]).toEqual([409, code]);
  });

  test.each([
    [
      'correlation=abc',
      'query.correlation',
      'another text',
      expect.stringMatching(/^an id \(uuid\), such as /),
    ],
    ['subject=%00', 'query.subject', 'a NUL character', 'text without one'],
    ['type=a%00b', 'query.type', 'a NUL character', 'text without one'],
  ])('answers ?%s with 400 and the field', async (query, field, found, allowed) => {
    const { status, body } = await ask(api(`/ups-monitor/events?${query}`), { token: serviceSecret });
    expect([status, body.errors]).toEqual([400, [{ field, found, allowed }]]);
  });

  test('is not for everybody', async () => {
    for (const role of ['infrateam', 'participant'] as const) {
      const { secret } = await newToken(role);
      const { status } = await ask(api('/ups-monitor/events'), { token: secret });
      expect([role, status]).toEqual([role, role === 'infrateam' ? 200 : 403]);
    }
  });
});

test('health tells the parts of the process and of the service', async () => {
  const ready = () => ask(`${running.url}/health/ready`);
  const { body } = await waitFor('everything to be ready', async () => {
    const answer = await ready();
    return answer.body.notReady.length === 0 && answer;
  });
  expect(body.parts.map(({ name }: { name: string }) => name)).toEqual([
    'database',
    'broker',
    'ups-monitor: sample',
  ]);
  sample.parts = [{ name: 'ups-monitor: sample', ready: false, detail: 'not yet' }];
  expect(await ready()).toMatchObject({ status: 503, body: { notReady: ['ups-monitor: sample'] } });
  sample.parts = [];
});

test('closes everything, and starts again with what it had', async () => {
  const { secret } = await newToken('infrateam');
  const events = () => ask(api('/ups-monitor/events'), { token: secret });
  const before = (await events()).body;
  await running.close();
  expect(sample.seen.at(-1)).toBe('closed');
  expect(existsSync(running.socket)).toBe(false);
  await expect(ask(`${running.url}/health/live`)).rejects.toThrow('ECONNREFUSED');
  await running.close();

  running = await run();
  expect(running.firstToken).toBeUndefined();
  expect((await events()).body).toEqual(before);
  expect((await stat(running.socket)).mode & 0o777).toBe(0o600);
});
