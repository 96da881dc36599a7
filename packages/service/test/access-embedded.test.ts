import { systemClock } from '@huismeester/clock';
import { type Database, openDatabase } from '@huismeester/database';
import { tempDirWithDatabase } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenAccess, openAccess } from '../src/access/access.ts';
import { createLogger } from '../src/index.ts';
import { siteIn } from './sample/settings.ts';

const id = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e01';
const here = '127.0.0.1';
const logger = createLogger({ level: 'silent' });
let monotonic = 0;
const clock = { ...systemClock, monotonicMs: () => monotonic };
const ends: (() => Promise<void>)[] = [];
let database: Database;
let access: OpenAccess;

beforeAll(async () => {
  const dir = await tempDirWithDatabase('access');
  ends.push(() => dir.remove());
  database = await openDatabase(siteIn(dir.path).database, { logger });
  ends.push(() => database.close());
  access = await openAccess({ database, clock, logger, key: 'k'.repeat(32) });
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

const save = (...roles: ('board' | 'participant')[]) =>
  database.transaction(async (tx) => {
    await access.people.save(tx, [{ id, uidHash: access.uidHash('ada') ?? '', roles }]);
    await access.people.readWhole(tx, new Date());
  });
const change = (roles: string) =>
  database.orm.execute(sql`update access.person set roles = ${roles}::text[] where id = ${id}`);

test('an embedded database keeps people and sessions as well', async () => {
  await save('board', 'participant');
  const { secret } = await database.transaction((tx) => access.sessions.create(tx, id));
  expect(await access.verify(secret, here)).toMatchObject({ person: id, roles: ['board', 'participant'] });
  expect(await access.personOf(' ADA ')).toBe(id);
  await save('participant');
  expect((await access.verify(secret, here))?.roles).toEqual(['participant']);
  await database.transaction((tx) => access.people.remove(tx, [id]));
  expect(await access.verify(secret, here)).toBeUndefined();
  expect(await access.personOf('ada')).toBeUndefined();
});

test('what is known is believed for 0.9 s, and no longer', async () => {
  await save('board');
  const { secret } = await database.transaction((tx) => access.sessions.create(tx, id));
  const roles = async () => (await access.verify(secret, here))?.roles;
  expect(await roles()).toEqual(['board']);
  await change('{participant}');
  monotonic += 899;
  expect(await roles()).toEqual(['board']);
  monotonic += 1;
  expect(await roles()).toEqual(['participant']);
});

test('what was changed here while it was looked up is looked up again', async () => {
  await save('board');
  const { secret } = await database.transaction((tx) => access.sessions.create(tx, id));
  const looking = access.verify(secret, here);
  const saving = save('participant');
  await Promise.all([looking, saving]);
  expect((await access.verify(secret, here))?.roles).toEqual(['participant']);
});

test('many people are written at once, and two who have one uid are nobody to act for', async () => {
  const people = Array.from({ length: 2_000 }, (_, n) => ({
    id: `person ${n}`,
    uidHash: access.uidHash(`uid ${Math.max(n, 1)}`) ?? '',
    roles: ['participant'] as const,
  }));
  await database.transaction((tx) => access.people.save(tx, people));
  expect(await access.personOf('uid 1999')).toBe('person 1999');
  expect(await access.personOf('uid 1')).toBeUndefined();
  const ids = people.map((each) => each.id);
  await database.transaction((tx) => access.people.remove(tx, ids));
  expect(await access.personOf('uid 1999')).toBeUndefined();
  await database.transaction((tx) => access.people.remove(tx, []));
  await database.transaction((tx) => access.people.save(tx, []));
});

test('without a key no uid is known', async () => {
  const keyless = await openAccess({ database, clock, logger });
  expect(keyless.uidHash('ada')).toBeUndefined();
  expect(await keyless.personOf('ada')).toBeUndefined();
});
