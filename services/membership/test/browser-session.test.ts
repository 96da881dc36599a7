import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Question, type Site, startSite } from './site.ts';

let site: Site;
beforeAll(async () => {
  const people = ['ann', 'bob', 'cor', 'dik', 'eva'];
  site = await startSite({ people, groups: { participants: people } });
});
afterAll(() => site.close());

/** As the page of this address asks; over HTTPS as a reverse proxy on this machine sends it on. */
const page = (headers: Record<string, string> = {}) => ({ 'sec-fetch-site': 'same-origin', ...headers });
const secure = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '10.0.0.7' };
const ask = (path: string, cookie: string, question: Question = {}) =>
  site.ask(path, { open: true, ...question, headers: { ...page(question.headers), cookie } });
const code = ({ status, body }: Answer) => [status, body?.code];

/** What a browser keeps of an answer: `name=value`, and the attributes. */
function kept({ headers }: Answer): { cookie: string; attributes: string } {
  const [cookie = '', ...attributes] = String(headers['set-cookie']).split('; ');
  return { cookie, attributes: attributes.join('; ') };
}

async function logIn(uid: string, headers: Record<string, string> = page(), password = `secret-${uid}`) {
  const json = { login: uid, password };
  const answer = await site.ask('/sessions', { method: 'POST', json, headers, open: true });
  return { answer, ...kept(answer), id: answer.body.id as string, secret: answer.body.secret as string };
}

test('a login is kept by the browser as a cookie, which is who logged in', async () => {
  for (const [headers, name, more] of [
    [page(), 'huismeester', ''],
    [page(secure), '__Host-huismeester', '; Secure'],
  ] as const) {
    const { answer, cookie, attributes, secret, id } = await logIn('ann', headers);
    expect(answer.status).toBe(201);
    expect(cookie).toBe(`${name}=${secret}`);
    expect(attributes).toBe(`Path=/; Max-Age=43200; HttpOnly; SameSite=Strict${more}`);
    const me = await ask('/me', cookie, { headers });
    expect(me.body).toMatchObject({ uid: 'ann', session: { id, current: true } });
    const bearer = await site.ask('/me', { token: secret });
    expect(bearer.body).toEqual(me.body);
  }
});

test('a page of this address changes what its person may change, and no other page does', async () => {
  const { cookie } = await logIn('bob');
  const before = (await ask('/me/preferences', cookie)).body;
  const json = { language: before.language === 'en' ? 'nl' : 'en' };
  const put = (headers: Record<string, string>) =>
    site.ask('/me/preferences', { method: 'PUT', json, open: true, headers: { ...headers, cookie } });
  const { port } = new URL(site.running.url);
  for (const headers of [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: `http://127.0.0.1:${Number(port) + 1}` },
    { origin: `http://127.0.0.1:${Number(port) + 1}` },
    { origin: `https://127.0.0.1:${port}` },
    { origin: 'null' },
    {},
  ]) {
    const answer = await put(headers);
    expect([headers, ...code(answer)]).toEqual([headers, 403, 'cross-site']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    expect([type, ...(await form(cookie, type))]).toEqual([type, 403, 'cross-site']);
  expect((await ask('/me/preferences', cookie)).body).toEqual(before);
  expect((await put({ origin: `http://127.0.0.1:${port}` })).status).toBe(200);
  expect((await ask('/me/preferences', cookie)).body).toMatchObject(json);
});

/** What is sent as a form of a page sends it. */
async function form(cookie: string, type: string): Promise<[status: number, code: unknown]> {
  const answer = await fetch(`${site.running.url}/api/v1/me/preferences`, {
    method: 'PUT',
    headers: { ...page(), cookie, 'content-type': type },
    body: '{"language":"en"}',
  });
  const { code: found } = (await answer.json()) as { code?: string };
  return [answer.status, found];
}

describe('a session that was put into the browser before', () => {
  test('ends with the login, whoever’s it was', async () => {
    const planted = await logIn('cor');
    const { cookie, secret } = await logIn('dik', page({ cookie: planted.cookie }));
    expect(secret).not.toBe(planted.secret);
    expect((await ask('/me', cookie)).body.uid).toBe('dik');
    expect(code(await ask('/me', planted.cookie))).toEqual([401, 'session-ended']);
    expect(code(await site.ask('/me', { token: planted.secret }))).toEqual([401, 'invalid-token']);
  });

  test('is never begun under an id that was made up, and ends nothing without its secret', async () => {
    const other = await logIn('cor');
    const madeUp = `hms_${other.id}_${'x'.repeat(43)}`;
    const { secret, id } = await logIn('dik', page({ cookie: `huismeester=${madeUp}` }));
    expect(secret).not.toBe(madeUp);
    expect(id).not.toBe(other.id);
    expect(code(await ask('/me', `huismeester=${madeUp}`))).toEqual([401, 'session-ended']);
    expect((await ask('/me', other.cookie)).status).toBe(200);
  });

  test('goes on after a wrong password', async () => {
    const { cookie } = await logIn('cor');
    const { answer } = await logIn('dik', page({ cookie }), 'wrong');
    expect(code(answer)).toEqual([401, 'wrong-login']);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await ask('/me', cookie)).status).toBe(200);
  });
});

describe('a session ends', () => {
  test('by logging out, which clears the cookie', async () => {
    for (const which of ['current', undefined]) {
      const { cookie, id, secret } = await logIn('eva');
      const out = await ask(`/sessions/${which ?? id}`, cookie, { method: 'DELETE' });
      expect(out.status).toBe(204);
      expect(kept(out).cookie).toBe('huismeester=');
      expect(kept(out).attributes).toMatch(/^Path=\/; Max-Age=0;/);
      expect(code(await site.ask('/me', { token: secret }))).toEqual([401, 'invalid-token']);
    }
  });

  test('elsewhere, and is refused here with what clears the cookie', async () => {
    const [here, there] = [await logIn('eva'), await logIn('eva')];
    const ended = await ask(`/sessions/${here.id}`, there.cookie, { method: 'DELETE' });
    expect([ended.status, ended.headers['set-cookie']]).toEqual([204, undefined]);
    const refused = await ask('/me', here.cookie);
    expect(code(refused)).toEqual([401, 'session-ended']);
    expect(kept(refused).cookie).toBe('huismeester=');
    expect((await ask('/me', there.cookie)).status).toBe(200);
  });

  test('with its time', async () => {
    const { cookie, id } = await logIn('eva', page(secure));
    await site.running.database.orm.execute(
      sql`update access.session set expires = now() - interval '1 second' where id = ${id}`,
    );
    const refused = await ask('/me', cookie, { headers: secure });
    expect(code(refused)).toEqual([401, 'session-ended']);
    expect(kept(refused).cookie).toBe('__Host-huismeester=');
    // Whoever shows it has no more of it at another route, and logs in all the same.
    const out = await ask('/sessions/current', cookie, { method: 'DELETE', headers: secure });
    expect(code(out)).toEqual([401, 'session-ended']);
    expect((await logIn('eva', page({ ...secure, cookie }))).answer.status).toBe(201);
  });
});

test('no other page logs its visitor in as somebody', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://evil.example' },
  ]) {
    const json = { login: 'ann', password: 'secret-ann' };
    const answer = await site.ask('/sessions', { method: 'POST', json, headers, open: true });
    expect(code(answer)).toEqual([403, 'cross-site']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
});

test('no secret of a cookie is logged', async () => {
  const { cookie, secret } = await logIn('ann');
  await ask('/me', cookie, { method: 'POST' });
  expect(site.logged.join('')).toContain('session made');
  expect(site.logged.join('')).not.toContain(secret.slice(-43));
});
