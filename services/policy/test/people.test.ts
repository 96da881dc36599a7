import type {
  Clause,
  EventPage,
  GroupName,
  Problem,
  RegisterState,
  Violation,
  ViolationCount,
} from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';

const idOf = (n: number) => `5f0c1d2e-7a3b-4c4d-9e5f-00000000000${n}`;
const [stranger, trial, left, gone, renamed, onBoard] = [1, 2, 3, 4, 5, 6].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const since = '2026-11-30T12:00:00.000Z';
const settings = {
  directory: { file: '/var/lib/huismeester/directory.yaml', every: '40s' },
  secrets: { key: 'a key of which nobody knows anything' },
};
const person = (id: string, groups: GroupName[] = ['participants'], more: object = {}) => ({
  person: id,
  enabled: true,
  groups,
  roles: [],
  ...more,
});
const entityOf = (kind: string, id: string, state: object) => ({ subject: `${kind}/${id}`, state });

const vms = facts('vm-lifecycle');
/** Its snapshot also has what policy passes over, and two whose state nobody can read. */
const people = facts('membership', [
  entityOf('person', trial, person(trial, ['participants', 'trial'])),
  entityOf('person', left, person(left)),
  entityOf('member', trial, { person: trial, state: 'trial', since, until: '2027-12-01T12:00:00.000Z' }),
  entityOf('member', left, { person: left, state: 'full', since }),
  entityOf('member', gone, { person: gone, state: 'former', since }),
  entityOf('person', onBoard, person(onBoard, ['participants', 'trial', 'board'])),
  entityOf('member', onBoard, { person: onBoard, state: 'trial', since }),
  entityOf('directory', 'main', { state: 'known', since }),
  entityOf('group', 'team', { anything: true }),
  entityOf('preference', trial, { anything: true }),
]);
let site: TestSite;
let running: RunningProcess;
/** By role; the first is the administrator's. */
const tokens = new Map<string, string>();

beforeAll(async () => {
  site = await tempSite('policy');
  running = await startPolicy(site, { ups: facts('ups-monitor'), vms, people, settings });
  tokens.set('administrator', running.firstToken ?? '');
  for (const role of ['infrateam', 'trial', 'board', 'participant', 'service']) {
    const made = await ask<{ secret: string }>('POST', '/tokens', { json: { name: `a ${role}`, role } });
    tokens.set(role, made.body.secret);
  }
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

async function ask<Body>(
  method: string,
  path: string,
  { json, role = 'administrator' }: { json?: object; role?: string } = {},
): Promise<{ status: number; body: Body }> {
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens.get(role)}`,
      ...(json && { 'content-type': 'application/json' }),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
}
const list = async <Item>(path: string, role?: string) =>
  (await ask<{ results: Item[] }>('GET', path, role === undefined ? {} : { role })).body.results;
const open = async () =>
  (await list<Violation>('/violations?clause=TEAM-1&order=about')).map(
    ({ kind, about, severity }) => `${kind} ${about} ${severity}`,
  );
const isOpen = (...expected: readonly string[]) =>
  waitFor(`open: ${expected.join(', ')}`, async () => `${await open()}` === `${expected}`);

const change = (id: string, groups?: GroupName[], more?: object) =>
  people.say('person.changed', `person/${id}`, person(id, groups, more) as never);
const start = (id: string, state: RegisterState) =>
  people.say('member.started', `member/${id}`, { person: id, state, board: false });
const main = 'directory/main';

const ofLeft = `team-differs person/${left} warning`;
const ofStranger = `team-differs person/${stranger} serious`;
const ofRenamed = `team-differs person/${renamed} serious`;
const ofDirectory = 'directory-renumbered directory/main serious';

describe('who is of the team', () => {
  it('is read from the snapshot: a member in no group differs', async () => {
    await isOpen(ofLeft);
  });

  it('is read from the log on: somebody who is in the group and not in the register', async () => {
    await change(stranger, ['team']);
    await isOpen(ofStranger, ofLeft);
    const [violation] = await list<Violation>(`/violations?about=person/${stranger}`);
    expect(violation?.reason).toContain('this person is not in the register of the team');
  });

  it('opens and closes nothing while the directory is unknown, but for what somebody confirms', async () => {
    await people.say('directory.renumbered', main, { people: 25 });
    await isOpen(ofDirectory, ofStranger, ofLeft);
    await people.say('directory.unknown', main, { since, reason: 'no-answer' });
    await start(stranger, 'full');
    await change(renamed, ['team'], { took_uid_of: left });
    // What was said before it is looked at together with it, or was before.
    await people.say('directory.confirmed', main, {});
    await isOpen(ofStranger, ofLeft);
    await people.say('directory.known', main, { since, people: 4 });
    await isOpen(ofLeft, ofRenamed, `uid-reused person/${renamed} warning`);
  });

  it('closes what was confirmed, and what is no difference any more', async () => {
    await people.say('person.confirmed', `person/${renamed}`, { person: renamed, took_uid_of: left });
    await isOpen(ofLeft, ofRenamed);
    await people.say('person.gone', `person/${renamed}`, { person: renamed });
    await isOpen(ofLeft);
  });

  it('hides nothing behind an event that cannot be read: its person stays as they were', async () => {
    const { orm } = running.database;
    await orm.execute(`alter table policy.person add constraint broken check (key <> '${left}') not valid`);
    await change(left, ['team']);
    await waitFor('the event is parked', async () => (await parked()).length === 1);
    await change(stranger, []);
    await isOpen(`team-differs person/${stranger} warning`, ofLeft);
    await orm.execute('alter table policy.person drop constraint broken');
    const [letter] = await parked();
    await ask('POST', `/policy/dead-letters/${letter?.id}/replay`, { json: {} });
    await isOpen(`team-differs person/${stranger} warning`);
    await change(left);
    await isOpen(`team-differs person/${stranger} warning`, ofLeft);
  });
});

const parked = () => list<{ id: string }>('/policy/dead-letters?source=membership');

describe('what is about people', () => {
  const theirs = async () => {
    await isOpen(`team-differs person/${stranger} warning`, ofLeft);
    return (await list<Violation>(`/violations?about=person/${left}`))[0]?.violation ?? '';
  };

  it.each(['infrateam', 'trial', 'board', 'service'])('is for %s', async (role) => {
    const id = await theirs();
    expect(await list('/violations', role)).toHaveLength(2);
    expect(await ask('GET', `/violations/${id}`, { role })).toMatchObject({ status: 200 });
    const { body } = await ask<Clause>('GET', '/clauses/TEAM-1', { role });
    expect(body.violations).toHaveLength(2);
  });

  it('is not there for a participant, who gets counts', async () => {
    const id = await theirs();
    const role = 'participant';
    expect(await list('/violations', role)).toEqual([]);
    expect(await list(`/violations?about=person/${left}`, role)).toEqual([]);
    const answer = async (asked: string) => {
      const { status, body } = await ask<object>('GET', `/violations/${asked}`, { role });
      const { instance: _, ...problem } = body as Problem & { instance: string };
      return { status, text: JSON.stringify(problem).replaceAll(asked, '…') };
    };
    expect(await answer(id)).toEqual(await answer('none'));
    expect(await answer(id)).toMatchObject({ status: 404 });
    const { body } = await ask<Clause>('GET', '/clauses/TEAM-1', { role });
    expect(body).toMatchObject({ status: 'violated', violations: [] });
    const [listed] = await list<Clause>('/clauses?limit=1', role);
    expect(listed).toMatchObject({ clause: 'TEAM-1', violations: [] });
    const counts = await list<ViolationCount>('/violations/counts', role);
    expect(counts).toEqual([
      { kind: 'team-differs', clause: 'TEAM-1', severity: 'warning', open: 2, accepted: 0 },
    ]);
  });

  it('is accepted by who may see it alone, and counted as accepted', async () => {
    const id = await theirs();
    const json = { for: '24h', because: 'asked for it' };
    for (const role of ['participant', 'trial', 'board', 'service']) {
      expect((await ask('PUT', `/violations/${id}/acceptance`, { json, role })).status).toBe(403);
    }
    const role = 'infrateam';
    expect((await ask('PUT', `/violations/${id}/acceptance`, { json, role })).status).toBe(200);
    expect(await list('/violations/counts?kind=team-differs', 'participant')).toMatchObject([
      { open: 2, accepted: 1 },
    ]);
  });

  it('is in the log for the team and for services; trial, board and participants do not read it', async () => {
    const path = '/policy/events?type=violation.opened';
    const reads = async (role: string) => (await ask<EventPage>('GET', path, { role })).status;
    expect(await Promise.all(['infrateam', 'service'].map(reads))).toEqual([200, 200]);
    expect(await Promise.all(['trial', 'board', 'participant'].map(reads))).toEqual([403, 403, 403]);
  });
});

describe('without membership', () => {
  it('a space whose settings name a directory starts, and says what is missing', async () => {
    await running.close();
    running = await startPolicy(site, { ups: facts('ups-monitor'), vms, settings });
    const ready = async () => (await fetch(`${running.url}/health/ready`)).status;
    await waitFor('it is ready', async () => (await ready()) === 200);
    await vms.say('node.online', 'node/pve-pve1', { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1' });
    const place = { target: 'node/pve-pve1', for: '1h', because: 'a new disk' };
    await vms.read();
    expect((await ask('POST', '/holds', { json: place })).status).toBe(201);
    expect(await open()).toHaveLength(2);
  });

  it('a space without a directory does not watch it, and has nothing open about people', async () => {
    await running.close();
    running = await startPolicy(site, { ups: facts('ups-monitor'), vms });
    await isOpen();
    await waitFor('how its clause stands', async () => {
      const { body } = await ask<Clause>('GET', '/clauses/TEAM-1');
      return body.status === 'not-set-up' && body.detail?.includes('`directory`') === true;
    });
  });
});
