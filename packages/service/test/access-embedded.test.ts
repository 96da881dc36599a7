import { systemClock } from '@huismeester/clock';
import { type Database, openDatabase } from '@huismeester/database';
import { tempDirWithDatabase, waitFor } from '@huismeester/testkit';
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

/** The query, whose answer is handed on once the gate opens. */
function held<T extends object>(query: T, gate: Promise<void>): T {
  return new Proxy(query, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'then') return (...given: unknown[]) => held(value.apply(target, given), gate);
      return (found: (rows: unknown) => void, failed: (error: unknown) => void) =>
        value.call(target, (rows: unknown) => gate.then(() => found(rows)), failed);
    },
  });
}

test('what was changed here while it was looked up is looked up again', async () => {
  await save('board');
  const { secret } = await database.transaction((tx) => access.sessions.create(tx, id));
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  let asked = 0;
  const orm = new Proxy(database.orm, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (name !== 'select') return value;
      asked += 1;
      return (...given: unknown[]) => held(value.apply(target, given), gate);
    },
  });
  const slow = await openAccess({ database: { ...database, orm }, clock, logger, key: 'k'.repeat(32) });
  const looking = slow.verify(secret, here);
  await waitFor('the look', () => asked === 1);
  // A statement after that of the look, so that the look saw what was before.
  await database.health();
  await database.transaction(async (tx) => {
    await slow.people.save(tx, [{ id, uidHash: 'changed', roles: ['participant'] }]);
  });
  open();
  expect((await looking)?.roles).toEqual(['board']);
  expect((await slow.verify(secret, here))?.roles).toEqual(['participant']);
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
