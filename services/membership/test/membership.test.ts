import { afterAll, beforeAll, expect, test } from 'vitest';
import { add, inGroup, type Site, startSite } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite({
    people: ['ann', 'bob', 'cor', 'dik', 'eva', 'fred', 'guus', 'hans', 'ilse', 'joep'],
    groups: {
      participants: ['ann', 'bob', 'cor', 'dik', 'eva', 'fred', 'guus', 'hans', 'ilse', 'joep'],
      team: ['ann', 'bob'],
      trial: ['cor'],
      board: ['bob', 'dik'],
    },
  });
});
afterAll(() => site.close());

const roles = async (uid: string) => (await site.person(uid)).roles;

test('the first read takes the team into the register, without votes', async () => {
  const { body } = await site.ask('/team');
  const team = body.results.map(({ uid, register, roles: has, differs }: Record<string, unknown>) => [
    uid,
    register,
    has,
    differs,
  ]);
  expect(team.toSorted()).toEqual([
    ['ann', 'full', ['participant', 'infrateam'], false],
    ['bob', 'full', ['participant', 'infrateam', 'board'], false],
    ['cor', 'trial', ['participant', 'trial'], false],
  ]);
  expect(await roles('dik')).toEqual(['participant', 'board']);
  expect((await site.events()).filter((type) => type === 'member.imported')).toHaveLength(3);
});

test('a person logs in, is who they are, and logs out', async () => {
  const { status, body, headers } = await site.logIn('ann');
  expect(status).toBe(201);
  expect(body).toMatchObject({ roles: ['participant', 'infrateam'], secret: expect.stringMatching(/^hms_/) });
  expect(headers['cache-control']).toBe('no-store');
  const token = body.secret;
  const me = await site.ask('/me', { token });
  expect(me.body).toMatchObject({
    person: body.person,
    uid: 'ann',
    name: 'Name of ann',
    mail: ['ann@space.example'],
    roles: ['participant', 'infrateam'],
    groups: expect.arrayContaining([{ group: 'team', path: expect.any(Array) }]),
    ssh_keys: expect.any(Array),
    register: 'full',
    session: { id: body.id, current: true },
  });
  expect((await site.ask('/sessions', { token })).body.results).toHaveLength(1);
  expect((await site.ask('/sessions/current', { token, method: 'DELETE' })).status).toBe(204);
  expect(await site.ask('/me', { token })).toMatchObject({ status: 401, body: { code: 'invalid-token' } });
});

test('one logs in over the local socket too', async () => {
  const json = { login: 'ann', password: 'secret-ann' };
  expect((await site.ask('/sessions', { method: 'POST', json })).status).toBe(201);
});

test.each(['ANN', ' ann ', 'ann@space.example'])('%j logs in as the same person', async (login) => {
  const { body } = await site.logIn(login, 'secret-ann');
  expect(body.person).toBe((await site.person('ann')).id);
});

test('who leaves a group loses its role in open sessions, and being in the group alone gives none', async () => {
  const { body } = await site.logIn('bob');
  await site.change(inGroup('delete', 'team', 'bob'));
  await site.change(inGroup('add', 'team', 'eva'));
  await site.read();
  expect((await site.ask('/me', { token: body.secret })).body.roles).toEqual(['participant', 'board']);
  expect(await roles('eva')).toEqual(['participant']);
  const { results } = (await site.ask('/team?differs=true')).body;
  expect(
    results.map(({ uid, register, groups }: Record<string, unknown>) => [uid, register, groups]),
  ).toEqual(
    expect.arrayContaining([
      ['bob', 'full', ['board']],
      ['eva', undefined, ['team']],
    ]),
  );
  await site.change(inGroup('add', 'team', 'bob'));
  await site.change(inGroup('delete', 'team', 'eva'));
  await site.read();
  expect(await roles('bob')).toContain('infrateam');
});

test('who is renamed is the same person, and whoever takes a uid is another', async () => {
  const before = await site.person('joep');
  const { body } = await site.logIn('joep');
  await site.change((client, { dnOf }) => client.modifyDN(dnOf('joep'), dnOf('joep-new')));
  await site.change(add('joep'));
  await site.read();
  expect((await site.ask('/me', { token: body.secret })).body).toMatchObject({
    person: before.id,
    uid: 'joep-new',
  });
  const other = await site.person('joep');
  expect(other).toMatchObject({ tookUidOf: before.id });
  expect(other.id).not.toBe(before.id);
  const confirm = () => site.ask(`/people/${other.id}/confirmation`, { method: 'POST' });
  expect((await confirm()).status).toBe(204);
  expect((await site.person('joep')).tookUidOf).toBeUndefined();
  expect(await confirm()).toMatchObject({ status: 409, body: { code: 'nothing-to-confirm' } });
});

test('preferences are chosen, checked, and part of what is kept about somebody', async () => {
  const token = (await site.logIn('eva')).body.secret;
  const choose = (json: object, headers = {}) =>
    site.ask('/me/preferences', { method: 'PUT', token, json, headers });
  expect((await choose({ language: 'en', notices: 'urgent' })).body).toEqual({
    language: 'en',
    notices: 'urgent',
  });
  expect(await choose({ sshKeys: ['/home/eva/.ssh/id.pub'] })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'body.sshKeys.0', found: '"/home/eva/.ssh/id.pub"' }] },
  });
  expect((await choose({}, { 'if-match': '"other"' })).status).toBe(412);
  const { body } = await site.ask('/me/export', { token });
  expect(body).toMatchObject({ preferences: { language: 'en' }, directory: { uid: 'eva' } });
  expect(body.events.map(({ type }: { type: string }) => type)).toContain('preference.changed');
});

test('what needs a person refuses root, but for somebody by name', async () => {
  expect(await site.ask('/me/preferences')).toMatchObject({ status: 403, body: { code: 'person-required' } });
  const headers = { 'act-as': 'Eva' };
  expect((await site.ask('/me/preferences', { headers })).body).toMatchObject({ language: 'en' });
  await site.ask('/me/preferences', { method: 'PUT', headers, json: { language: 'nl' } });
  const { body } = await site.ask('/membership/events?type=preference.changed&limit=1000');
  const { id } = await site.person('eva');
  expect(body.events.at(-1).actor).toMatch(new RegExp(`^local:.+ for person:${id}$`));
});
