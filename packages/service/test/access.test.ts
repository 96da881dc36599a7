import { userInfo } from 'node:os';
import { rows } from '@huismeester/database';
import { collectLines, waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLogger, type Role } from '../src/index.ts';
import { ask } from './sample/ask.ts';
import { allRoles } from './sample/service.ts';
import { type AccessSite, publicUrl, serviceSecret, startAccessSite } from './sample/site-access.ts';

const key = 'a key that nobody knows, of 32 characters or more';
const ids = {
  ada: '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e01',
  bob: '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e02',
  'zoë %': '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e03',
};
const log = collectLines();
const logger = createLogger({ level: 'debug', destination: log.stream });
const shown: string[] = [];
let site: AccessSite;

beforeAll(async () => {
  site = await startAccessSite(ids, { logger, key });
});
afterAll(() => site.close());
beforeEach(() =>
  site.save({ ada: ['participant', 'infrateam'], bob: ['participant', 'board'], 'zoë %': ['participant'] }),
);

async function logIn(uid: keyof typeof ids): Promise<{ id: string; secret: string }> {
  const made = await site.logIn(uid);
  shown.push(made.secret);
  return made;
}
const transaction: AccessSite['first']['database']['transaction'] = (run) =>
  site.first.database.transaction(run);
let names = 0;
async function newToken(role: Role, more: object = {}) {
  names += 1;
  const json = { name: `token ${names}`, role, ...more };
  const { body } = await site.local('/api/v1/tokens', { method: 'POST', json });
  shown.push(body.secret);
  return body;
}

/** Waits until the second process sees a change that was just committed; no request that began 1 s later sees what was before. */
async function seenWithinSecond(what: string, isSeen: () => Promise<boolean>): Promise<void> {
  const committed = performance.now();
  let lastBegan = committed;
  await waitFor(what, async () => {
    const began = performance.now();
    const seen = await isSeen();
    if (!seen) lastBegan = began;
    return seen;
  });
  expect(lastBegan - committed).toBeLessThan(1_000);
}
const isStatus = (status: number, path: string, token: string) => async () =>
  (await site.ask(path, token)).status === status;

describe('a session', () => {
  test('is its person in every process, with all roles of that person', async () => {
    const { id, secret } = await logIn('ada');
    const who = { roles: ['participant', 'infrateam'], name: `person:${ids.ada}`, person: ids.ada };
    for (const path of ['/me', '/participant', '/infrateam', '/vote']) {
      expect([path, (await site.ask(path, secret)).body]).toEqual([path, { ...who, session: id }]);
    }
    expect(await site.ask('/board', secret)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await ask(`${site.first.url}/me`, { token: secret })).status).toBe(200);
  });

  test('is listed, and ended by its person alone: here at once, elsewhere within 1 s', async () => {
    const { access } = site;
    const older = await logIn('bob');
    const { id, secret } = await logIn('bob');
    const listed = await access.sessions.of(ids.bob);
    expect(listed.map((each) => each.id)).toEqual(expect.arrayContaining([older.id, id]));
    expect(Object.keys(listed[0] ?? {})).toEqual(['id', 'created', 'expires']);
    expect((Number(listed[0]?.expires) - Number(listed[0]?.created)) / 3_600_000).toBe(12);
    const end = (person: string) => transaction((tx) => access.sessions.end(tx, person, id));
    for (const url of [site.first.url, site.second.url]) {
      expect((await ask(`${url}/me`, { token: secret })).status).toBe(200);
    }
    expect(await end(ids.ada)).toBe(false);
    expect(await end(ids.bob)).toBe(true);
    const here = await ask(`${site.first.url}/me`, { token: secret });
    expect(here).toMatchObject({ status: 401, body: { code: 'invalid-token' } });
    await seenWithinSecond('the end elsewhere', isStatus(401, '/me', secret));
    expect((await site.ask('/me', older.secret)).status).toBe(200);
    expect(await end(ids.bob)).toBe(false);
  });

  test('that is over, or of a clock that was set back, is none; only the first is forgotten', async () => {
    const { access } = site;
    const [over, late] = [await logIn('zoë %'), await logIn('zoë %')];
    const move = (id: string, by: string) =>
      site.first.database.orm.execute(
        sql`update access.session set expires = expires + ${by}::interval where id = ${id}`,
      );
    await move(over.id, '-12 hours');
    await move(late.id, '6 minutes');
    for (const { secret } of [over, late]) {
      expect(await site.ask('/me', secret)).toMatchObject({ status: 401, body: { code: 'invalid-token' } });
    }
    expect(await access.sessions.of(ids['zoë %'])).toEqual([]);
    await access.sessions.forgetExpired();
    await move(late.id, '-6 minutes');
    expect((await access.sessions.of(ids['zoë %'])).map(({ id }) => id)).toEqual([late.id]);
    await waitFor('it to be one again', isStatus(200, '/me', late.secret));
  });

  test('that was never made is none, whatever it looks like', async () => {
    const { id, secret } = await logIn('ada');
    const own = secret.slice(-43);
    const garbage = [
      `hms_${id}_${own.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'))}`,
      `hm_${id}_${own}`,
      `hms_${id}_${own}A`,
      `hms__${own}`,
      `hms_${id.toUpperCase()}_${own}`,
      `hms_zzzzzzzzzz_${own}`,
      id,
      `${'x'.repeat(5_000)}`,
    ];
    for (const token of garbage) {
      expect([token, (await site.ask('/me', token)).status]).toEqual([token, 401]);
    }
    expect((await site.ask('/me', secret)).status).toBe(200);
  });
});

describe('a person', () => {
  test('who is removed is nobody within 1 s: sessions and tokens end', async () => {
    const { secret } = await logIn('bob');
    const own = await newToken('board', { person: ids.bob });
    for (const token of [secret, own.secret]) expect((await site.ask('/board', token)).status).toBe(200);
    await transaction((tx) => site.access.people.remove(tx, [ids.bob]));
    await seenWithinSecond('the end', async () => {
      const answers = await Promise.all([site.ask('/me', secret), site.ask('/me', own.secret)]);
      return answers.every(({ body }) => body.code === 'invalid-token');
    });
    await site.save({ bob: ['participant', 'board'] });
    expect((await site.local(`/api/v1/tokens/${own.id}`)).status).toBe(404);
    expect(await site.access.sessions.of(ids.bob)).toEqual([]);
    expect((await ask(`${site.first.url}/me`, { token: secret })).status).toBe(401);
  });

  test('has other roles within 1 s of the change, in open sessions too', async () => {
    const { secret } = await logIn('ada');
    expect((await site.ask('/infrateam', secret)).status).toBe(200);
    await site.save({ ada: ['participant', 'trial'] });
    await seenWithinSecond('the loss', isStatus(403, '/infrateam', secret));
    expect((await site.ask('/trial', secret)).status).toBe(200);
  });

  test('is not written when nothing has changed', async () => {
    const versions = async () =>
      rows<{ xmin: string }>(
        await site.first.database.orm.execute(sql`select xmin::text from access.person order by id`),
      );
    const before = await versions();
    await site.save({ ada: ['participant', 'infrateam'], bob: ['participant', 'board'] });
    expect(await versions()).toEqual(before);
  });
});

test('roles hold for 12 h from the last complete read, and root’s socket always', async () => {
  const { secret } = await logIn('ada');
  const own = await newToken('infrateam', { person: ids.ada });
  const { secret: nobodys } = await newToken('infrateam');
  const minutes = (count: number) => new Date(Date.now() + count * 60_000);
  const read = (at: Date | undefined) => transaction((tx) => site.access.people.readWhole(tx, at));
  const statuses = async () =>
    await Promise.all(
      [secret, own.secret].map(async (token) => (await ask(`${site.first.url}/infrateam`, { token })).status),
    );
  for (const [at, status] of [
    [minutes(-719), 200],
    [minutes(-721), 403],
    [minutes(4), 200],
    [minutes(6), 403],
    [undefined, 403],
  ] as const) {
    await read(at);
    expect([at, await statuses()]).toEqual([at, [status, status]]);
  }
  const at = minutes(-721);
  await read(at);
  const { status, body } = await ask(`${site.first.url}/infrateam`, { token: secret });
  expect([status, body.code]).toEqual([403, 'directory-unknown']);
  expect(body.detail).toContain(at.toISOString());
  const me = await ask(`${site.first.url}/me`, { token: secret });
  expect(me).toMatchObject({ status: 200, body: { roles: [], person: ids.ada } });
  const json = { name: 'of nobody knows whom', role: 'infrateam' };
  const question = { token: secret, method: 'POST', json };
  expect((await ask(`${site.first.url}/api/v1/tokens`, question)).body.code).toBe('directory-unknown');
  expect((await site.local('/administrator')).status).toBe(200);
  expect((await ask(`${site.first.url}/infrateam`, { token: nobodys })).status).toBe(200);
});

describe('a token of a person', () => {
  test('is that person, with its one role as long as the person has it', async () => {
    const { secret, id } = await newToken('infrateam', { person: ids.ada });
    expect((await site.local(`/api/v1/tokens/${id}`)).body).toMatchObject({ person: ids.ada });
    const who = { roles: ['infrateam'], name: `person:${ids.ada}`, person: ids.ada };
    expect((await site.ask('/vote', secret)).body).toEqual(who);
    expect((await site.ask('/participant', secret)).status).toBe(403);
    await site.save({ ada: ['participant'] });
    await seenWithinSecond('the loss', isStatus(403, '/infrateam', secret));
    expect((await site.ask('/me', secret)).body.roles).toEqual([]);
    const { secret: never } = await newToken('administrator', { person: ids.ada });
    expect((await site.ask('/administrator', never)).status).toBe(403);
  });

  test('is made, seen and revoked by that person when logged in', async () => {
    const [{ secret: ada }, { secret: bob }] = [await logIn('ada'), await logIn('bob')];
    const post = (token: string, json: object) => site.ask('/api/v1/tokens', token, { method: 'POST', json });
    const made = await post(ada, { name: 'my lamp', role: 'participant' });
    expect(made).toMatchObject({
      status: 201,
      body: { person: ids.ada, createdBy: `person:${ids.ada}`, role: 'participant' },
    });
    shown.push(made.body.secret);
    const path = `/api/v1/tokens/${made.body.id}`;
    expect((await site.ask('/api/v1/tokens', ada)).body.results).toContainEqual(
      expect.objectContaining({ id: made.body.id }),
    );
    for (const { person } of (await site.ask('/api/v1/tokens', ada)).body.results)
      expect(person).toBe(ids.ada);
    expect((await site.ask('/api/v1/tokens', bob)).body.results).toEqual([]);
    expect((await site.ask(path, bob)).status).toBe(404);
    expect((await site.ask(path, bob, { method: 'DELETE' })).status).toBe(404);
    for (const [json, code] of [
      [{ name: 'a', role: 'board' }, 'role-not-yours'],
      [{ name: 'a', role: 'administrator' }, 'role-not-yours'],
      [{ name: 'a', role: 'participant', person: ids.bob }, 'not-your-own'],
      [{ name: 'my lamp', role: 'participant' }, 'exists'],
    ] as const) {
      expect((await post(ada, json)).body.code).toBe(code);
    }
    // A token makes no other, and sees none.
    const { secret } = made.body;
    expect((await post(secret, { name: 'b', role: 'participant' })).status).toBe(403);
    for (const method of ['GET', 'DELETE'])
      expect((await site.ask(path, secret, { method })).status).toBe(403);
    expect((await site.ask('/api/v1/tokens', secret)).body.code).toBe('forbidden');
    expect((await site.ask(path, ada, { method: 'DELETE' })).status).toBe(204);
    expect((await site.ask('/me', secret)).status).toBe(401);
  });

  test('is not made for somebody who is not there', async () => {
    const json = { name: 'ghost', role: 'board', person: '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4eff' };
    const answer = await site.local('/api/v1/tokens', { method: 'POST', json });
    expect(answer).toMatchObject({ status: 400, body: { code: 'unknown-person' } });
    expect(answer.body.errors[0].field).toBe('body.person');
    const uid = await site.local('/api/v1/tokens', { method: 'POST', json: { ...json, person: 'ada' } });
    expect(uid).toMatchObject({ status: 400, body: { errors: [{ field: 'body.person' }] } });
  });
});

describe('a display', () => {
  const post = (token: string, json: object) => site.ask('/api/v1/tokens', token, { method: 'POST', json });
  const hall = { name: 'the hall', role: 'display' };

  test('is made, seen and removed by the team and root, is nobody’s, and reads how the space is', async () => {
    const [{ secret: ada }, { secret: bob }] = [await logIn('ada'), await logIn('bob')];
    const made = await post(ada, hall);
    const { secret, id } = made.body;
    shown.push(secret);
    expect(made).toMatchObject({
      status: 201,
      body: { role: 'display', link: `${publicUrl}/display#${secret}` },
    });
    expect(made.body.person).toBeUndefined();
    for (const role of allRoles)
      expect([role, (await site.ask(`/${role}`, secret)).status]).toEqual([
        role,
        role === 'display' ? 200 : 403,
      ]);
    for (const path of ['/me', '/api/v1/tokens'])
      expect((await site.ask(path, secret)).body).toMatchObject({ code: 'forbidden' });
    const path = `/api/v1/tokens/${id}`;
    const { results } = (await site.ask('/api/v1/tokens?role=display', ada)).body;
    expect(results).toMatchObject([{ id, name: 'the hall' }]);
    expect((await site.ask(path, bob)).status).toBe(404);
    expect((await site.ask(path, bob, { method: 'DELETE' })).status).toBe(404);
    expect((await site.local(path)).body.link).toBeUndefined();
    expect((await site.ask(path, ada, { method: 'DELETE' })).status).toBe(204);
    expect((await site.ask('/display', secret)).body.code).toBe('invalid-token');
  });

  test('is made by nobody else, and for nobody', async () => {
    const { secret: bob } = await logIn('bob');
    const refused = await post(bob, hall);
    expect(refused).toMatchObject({
      status: 403,
      body: {
        code: 'role-not-yours',
        errors: [{ field: 'body.role', allowed: 'one of participant, board' }],
      },
    });
    const { secret: nobodys } = await newToken('infrateam');
    expect((await post(nobodys, hall)).body.code).toBe('forbidden');
    const json = { ...hall, person: ids.ada };
    expect(await site.local('/api/v1/tokens', { method: 'POST', json })).toMatchObject({
      status: 400,
      body: { code: 'display-of-nobody', errors: [{ field: 'body.person' }] },
    });
  });
});

describe('root’s socket', () => {
  const root = `local:${userInfo().username}`;
  const acting = (uid: string, path = '/vote') => site.local(path, { headers: { 'act-as': uid } });

  test('acts for a person by name, as an administrator and nothing else', async () => {
    for (const uid of ['ada', ' ADA ', encodeURIComponent('Ada')]) {
      expect((await acting(uid)).body).toEqual({
        roles: ['administrator'],
        name: `${root} for person:${ids.ada}`,
        person: ids.ada,
      });
    }
    expect((await acting(encodeURIComponent('Zoë %'))).body.person).toBe(ids['zoë %']);
    expect((await acting('ada', '/infrateam')).status).toBe(403);
    await transaction((tx) => site.access.people.readWhole(tx, undefined));
    expect((await acting('ada')).status).toBe(200);
  });

  test.each(['nobody', '', '%', '%00', ids.ada, 'ada, bob'])('for "%s" it is refused', async (uid) => {
    const { status, body } = await acting(uid);
    expect([status, body.code, body.errors[0].field]).toEqual([400, 'unknown-person', 'headers.act-as']);
    if (uid.length > 1) expect(JSON.stringify(body)).not.toContain(uid);
  });

  test('is the only one who acts for others', async () => {
    const { secret } = await newToken('administrator');
    for (const token of [secret, (await logIn('bob')).secret, serviceSecret, undefined]) {
      const answer = await site.ask('/me', token, { headers: { 'act-as': 'ada' } });
      expect(answer).toMatchObject({ status: 403, body: { code: 'act-as-not-allowed' } });
    }
  });

  test('stands in the log as the one who acted for somebody', async () => {
    const json = { name: 'made for ada', role: 'board' };
    const headers = { 'act-as': 'ada' };
    const { body } = await site.local('/api/v1/tokens', { method: 'POST', json, headers });
    shown.push(body.secret);
    expect(body.createdBy).toBe(`${root} for person:${ids.ada}`);
    expect(log.lines().find(({ tokenId }) => tokenId === body.id)).toMatchObject({ by: body.createdBy });
  });
});

test('what needs a person refuses a token that is nobody’s, a service and root', async () => {
  for (const role of allRoles) {
    const { secret } = role === 'service' ? { secret: serviceSecret } : await newToken(role);
    const { status, body } = await site.ask('/vote', secret);
    expect([role, status, body.code]).toEqual([role, 403, 'person-required']);
    // A display says where it hangs, and not who looks at it.
    expect([role, (await site.ask('/me', secret)).status]).toEqual([role, role === 'display' ? 403 : 200]);
  }
  expect((await site.local('/vote')).body.code).toBe('person-required');
  expect((await site.ask('/me')).body.code).toBe('not-authenticated');
});

test('neither a dump of the schema nor the log has a secret or a uid', async () => {
  const tables = ['person', 'directory', 'token', 'session', 'seat'].map((name) => sql.identifier(name));
  const dumps = await Promise.all(
    tables.map((table) =>
      site.first.database.orm.execute(sql`select row_to_json(t)::text as row from access.${table} t`),
    ),
  );
  const dump = dumps.flatMap((each) => rows<{ row: string }>(each).map(({ row }) => row)).join('\n');
  expect(dump).toContain(ids.ada);
  expect(shown.length).toBeGreaterThan(20);
  for (const text of [dump, log.text()]) {
    for (const secret of shown) expect(text).not.toContain(secret.slice(-43));
    expect(text).not.toContain(key);
    expect(text).not.toMatch(/"(ada|bob|zoë %)"/i);
  }
});
