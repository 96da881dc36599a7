import { waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { add, remove, type Site, startSite } from './site.ts';

const people = ['ann', 'bob', 'cor', 'dik', 'eva', 'fred', 'guus', 'hans'];
let site: Site;
let session: string;

beforeAll(async () => {
  site = await startSite({
    ownServer: true,
    people,
    groups: { participants: people, team: ['ann', 'bob', 'cor', 'dik', 'eva', 'fred'], board: ['bob'] },
  });
  session = (await site.logIn('ann')).body.secret;
});
afterAll(() => site.close());

const directory = async () => (await site.ask('/directory')).body;
const roles = async (token = session) => (await site.ask('/me', { token })).body.roles;
test('too much that is gone at once changes nothing until that very change is accepted', async () => {
  const before = await site.events();
  for (const uid of ['eva', 'fred', 'guus']) await site.change(remove(uid));
  await site.read();
  const found = await directory();
  expect(found).toMatchObject({
    state: 'unknown',
    reason: 'too-much-gone',
    people: 8,
    change: {
      parts: [
        { what: 'people', gone: 3, of: 8 },
        { what: 'participants', gone: 3, of: 8 },
      ],
    },
  });
  expect((await site.events()).slice(before.length)).toEqual(['directory.unknown']);
  const accept = (change: string) => site.ask('/directory/acceptance', { method: 'POST', json: { change } });
  expect(await accept('0000')).toMatchObject({ status: 409, body: { code: 'changed' } });
  const one = found.change.id;
  await site.change(remove('hans'));
  await site.read();
  expect(await accept(one)).toMatchObject({ status: 409, body: { code: 'changed' } });
  const { id } = (await directory()).change;
  expect((await accept(id)).status).toBe(204);
  expect(await directory()).toMatchObject({ state: 'known', people: 4 });
  expect(await accept(id)).toMatchObject({ status: 409, body: { code: 'nothing-to-accept' } });
  const events = (await site.events()).slice(before.length);
  expect(events.filter((type) => type === 'person.gone')).toHaveLength(4);
  expect(events).toContain('directory.accepted');
  for (const uid of ['eva', 'fred', 'guus', 'hans']) await site.change(add(uid));
  await site.read();
});

test('who left is logged out', async () => {
  const { secret } = (await site.logIn('hans')).body;
  expect((await site.ask('/me', { token: secret })).status).toBe(200);
  await site.change(remove('hans'));
  await site.read();
  expect((await site.ask('/me', { token: secret })).status).toBe(401);
  expect((await site.logIn('hans')).status).toBe(401);
});

test('while the directory is away sessions go on with their roles, and nothing else is said', async () => {
  const before = await site.events();
  await site.slapd?.stop();
  await site.read();
  expect(await directory()).toMatchObject({
    state: 'unknown',
    reason: 'no-answer',
    detail: expect.any(String),
  });
  expect((await site.events()).slice(before.length)).toEqual(['directory.unknown']);
  expect(await roles()).toEqual(['participant', 'infrateam']);
  expect(await site.logIn('ann')).toMatchObject({ status: 503, body: { code: 'directory-unknown' } });
  const ready = await site.ask('/../../health/ready');
  expect(JSON.stringify(ready.body)).toContain('membership: directory');
});

test('it is the same after a restart without the directory', async () => {
  await site.restart();
  await waitFor('a look after the start', async () => (await directory()).detail !== undefined);
  expect(await roles()).toEqual(['participant', 'infrateam']);
  expect((await site.ask('/people')).body.results.map(({ uid }: { uid?: string }) => uid)).not.toContain(
    'ann',
  );
});
