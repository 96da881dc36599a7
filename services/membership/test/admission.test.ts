/* Long, since it is one team to which one after the other is admitted. */

import { type Database, openDatabase } from '@huismeester/database';
import { waitFor } from '@huismeester/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hourMs, type Space, startSpace } from './admission/space.ts';

const applicants = ['pip', 'pat', 'ida', 'jan', 'kim', 'lot', 'mia', 'nik', 'oda', 'piet', 'quy', 'rik'];
let space: Space;
let database: Database;
beforeAll(async () => {
  space = await startSpace(applicants);
  database = await openDatabase({ url: space.site.site.url });
});
afterAll(async () => {
  await database.close();
  await space.site.close();
});

const post = (as: string, application: string, what: string, json: object = {}) =>
  space.as(as, `/applications/${application}/${what}`, { method: 'POST', json });
const said = async (application: string): Promise<string[]> => {
  const { body } = await space.site.ask('/membership/events?limit=1000');
  return body.events
    .filter(({ subject }: { subject: string }) => subject === `application/${application}`)
    .map(({ type }: { type: string }) => type.replace('application.', ''));
};
const refusal = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body.code,
  body.clause,
  (body.errors as { field: string }[] | undefined)?.[0]?.field,
];

test('somebody applies, full members vote, the board member has no objection, and they are on trial', async () => {
  const id = await space.apply('pip');
  expect(await space.see(id)).toMatchObject({
    state: 'open',
    trial_days: 60,
    electorate: 4,
    voted: [],
    votes: [],
  });
  expect((await space.vote('ann', id, 'yes', { because: 'She knows the racks' })).status).toBe(200);
  expect(await space.vote('bob', id, 'yes')).toMatchObject({ status: 200 });
  expect((await space.see(id, 'cor')).would).toEqual({ yes: 'approved', abstain: 'approved' });
  expect(refusal(await space.vote('cor', id, 'yes'))).toEqual([
    409,
    'would-decide',
    'JOIN-1',
    'body.decides',
  ]);
  const decided = await space.vote('cor', id, 'yes', { decides: 'approved' });
  expect(decided.body).toMatchObject({ state: 'awaiting-board', board: { waits_for: [space.id('bea')] } });
  expect((await post('bea', id, 'no-objection')).body.state).toBe('carried-out');
  expect(await said(id)).toEqual([
    'opened',
    ...Array(3).fill('vote-cast'),
    'approved',
    'put-to-board',
    'vote-cast',
    'carried-out',
  ]);
  const { body } = await space.as('ann', `/team/${space.id('pip')}`);
  expect(body).toMatchObject({ register: 'trial' });
  await waitFor('the group follows, and so the role', async () => {
    const { roles } = await space.site.person('pip');
    return roles.includes('trial');
  });
});

test('participants see their own, without votes; who votes how is for full members and the board', async () => {
  const id = await space.apply('pat');
  expect((await space.vote('ann', id, 'no', { because: 'Not seen him yet' })).body.votes).toHaveLength(1);
  const own = await space.see(id, 'pat');
  expect(own).toMatchObject({ state: 'open', voted: [space.id('ann')] });
  for (const key of ['votes', 'would', 'recorded']) expect(own).not.toHaveProperty(key);
  expect(await space.see(id, 'tim')).not.toHaveProperty('votes');
  expect((await space.as('fay', `/applications/${id}`)).status).toBe(404);
  expect((await space.as('fay', '/applications')).body.results).toEqual([]);
  const { body } = await space.site.askAs('ann', `/applications/${id}`);
  expect(body).not.toHaveProperty('votes');
  for (const who of ['bob', 'zoe']) {
    expect((await space.see(id, who)).votes).toMatchObject([
      { person: space.id('ann'), vote: 'no', counts: true, because: 'Not seen him yet' },
    ]);
  }
  const { body: kept } = await space.as('ann', '/me/export');
  expect(kept.votes).toEqual(
    expect.arrayContaining([expect.objectContaining({ application: id, vote: 'no' })]),
  );
  expect((await space.as('pat', `/applications/${id}`, { method: 'DELETE' })).body.state).toBe('withdrawn');
});

test('a full member applies for somebody, who consents; the backing is a yes', async () => {
  const json = { person: space.id('ida'), trialDays: 0 };
  const { body, headers } = await space.as('ann', '/applications', { method: 'POST', json });
  expect([body.state, headers.location]).toEqual(['proposed', `/api/v1/applications/${body.id}`]);
  expect(refusal(await space.vote('bob', body.id, 'yes'))).toEqual([409, 'not-open', 'JOIN-1', 'id']);
  expect(refusal(await post('ann', body.id, 'consent'))).toEqual([403, 'not-allowed', 'JOIN-1', 'person']);
  expect((await post('ida', body.id, 'consent')).body).toMatchObject({
    state: 'open',
    voted: [space.id('ann')],
  });
  const twice = await space.as('ida', '/applications', { method: 'POST', json: {} });
  expect(refusal(twice)).toEqual([409, 'open-application', 'JOIN-1', 'body.person']);
  const trial = await space.as('bob', `/applications/${body.id}/trial`, {
    method: 'PUT',
    json: { days: 30 },
  });
  expect(trial.body.trial_days).toBe(30);
});

test('what is refused has code, field and clause, and changes nothing', async () => {
  const id = await space.apply('jan');
  await space.as('bob', `/team/${space.id('tim')}/proposal`, {
    method: 'POST',
    json: { act: 'end', because: 'A test of it' },
  });
  const before = await said(id);
  expect(refusal(await space.vote('jan', id, 'yes'))).toEqual([403, 'own-application', 'JOIN-1', 'person']);
  expect(refusal(await space.vote('tim', id, 'yes'))).toEqual([403, 'not-allowed', 'JOIN-1', 'person']);
  expect(refusal(await space.vote('ann', id, 'yes', { decides: 'approved' }))).toEqual([
    409,
    'decides-otherwise',
    'JOIN-1',
    'body.decides',
  ]);
  expect(refusal(await post('bea', id, 'veto', {}))).toEqual([
    400,
    'reason-needed',
    'JOIN-2',
    'body.because',
  ]);
  expect(refusal(await post('zoe', id, 'veto', { because: 'not of the team' }))).toEqual([
    403,
    'not-allowed',
    'JOIN-2',
    'person',
  ]);
  expect(refusal(await post('zoe', id, 'appointment'))).toEqual([403, 'team-decides', 'JOIN-1', 'id']);
  expect(await said(id)).toEqual(before);
  expect((await space.see(id)).votes).toEqual([]);
  const vetoed = await post('bea', id, 'veto', { because: 'We do not trust him with the keys' });
  expect(vetoed.body).toMatchObject({
    state: 'vetoed',
    veto: { because: 'We do not trust him with the keys' },
  });
  // Who vetoed is a vote of the board's: the applicant reads that it was vetoed.
  expect((await space.see(id, 'jan')).veto).toBeUndefined();
  expect(JSON.stringify((await space.site.ask('/membership/events?limit=1000')).body)).not.toContain(
    'trust him',
  );
});

test('two at once, each of which would decide: one decides, the other comes too late', async () => {
  const id = await space.apply('kim');
  await space.vote('ann', id, 'no');
  const both = await Promise.all([
    space.vote('bob', id, 'no', { decides: 'rejected' }),
    space.vote('cor', id, 'no', { decides: 'rejected' }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.code).toBe('not-open');
  expect(await said(id)).toEqual(['opened', 'vote-cast', 'vote-cast', 'rejected']);
  const again = await space.as('kim', '/applications', { method: 'POST', json: {} });
  expect(again.status).toBe(201);
  await space.as('kim', `/applications/${again.body.id}`, { method: 'DELETE' });
});

test('two applications of one person at once: one is made', async () => {
  const both = await Promise.all(
    [1, 2].map(() => space.as('rik', '/applications', { method: 'POST', json: {} })),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
});

const minutes = { date: '2026-11-20', outcome: 'approved', page: 'Notulen van november' };

test('at a meeting: recorded by one, confirmed by another', async () => {
  const id = await space.apply('lot');
  const put = (as: string, json: object) =>
    space.as(as, `/applications/${id}/minutes`, {
      method: 'PUT',
      json: { ...minutes, present: [space.id('ann')], ...json },
    });
  expect(refusal(await put('ann', { date: '2999-01-01' }))).toEqual([
    400,
    'in-future',
    'JOIN-1',
    'body.date',
  ]);
  expect(refusal(await put('ann', { present: [id] }))).toEqual([
    400,
    'not-a-person',
    'JOIN-1',
    'body.present',
  ]);
  expect((await put('ann', {})).body).toMatchObject({ minutes: { by: space.id('ann') }, recorded: minutes });
  expect(refusal(await post('ann', id, 'minutes/confirmation'))).toEqual([
    403,
    'needs-another',
    'JOIN-1',
    'person',
  ]);
  expect((await post('bob', id, 'minutes/confirmation')).body).toMatchObject({
    state: 'awaiting-board',
    approved: { how: 'meeting' },
  });
});

test('nothing closes while the clock is not believed, nor while the directory is unknown; votes are taken', async () => {
  const id = await space.apply('mia');
  space.believed = false;
  await space.vote('ann', id, 'yes');
  await space.vote('bob', id, 'yes');
  expect((await space.vote('cor', id, 'yes', { decides: 'approved' })).body).toMatchObject({
    state: 'open',
    waits: 'clock-insane',
  });
  expect(refusal(await space.as('nik', '/applications', { method: 'POST', json: {} }))).toEqual([
    503,
    'clock-insane',
    'JOIN-1',
    'clock',
  ]);
  space.believed = undefined;
  expect((await space.see(id)).waits).toBe('clock-insane');
  await space.site.slapd?.stop();
  await space.site.read();
  space.believed = true;
  expect((await space.vote('bea', id, 'abstain', { decides: 'approved' })).body).toMatchObject({
    state: 'open',
    waits: 'directory-unknown',
  });
  await space.site.slapd?.start();
  await space.becomes(id, 'awaiting-board');
  expect((await said(id)).at(-1)).toBe('put-to-board');
});

test('what could not be carried out is not half done, and is done later, also after a restart', async () => {
  const mia = (await space.as('mia', '/applications')).body.results[0].id;
  await database.orm.execute(sql`
    create function membership.fail() returns trigger language plpgsql as $$ begin raise 'not now'; end $$`);
  await database.orm.execute(
    sql`create trigger fail before insert on membership.member for each row execute function membership.fail()`,
  );
  space.pass(72 * hourMs + 60_000);
  await space.site.read();
  await waitFor('it was tried', () =>
    space.site.logged.some((line) => line.includes('an application could not be decided')),
  );
  expect(await space.see(mia)).toMatchObject({ state: 'awaiting-board' });
  expect((await said(mia)).at(-1)).toBe('put-to-board');
  await database.orm.execute(sql`drop trigger fail on membership.member`);
  await space.site.restart();
  await space.becomes(mia, 'carried-out');
  expect((await space.as('ann', `/team/${space.id('mia')}`)).body.register).toBe('trial');
});

test('who leaves is counted no more, and that may decide', async () => {
  const id = await space.apply('nik');
  await space.vote('ann', id, 'yes');
  await space.vote('bob', id, 'yes');
  await space.vote('cor', id, 'no');
  expect((await space.see(id)).state).toBe('open');
  expect(
    (await space.as('cor', `/team/${space.id('cor')}/leaving`, { method: 'POST', json: {} })).status,
  ).toBe(204);
  await waitFor('it is approved', async () => (await space.see(id)).state === 'awaiting-board');
  expect((await space.see(id)).votes).toMatchObject([{ counts: true }, { counts: true }, { counts: false }]);
  const oda = await space.apply('oda');
  expect(refusal(await space.vote('cor', oda, 'yes'))).toEqual([403, 'not-allowed', 'JOIN-1', 'person']);
});

test('at the end it lapses: no vote is taken after it, even if it is not closed yet', async () => {
  const id = (await space.as('oda', '/applications')).body.results[0].id;
  await space.vote('ann', id, 'yes');
  space.pass(330 * hourMs);
  await space.site.read();
  // Nothing wakes what closes it: it stands open after its end, unless its minute has just come.
  space.pass(7 * hourMs);
  const late = await space.vote('bob', id, 'yes');
  expect([late.status, ['ended', 'not-open'].includes(late.body.code)]).toEqual([409, true]);
  await space.becomes(id, 'lapsed');
});

test('the board leaves the team: what is approved waits, and another who comes has the whole time', async () => {
  const id = await space.apply('piet');
  const bea = `/team/${space.id('bea')}/leaving`;
  await space.vote('ann', id, 'yes');
  await space.vote('bob', id, 'yes', { decides: 'approved' }).then(({ status }) => expect(status).toBe(200));
  expect((await space.as('bea', bea, { method: 'POST', json: { confirm: 'bea' } })).status).toBe(204);
  await waitFor('nobody could veto it', async () => (await space.see(id)).waits === 'no-board-member');
  expect(await space.see(id)).toMatchObject({ state: 'awaiting-board', board: { waits_for: [] } });
  // Zoe is of the board: her joining restores it, and waits for nobody.
  const zoe = await space.apply('zoe');
  await space.vote('ann', zoe, 'yes');
  const last = await space.vote('bob', zoe, 'yes', { decides: 'approved' });
  expect(last.body.state).toBe('carried-out');
  const put = await waitFor('she may veto it', async () => {
    const { board } = await space.see(id);
    return board.until !== undefined && board;
  });
  expect(put.waits_for).toEqual([space.id('zoe')]);
  await waitFor('her role', async () => (await space.site.person('zoe')).roles.includes('trial'));
  expect((await post('zoe', id, 'no-objection')).body.state).toBe('carried-out');
});

test('without full members a board member appoints, and nobody else', async () => {
  const id = await space.apply('quy');
  for (const uid of ['ann', 'bob'])
    await space.as(uid, `/team/${space.id(uid)}/leaving`, { method: 'POST', json: {} });
  expect(await space.see(id, 'zoe')).toMatchObject({ electorate: 0, waits: 'no-full-member' });
  expect(refusal(await post('tim', id, 'appointment'))).toEqual([403, 'not-allowed', 'JOIN-1', 'person']);
  space.pass(400 * hourMs);
  await space.site.read();
  expect((await post('zoe', id, 'appointment')).body).toMatchObject({
    state: 'carried-out',
    approved: { how: 'board' },
  });
});

test('a snapshot has every application as its events do, without votes and reasons', async () => {
  const { entities } = (await space.site.ask('/membership/snapshot')).body;
  const states = entities
    .filter(({ subject }: { subject: string }) => subject.startsWith('application/'))
    .map(({ state }: { state: Record<string, unknown> }) => state);
  expect(states.length).toBeGreaterThan(applicants.length);
  expect(states).toContainEqual(
    expect.objectContaining({ person: space.id('pip'), state: 'carried-out', trial_days: 60 }),
  );
  expect(JSON.stringify(states)).not.toMatch(/"vote"|because|abstain/);
});

test('reasons are in no log line', () => {
  expect(space.site.logged.join('')).not.toMatch(/knows the racks|Not seen him|trust him/);
});
