import type { Now, Site } from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';
import { type Someone, withLogins } from './someone.ts';

const ups = facts('ups-monitor');
const vms = facts('vm-lifecycle');
const network = facts('netwatch');
const since = '2026-11-30T12:00:00.000Z';
const stranger = '5f0c1d2e-7a3b-4c4d-9e5f-000000000001';
const register = facts('membership', [
  { subject: 'directory/main', state: { state: 'known', since } },
  // Of the group, and not in the register: a violation about a person.
  {
    subject: `person/${stranger}`,
    state: { person: stranger, enabled: true, groups: ['participants', 'team'], roles: [] },
  },
]);
const people = withLogins(register);
const settings = {
  directory: { file: '/var/lib/huismeester/directory.yaml', every: '40s' },
  secrets: { key: 'a key of which nobody knows anything' },
  web: { publicNow: true },
  http: { port: 0, publicUrl: 'https://huismeester.space/' },
};
let site: TestSite;
let running: RunningProcess;
let ann: Someone;
let bob: Someone;
let display: string;

beforeAll(async () => {
  site = await tempSite('now');
  running = await startPolicy(site, { ups, vms, network, people: people.source, settings });
  [ann, bob] = [await people.logIn('participant', 'infrateam'), await people.logIn('participant')];
  await register.say('member.started', `member/${ann.person}`, {
    person: ann.person,
    state: 'full',
    board: false,
  });
  await vms.say('node.online', 'node/pve-pve1', { id: 'pve-pve1', hypervisor: 'pve', node: 'pve1' });
  await vms.say('hypervisor.reachable', 'hypervisor/pve', { hypervisor: 'pve', quorate: true });
  await register.read();
  await vms.read();
  const made = await send('POST', '/tokens', { json: { name: 'by the door', role: 'display' } });
  display = ((await made.json()) as { secret: string }).secret;
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

function send(
  method: string,
  path: string,
  {
    secret = running.firstToken,
    json,
    etag,
  }: { secret?: string | undefined; json?: object; etag?: string | null } = {},
): Promise<Response> {
  return fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      ...(json && { 'content-type': 'application/json' }),
      ...(typeof etag === 'string' && { 'if-none-match': etag }),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
}
const nowFor = async (secret: string | undefined): Promise<Now> => {
  const answer = await fetch(
    `${running.url}/api/v1/now`,
    secret === undefined ? {} : { headers: { authorization: `Bearer ${secret}` } },
  );
  expect(answer.status).toBe(200);
  return (await answer.json()) as Now;
};
const asked = async ({ secret }: Someone) =>
  (await nowFor(secret)).asked?.map(({ kind, subject }) => `${kind} ${subject}`);
const reading = (type: 'ups.on-battery' | 'ups.on-mains') =>
  ups.say(type, 'ups/rack', {
    ups: 'rack',
    since: new Date().toISOString(),
    charge_pct: 90,
    runtime_s: 3600,
  } as never);

it('a page knows before anybody has logged in where it is', async () => {
  const answer = await fetch(`${running.url}/api/v1/site`);
  expect((await answer.json()) as Site).toEqual({
    id: 'test',
    name: 'Test',
    timezone: 'Europe/Amsterdam',
    language: 'nl',
    version: 'test',
    demo: false,
    publicNow: true,
    publicUrl: 'https://huismeester.space',
  });
});

it('a page knows before anybody types a password that it would be refused', async () => {
  const from = (protocol: string) =>
    fetch(`${running.url}/api/v1/site`, {
      headers: { 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': protocol },
    }).then(async (answer) => ((await answer.json()) as Site).noLogin);
  expect(await from('http')).toEqual({
    says: { nl: expect.stringContaining('https://'), en: expect.stringContaining('https://') },
    url: 'https://huismeester.space',
  });
  expect(await from('https')).toBeUndefined();
});

describe('what is asked of somebody', () => {
  const differs = `violation:team-differs person/${stranger}`;

  it('is what is open, for whoever is of the team, and nobody else', async () => {
    await waitFor('it is asked', async () => (await asked(ann))?.includes(differs));
    expect(await asked(bob)).toEqual([]);
    const [item] =
      (await nowFor(ann.secret)).asked?.filter(({ subject }) => subject.endsWith(stranger)) ?? [];
    expect(item).toMatchObject({
      clause: 'TEAM-1',
      severity: 'serious',
      what: { nl: expect.stringContaining('aandacht') },
    });
    // Tokens that are nobody's are asked nothing, and read that it is open.
    const { asked: none, state } = await nowFor(running.firstToken);
    expect([none, state]).toEqual([[], 'serious']);
  });

  it('is not what was accepted meanwhile', async () => {
    const { serious = 0 } = (await nowFor(ann.secret)).counts;
    const answer = await send('GET', `/violations?about=person/${stranger}`);
    const { results } = (await answer.json()) as { results: { violation: string }[] };
    const url = `/violations/${results[0]?.violation}/acceptance`;
    await send('PUT', url, { json: { for: '24h', because: 'asked for it' } });
    expect(await asked(ann)).not.toContain(differs);
    await waitFor('it counts no more', async () => (await nowFor(ann.secret)).counts.serious === serious - 1);
    await send('DELETE', url);
    expect(await asked(ann)).toContain(differs);
  });

  it('is nothing of the team’s for who is of it no more', async () => {
    const { person } = ann;
    await register.say('member.left', `member/${person}`, { person, how: 'left', by: [person] });
    await waitFor('they are of it no more', async () => (await asked(ann))?.length === 0);
    await register.say('member.started', `member/${person}`, { person, state: 'full', board: false });
    await waitFor('they are again', async () => (await asked(ann))?.includes(differs));
  });
});

it('is answered with 304 until something changes, however much time passes', async () => {
  const path = '/now';
  const { secret } = bob;
  await waitFor('all is read', async () =>
    (await nowFor(secret)).sources.every(
      ({ service, state }) => state === 'fresh' || service === 'inventory',
    ),
  );
  const first = await send('GET', path, { secret });
  const before = (await first.json()) as Now;
  const etag = first.headers.get('etag');
  const again = await send('GET', path, { secret });
  expect(Date.parse(((await again.json()) as Now).at)).toBeGreaterThan(Date.parse(before.at));
  expect((await send('GET', path, { secret, etag })).status).toBe(304);
  await reading('ups.on-battery');
  await waitFor('it is another', async () => (await send('GET', path, { secret, etag })).status === 200);
});

it('says of a cut to a display what comes next and of which UPS, to anybody what the summary says, and names nothing', async () => {
  const { secret } = bob;
  await waitFor('the cut', async () => (await nowFor(secret)).state === 'cut');
  const [whole, wall, anybody] = [await nowFor(secret), await nowFor(display), await nowFor(undefined)];
  expect(whole.nodes).toMatchObject([{ id: 'pve-pve1', online: true }]);
  expect(wall).toMatchObject({
    state: 'cut',
    ups: [{ id: 'rack', mains: 'on-battery' }],
    outages: [{ ups: 'rack' }],
  });
  expect(anybody).toMatchObject({ state: 'cut', stage: whole.stage, sources: [] });
  expect(Object.keys(anybody)).not.toContain('ups');
  // What happened last is for people of the space, and about none of them.
  const { last } = whole;
  expect(last?.map(({ type, says }) => [type, says.nl])).toEqual([
    ['outage.stage-entered', expect.stringContaining('de accu')],
    ['outage.began', 'Bij UPS rack is een stroomstoring begonnen'],
  ]);
  for (const each of [wall, anybody]) {
    expect(Object.keys(each)).not.toContain('asked');
    expect(Object.keys(each)).not.toContain('last');
    expect(JSON.stringify(each)).not.toMatch(/pve|person/);
  }
  expect((await send('GET', '/violations', { secret: display })).status).toBe(403);
});
