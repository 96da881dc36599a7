import { type Database, openDatabase } from '@huismeester/database';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessList, account } from '../src/schema.ts';
import { type Site, startSite } from './site.ts';

/** The team as the first read has it: bea is the board member in it, zoe is of the board alone, tim and tom are on trial. */
const team = ['ann', 'bob', 'cor', 'bea'];
const people = [...team, 'zoe', 'tim', 'tom', 'pat'];
const groups = { participants: people, team, trial: ['tim', 'tom'], board: ['bea', 'zoe'] };
let site: Site;
let database: Database;
const ids = new Map<string, string>();

beforeAll(async () => {
  site = await startSite({
    people,
    groups,
    writes: true,
    outside: () => ({
      // vm-lifecycle knows two VMs, and policy believes the clock.
      ask: (async (service: string) => {
        if (service === 'policy') return { believed: true, now: new Date().toISOString() };
        return {
          classes: [
            { vm: '104', class: 'participant' },
            { vm: '100', class: 'core' },
          ],
        };
      }) as never,
    }),
  });
  database = await openDatabase({ url: site.site.url });
  for (const uid of people) ids.set(uid, (await site.person(uid)).id);
});
afterAll(async () => {
  await database.close();
  await site.close();
});

const id = (uid: string) => ids.get(uid) ?? '';
const path = (uid: string, rest = '') => `/team/${id(uid)}${rest}`;
const post = (as: string, uid: string, rest: string, json: unknown = {}) =>
  site.askAs(as, path(uid, rest), { method: 'POST', json });
const member = async (uid: string, as = 'ann') => (await site.askAs(as, path(uid))).body;
const groupsOf = async (uid: string): Promise<string[]> => {
  const { body } = await site.ask(`/people/${id(uid)}`);
  return body.groups.map(({ group }: { group: string }) => group);
};
const inGroups = (uid: string, expected: readonly string[]) =>
  waitFor(`${uid} is in ${expected}`, async () => (await groupsOf(uid)).join() === expected.join());

test('two full members confirm a trial, and the groups really follow', async () => {
  expect(await member('tim')).toMatchObject({ register: 'trial', roles: ['participant', 'trial'] });
  expect((await post('ann', 'tim', '/proposal', { act: 'confirm' })).status).toBe(204);
  expect((await member('tim')).proposal).toMatchObject({ act: 'confirm', by: id('ann') });
  const same = await post('ann', 'tim', '/proposal/confirmation');
  expect([same.status, same.body.code, same.body.clause]).toEqual([409, 'same-person', 'JOIN-3']);
  expect((await post('bob', 'tim', '/proposal/confirmation')).status).toBe(204);
  await inGroups('tim', ['participants', 'team']);
  const now = await member('tim');
  expect(now).toMatchObject({
    register: 'full',
    roles: ['participant', 'infrateam'],
    differs: false,
    awaited: [],
  });
  expect(now.history.map((each: Record<string, unknown>) => [each.what, each.clause, each.by])).toEqual([
    ['member.imported', 'TEAM-1', ['membership']],
    ['member.proposed', 'JOIN-3', [id('ann')]],
    ['member.confirmed', 'JOIN-3', [id('ann'), id('bob')]],
  ]);
});

test('a board member suspends at once and lifts; the reason is for full members and the board', async () => {
  const because = 'The racks were switched off in anger';
  expect((await post('zoe', 'cor', '/proposal', { act: 'suspend', because })).status).toBe(204);
  await inGroups('cor', ['participants']);
  const { body } = await site.logIn('cor');
  expect(body.roles).toEqual(['participant']);
  const suspended = await member('cor');
  expect(suspended).toMatchObject({ register: 'suspended', suspended_from: 'full' });
  const lastsMs = Date.parse(suspended.until) - Date.parse(suspended.since);
  expect(lastsMs / 3_600_000).toBe(14 * 24);
  // Root for a person has no more of it than root: that says nothing of the roles of the person.
  const [ann, tom] = await Promise.all(
    ['ann', 'tom'].map(async (uid) => (await site.logIn(uid)).body.secret),
  );
  const lastFor = async (token: string) => (await site.ask(path('cor'), { token })).body.history.at(-1);
  expect(await lastFor(ann)).toMatchObject({ what: 'member.suspended', by: [id('zoe')], because });
  expect(await lastFor(tom)).not.toHaveProperty('because');
  expect(JSON.stringify((await site.ask('/membership/events?limit=1000')).body)).not.toContain(because);
  expect(site.logged.join('')).not.toContain(because);
  expect((await post('zoe', 'cor', '/proposal', { act: 'lift' })).status).toBe(204);
  await inGroups('cor', ['participants', 'team']);
  expect(await member('cor')).toMatchObject({ register: 'full', roles: ['participant', 'infrateam'] });
});

test('who leaves is of the team no more, and what is to be done is ticked', async () => {
  const written = { version: 1, since: new Date(), confirmed: null, core: false } as const;
  const alarm = { id: 'alarm', title: 'Code of the alarm', kind: 'secret', people: [id('cor')] } as const;
  await database.orm.insert(accessList).values({ ...alarm, ...written, people: [...alarm.people] });
  const rights = { source: 'pve', kind: 'user', asleep: false, rights: [], since: new Date() } as const;
  const found = { ...rights, id: 'pve-3f2a9c01d4e5', person: id('cor'), rights: [] };
  await database.orm.insert(account).values(found);
  expect((await post('ann', 'cor', '/leaving')).body).toMatchObject({
    code: 'not-allowed',
    clause: 'TEAM-1',
  });
  expect((await site.ask(path('cor', '/offboarding'))).status).toBe(404);
  expect((await post('cor', 'cor', '/leaving')).status).toBe(204);
  await inGroups('cor', ['participants']);
  expect((await post('cor', 'cor', '/leaving')).body.code).toBe('not-a-member');
  const tick = (item: string, as = 'ann') =>
    site.askAs(as, path('cor', `/offboarding/${item}`), { method: 'PUT', json: { done: true } });
  expect((await tick('safe')).status).toBe(404);
  expect((await tick('wiki', 'cor')).status).toBe(403);
  expect((await tick('wiki')).status).toBe(204);
  const list = async () => (await site.ask(path('cor', '/offboarding'))).body;
  expect(await list()).toMatchObject({
    items: [
      { item: 'group-team', state: 'seen' },
      { item: 'account-pve-3f2a9c01d4e5', state: 'to-do' },
      { item: 'secret-alarm', state: 'to-do', name: 'Code of the alarm' },
      { item: 'wiki', state: 'done' },
    ],
    open: 2,
  });
  await database.orm.delete(account);
  await database.orm.update(accessList).set({ people: [] });
  expect(await list()).toMatchObject({ open: 0 });
});

test('the only board member in the team is named before they go, and is not kept from it', async () => {
  const refused = await post('bea', 'bea', '/leaving');
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'ends-board', clause: 'BOARD-1', errors: [{ field: 'body.confirm', found: 'nothing' }] },
  });
  expect(refused.body.errors[0].allowed).toContain('bea');
  expect((await post('bea', 'bea', '/leaving', { confirm: 'ann' })).status).toBe(409);
  expect(await member('bea')).toMatchObject({ register: 'full' });
  expect((await post('bea', 'bea', '/leaving', { confirm: ' BEA ' })).status).toBe(204);
  expect(await member('bea')).toMatchObject({ register: 'former' });
});

test('what is granted on trial is in the identity, and ends with the trial', async () => {
  const until = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const grant = (on: string, more: object = {}, as = 'ann') =>
    post(as, 'tom', '/grants', { on, until, ...more });
  const stored = async () => {
    const [row] = await database.orm
      .select({ grants: sql`grants` })
      .from(sql`access.person`)
      .where(sql`id = ${id('tom')}`);
    return row?.grants;
  };
  expect(await grant('class/core')).toMatchObject({
    status: 409,
    body: { code: 'core-not-said', clause: 'CORE-4', errors: [{ field: 'body.core' }] },
  });
  expect((await grant('vm/100')).body.code).toBe('core-not-said');
  expect((await grant('vm/7')).body.code).toBe('core-not-said');
  expect((await grant('class/participant', {}, 'tom')).status).toBe(403);
  expect(await stored()).toEqual([]);
  const { status, body } = await grant('vm/104');
  expect([status, body]).toMatchObject([200, { on: 'vm/104', until, by: id('ann') }]);
  expect((await grant('switch/sw1', { core: true })).status).toBe(200);
  expect(await stored()).toEqual(
    expect.arrayContaining([
      { on: 'vm/104', until },
      { on: 'switch/sw1', until, core: true },
    ]),
  );
  const taken = await site.askAs('bob', path('tom', `/grants/${body.id}`), { method: 'DELETE' });
  expect(taken.status).toBe(204);
  // A read of the directory writes what everybody may anew.
  await site.read();
  expect(await stored()).toEqual([{ on: 'switch/sw1', until, core: true }]);
  expect((await member('tom')).grants).toMatchObject([{ on: 'switch/sw1' }]);
  // After a suspension all is as before; meanwhile it means nothing, without the role.
  await post('zoe', 'tom', '/proposal', { act: 'suspend', because: 'a while' });
  expect(await member('tom')).toMatchObject({ roles: ['participant'], grants: [{ on: 'switch/sw1' }] });
  await post('zoe', 'tom', '/proposal', { act: 'lift' });
  expect((await member('tom')).grants).toMatchObject([{ on: 'switch/sw1' }]);
  await post('zoe', 'tom', '/proposal', { act: 'end', because: 'Was never seen again' });
  expect(await stored()).toEqual([]);
  const { body: log } = await site.ask('/membership/events?type=grant.ended');
  expect(log.events.map(({ data }: { data: { how: string } }) => data.how)).toEqual([
    'withdrawn',
    'no-trial',
  ]);
});

test('a snapshot has members, grants and departures, and everybody reads what is kept about their own part', async () => {
  const { secret } = (await site.logIn('cor')).body;
  const { body: own } = await site.ask('/me/export', { token: secret });
  expect(own).toMatchObject({
    register: { state: 'former' },
    grants: [],
    votes: [],
    departure: [{ id: id('cor') }],
  });
  const zoe = (await site.logIn('zoe')).body.secret;
  const { body: board } = await site.ask('/me/export', { token: zoe });
  expect(board.reasons.map(({ text }: { text: string }) => text)).toContain('Was never seen again');
  const { body } = await site.ask('/membership/snapshot');
  const stateOf = (subject: string) =>
    body.entities.find((each: { subject: string }) => each.subject === subject)?.state;
  expect(stateOf(`member/${id('ann')}`)).toMatchObject({ person: id('ann'), state: 'full' });
  expect(stateOf(`departure/${id('cor')}`)).toMatchObject({ person: id('cor'), done: ['wiki'] });
});

test.each([
  ['a participant', 'pat', 'ann', '/proposal', { act: 'end', because: 'because' }, 403, 'not-allowed'],
  [
    'a full member, of somebody who is none',
    'ann',
    'pat',
    '/proposal',
    { act: 'confirm' },
    409,
    'not-a-member',
  ],
  ['without a reason', 'ann', 'bob', '/proposal', { act: 'end' }, 400, 'invalid-request'],
  ['what nobody proposed', 'ann', 'bob', '/proposal/confirmation', {}, 409, 'nothing-proposed'],
])('refused and nothing changed: %s', async (_, as, uid, rest, json, status, code) => {
  const head = async () => (await site.ask('/membership/events?limit=1000')).body.events.length;
  const before = await head();
  const answer = await post(as, uid, rest, json);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.body.errors[0]).toMatchObject({ field: expect.any(String), allowed: expect.any(String) });
  expect(await head()).toBe(before);
});

test('two commands at once: one of two proposals stands, and is confirmed once', async () => {
  const both = await Promise.all(
    ['ann', 'bob'].map((as) => post(as, 'tim', '/proposal', { act: 'suspend', because: 'at once' })),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  const proposer = both[0]?.status === 204 ? 'ann' : 'bob';
  const other = proposer === 'ann' ? 'bob' : 'ann';
  const twice = await Promise.all([0, 1].map(() => post(other, 'tim', '/proposal/confirmation')));
  expect(twice.map(({ status }) => status).toSorted()).toEqual([204, 409]);
  expect(await member('tim')).toMatchObject({ register: 'suspended' });
});

test('who leaves the team counts no more: what is open is decided again at once', async () => {
  const made = await site.askAs('pat', '/applications', { method: 'POST', json: {} });
  expect(made.status).toBe(201);
  const at = `/applications/${made.body.id}`;
  expect(await site.askAs('ann', `${at}/vote`, { method: 'PUT', json: { vote: 'yes' } })).toMatchObject({
    status: 200,
    body: { state: 'open', electorate: 2 },
  });
  expect((await post('bob', 'bob', '/leaving')).status).toBe(204);
  await waitFor('it is approved of', async () => (await site.ask(at)).body.state === 'awaiting-board');
  expect((await site.ask(at)).body).toMatchObject({ waits: 'no-board-member' });
});

test('without writes the command is said; what means the opposite takes its place, and is done once it is seen', async () => {
  const apart = await startSite({
    people: ['ann', 'bob', 'zoe'],
    groups: { participants: ['ann', 'bob'], team: ['ann', 'bob'], board: ['zoe'] },
  });
  try {
    const { id: ann } = await apart.person('ann');
    const act = (json: object) => apart.askAs('zoe', `/team/${ann}/proposal`, { method: 'POST', json });
    const awaited = async () => (await apart.askAs('bob', `/team/${ann}`)).body.awaited;
    expect((await act({ act: 'suspend', because: 'a while' })).status).toBe(204);
    const [edit] = await awaited();
    expect(edit).toMatchObject({ group: 'team', change: 'delete', how: 'theirs' });
    expect(edit.command).toContain(`member: ${apart.dnOf('ann')}`);
    await apart.read();
    // It is awaited while she stands in the group; the register alone has taken the role from her.
    expect(await awaited()).toHaveLength(1);
    expect((await apart.person('ann')).roles).toEqual(['participant']);
    expect((await act({ act: 'lift' })).status).toBe(204);
    expect(await awaited()).toMatchObject([{ group: 'team', change: 'add' }]);
    expect((await apart.person('ann')).roles).toEqual(['participant', 'infrateam']);
    await apart.read();
    expect(await awaited()).toEqual([]);
    expect(await apart.events('&type=group.followed')).toHaveLength(1);
    expect((await act({ act: 'end', because: 'moved away' })).status).toBe(204);
    const { items } = (await apart.ask(`/team/${ann}/offboarding`)).body;
    expect(items[0]).toMatchObject({ item: 'group-team', state: 'to-do' });
    expect(items[0].command).toContain(`member: ${apart.dnOf('ann')}`);
  } finally {
    await apart.close();
  }
});
