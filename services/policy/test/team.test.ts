import type {
  Clause,
  Departure,
  GroupName,
  NoticeResource,
  RegisterState,
  Violation,
} from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { notice as table } from '../src/schema.ts';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';
import { withLogins } from './someone.ts';

/* A team of three, an application, a departure and a review, as membership tells of them. */

const idOf = (n: number) => `5f0c1d2e-7a3b-4c4d-9e5f-00000000000${n}`;
const [ann, bob, cas, jan] = [1, 2, 3, 4].map(idOf) as [string, string, string, string];
const application = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4f';
const about = `application/${application}`;
const account = 'pve-3f2a9c01d4e5';
const since = '2026-11-30T12:00:00.000Z';
const inDays = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString();

const entity = (subject: string, state: object) => ({ subject, state });
const person = (id: string, groups: GroupName[]) =>
  entity(`person/${id}`, { person: id, enabled: true, groups, roles: [] });
const member = (id: string, state: RegisterState, more: object = {}) =>
  entity(`member/${id}`, { person: id, state, since, ...more });

const vms = facts('vm-lifecycle');
/** What an application is in the snapshot, too, with a key of a newer membership. */
const people = facts('membership', [
  person(ann, ['participants', 'team']),
  person(bob, ['participants', 'team', 'board']),
  person(cas, ['participants', 'trial']),
  person(jan, ['participants']),
  member(ann, 'full'),
  member(bob, 'full'),
  member(cas, 'trial', { until: since }),
  entity('directory/main', { state: 'known', since }),
  entity('access-source/pve', { source: 'pve', state: 'known', since }),
  entity(`access-list/safe`, {
    list: 'safe',
    title: 'The code of the safe',
    kind: 'secret',
    core: true,
    people: [ann],
    since: '2025-11-30T12:00:00.000Z',
  }),
  entity(about, {
    application,
    person: jan,
    state: 'proposed',
    since,
    backer: ann,
    trial_days: 60,
    voted: [],
    of_a_newer_one: true,
  }),
]);
const logins = withLogins(people);
let site: TestSite;
let running: RunningProcess;

beforeAll(async () => {
  site = await tempSite('policy');
  const directory = { file: '/var/lib/huismeester/directory.yaml', every: '40s' };
  const settings = { directory, secrets: { key: 'a key of which nobody knows anything' } };
  running = await startPolicy(site, { ups: facts('ups-monitor'), vms, people: logins.source, settings });
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

async function get<Body>(path: string, token = running.firstToken): Promise<{ status: number; body: Body }> {
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}
const list = async <Item>(path: string) => (await get<{ results: Item[] }>(path)).body.results;
const byText = (one: string, other: string) => (one < other ? -1 : 1);
const noticed = async () =>
  (await list<NoticeResource>(`/notices?about=${about}&limit=100`))
    .map(({ kind, to }) => `${kind} ${to}`)
    .toSorted(byText);
const isNoticed = (...expected: readonly string[]) =>
  waitFor(
    `notices: ${expected.join(', ')}`,
    async () => `${await noticed()}` === `${expected.toSorted(byText)}`,
  );
const open = async () =>
  (await list<Violation>('/violations')).map(({ kind, about: of }) => `${kind} ${of}`).toSorted(byText);
const isOpen = (...expected: readonly string[]) =>
  waitFor(`open: ${expected.join(', ')}`, async () => `${await open()}` === `${expected.toSorted(byText)}`);

const ofTrial = `trial-undecided person/${cas}`;
const ofList = 'access-list-overdue access-list/safe';
const asked = `consent-asked ${jan}`;

it('is read from the snapshot: a trial that is over, a list that nobody looked at, and who is asked for consent', async () => {
  await isOpen(ofTrial, ofList);
  await isNoticed(asked);
});

it('goes on with the log: full members are asked to vote, but for who backed it, and then the board', async () => {
  const to = { application, person: jan };
  const opened = { ...to, backer: ann, ends: inDays(14), trial_days: 60 };
  await people.say('application.opened', about, opened);
  await isNoticed(asked, `application-opened ${bob}`);
  await people.say('application.vote-cast', about, { application, by: bob });
  await people.say('application.approved', about, { ...to, how: 'votes' });
  await people.say('application.put-to-board', about, { application, until: inDays(3) });
  const before = [asked, `application-opened ${bob}`];
  await isNoticed(...before, `board-asked ${bob}`, `application-approved ${jan}`);
});

it('waits where no board member is in the team: a violation, and BOARD-1 with it', async () => {
  await people.say('person.changed', `person/${bob}`, {
    person: bob,
    enabled: true,
    groups: ['participants', 'team'],
    roles: [],
  });
  await people.say('application.without-board', about, { application, person: jan });
  await isOpen(ofTrial, ofList, 'board-missing team/main', `application-waits ${about}`);
  const stands = async (clause: string) => (await get<Clause>(`/clauses/${clause}`)).body.status;
  expect(await stands('BOARD-1')).toBe('violated');
  expect(await stands('JOIN-2')).toBe('violated');
  expect(await stands('JOIN-1')).toBe('kept');
  expect((await get<Clause>('/clauses/TEAM-2')).body).toMatchObject({ status: 'not-set-up' });
  expect((await get<Clause>('/clauses/CORE-4')).body).toMatchObject({
    status: 'not-set-up',
    detail: expect.stringContaining('hypervisors.pve.tokens.review'),
  });
});

it('tells somebody that they are suspended, with no reason', async () => {
  const reason = idOf(9);
  const until = inDays(14);
  await people.say('member.suspended', `member/${ann}`, { person: ann, until, by: [bob], reason });
  await waitFor('it is said', async () => {
    const [notice] = await list<NoticeResource>('/notices?kind=member-suspended');
    return notice?.to === ann && notice.urgency === 'now';
  });
  const found = await running.database.orm.select().from(table).where(eq(table.kind, 'member-suspended'));
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).not.toContain(reason);
});

it('finds an account with admin rights of who is no member, closes it once it is registered, and hides nothing behind what it cannot read', async () => {
  const found = {
    account,
    source: 'pve',
    kind: 'user' as const,
    asleep: false,
    rights: [{ on: '/vms', privileges: ['VM.Allocate'], by: ['user: Administrator on /'] }],
  };
  const rest = [ofTrial, 'board-missing team/main', `application-waits ${about}`];
  // Who is suspended is no member now, so the safe's code is known to one who is not, and the register differs from the group.
  const ofAnn = [`listed-not-member person/${ann}`, `team-differs person/${ann}`];
  await people.say('account.found', `account/${account}`, found);
  await isOpen(...rest, ofList, ...ofAnn, `admin-not-member account/${account}`);
  await people.say('access-source.unknown', 'access-source/pve', {
    source: 'pve',
    since,
    lacks: 'Sys.Audit on /access',
  });
  const service = { account, purpose: 'Backups', steward: bob, review: '2999-01-01' };
  await people.say('known-account.registered', `known-account/${account}`, service);
  // What the same look finds of a list shows that it was looked at since.
  await people.say('access-list.confirmed', 'access-list/safe', { list: 'safe', by: bob });
  await isOpen(...rest, ...ofAnn, `admin-not-member account/${account}`);
  await people.say('access-source.known', 'access-source/pve', { source: 'pve', since, accounts: 1 });
  await isOpen(...rest, ...ofAnn);
});

it('says what somebody would leave behind: to the team, the board and themselves, and to nobody else', async () => {
  const { body } = await get<Departure>(`/departures/${bob}`);
  expect(body).toMatchObject({
    person: bob,
    register: 'full',
    fullMembersLeft: 0,
    applications: [],
    unknown: [],
  });
  expect((await get<Departure>(`/departures/${ann}`)).body).toMatchObject({
    register: 'suspended',
    lists: [{ list: 'safe', kind: 'secret' }],
  });
  const [trial, full, stranger] = [
    await logins.logIn('trial'),
    await logins.logIn('infrateam'),
    await logins.logIn('participant'),
  ];
  const reads = async (secret: string) => (await get(`/departures/${bob}`, secret)).status;
  expect(await Promise.all([trial, full, stranger].map(({ secret }) => reads(secret)))).toEqual([
    404, 200, 404,
  ]);
  expect((await get(`/departures/${idOf(8)}`)).status).toBe(404);
});
