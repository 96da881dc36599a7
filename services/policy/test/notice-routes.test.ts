import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NoticeResource } from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import { type MailServer, startMailServer, type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';

const [ann, bob] = ['5f0c1d2e-7a3b-4c4d-9e5f-000000000001', '5f0c1d2e-7a3b-4c4d-9e5f-000000000002'] as const;
const since = '2026-11-30T12:00:00.000Z';
const ups = facts('ups-monitor');
const source = facts('membership', [
  { subject: `member/${ann}`, state: { person: ann, state: 'full', since } },
  { subject: 'directory/main', state: { state: 'known', since } },
]);
/** With what it answers: where Ann's mail goes, and that Bob is in no directory. */
const people: typeof source = {
  ...source,
  create: async (context) => ({
    ...(await source.create(context)),
    answers: {
      contact: ({ person }: { person: string }) =>
        person === ann
          ? { state: 'known', name: 'Ann', enabled: true, mail: ['ann@space.example'], language: 'nl' }
          : { state: 'gone' },
    },
  }),
};
const hooked: { headers: object; body: string }[] = [];
const hook = createServer(async (request, response) => {
  hooked.push({ headers: request.headers, body: Buffer.concat(await request.toArray()).toString() });
  response.end('{}');
});
let site: TestSite;
let server: MailServer;
let running: RunningProcess;
const tokens = new Map<string, string>();

beforeAll(async () => {
  [site, server] = await Promise.all([tempSite('notices'), startMailServer()]);
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;
  const settings = {
    directory: { file: '/var/lib/huismeester/directory.yaml', every: '40s' },
    secrets: { key: 'a key of which nobody knows anything' },
    mail: { url: `smtp://127.0.0.1:${server.port}`, from: 'noreply@space.example' },
    notices: {
      ntfy: { url: `${url}/ntfy`, topic: 'infra', token: 'tk_secret' },
      webhook: { url: `${url}/hook` },
    },
  };
  running = await startPolicy(site, { ups, vms: facts('vm-lifecycle'), people, settings });
  tokens.set('administrator', running.firstToken ?? '');
  for (const role of ['infrateam', 'participant']) {
    const json = { name: `a ${role}`, role };
    tokens.set(role, (await ask('POST', '/tokens', { json })).body.secret);
  }
});
afterAll(async () => {
  await running.close();
  await server.close();
  hook.close();
  await site.remove();
});

async function ask(
  method: string,
  path: string,
  { json, role = 'administrator' }: { json?: object; role?: string } = {},
) {
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens.get(role)}`,
      ...(json && { 'content-type': 'application/json' }),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}

test('a test is sent to somebody by the team, and says what became of it', async () => {
  const asked = await ask('POST', '/notices/test', { role: 'infrateam', json: { person: ann } });
  expect(asked).toMatchObject({ status: 201, body: { kind: 'test', to: ann, state: 'queued' } });
  const path = asked.headers.get('location')?.replace('/api/v1', '') ?? '';
  await waitFor('it is sent', async () => (await ask('GET', path)).body.state === 'handed' || undefined);
  expect(server.mails[0]?.to).toEqual(['ann@space.example']);
  const gone = await ask('POST', '/notices/test', { json: { person: bob } });
  await waitFor('it failed', async () => {
    const { body } = await ask('GET', `/notices/${gone.body.id}`);
    return body.state === 'failed-for-good' || undefined;
  });
});

test('nobody else has one sent to another, or sees what others get', async () => {
  const refused = await ask('POST', '/notices/test', { role: 'participant', json: { person: ann } });
  expect(refused).toMatchObject({ status: 403, body: { code: 'not-yours' } });
  expect((await ask('GET', '/notices', { role: 'participant' })).body.results).toEqual([]);
});

test('they are a list: newest first if asked for, by who they are to, what they are and how far, a page at a time', async () => {
  const list = async (query: string) => {
    const { results, count, next } = (await ask('GET', `/notices?${query}`)).body;
    return { to: results.map(({ to }: NoticeResource) => to), count, next };
  };
  expect(await list('kind=test&order=-queued')).toEqual({ to: [bob, ann], count: 2, next: null });
  expect(await list('kind=test&order=queued&limit=1')).toEqual({
    to: [ann],
    count: 2,
    next: '/api/v1/notices?kind=test&order=queued&limit=1&offset=1',
  });
  expect(await list(`kind=test&to=${ann}`)).toMatchObject({ to: [ann], count: 1 });
  expect(await list('kind=test&state=failed-for-good&about=mail/test&urgency=now')).toMatchObject({
    to: [bob],
  });
  expect(await list('kind=test&urgency=digest')).toMatchObject({ to: [], count: 0 });
  expect((await ask('GET', '/notices?order=attempts')).status).toBe(400);
});

test('that one was not reached is a violation, and in the next digest of the team', async () => {
  await waitFor('the violation', async () => {
    const { body } = await ask('GET', '/violations?kind=notice-failed');
    return body.results[0]?.about === `person/${bob}` || undefined;
  });
  const given = await waitFor('it is given to each of the team', async () => {
    const { results } = (await ask('GET', '/notices?kind=violation:notice-failed')).body;
    return results.some(({ to }: NoticeResource) => to === ann) && results;
  });
  expect(new Set(given.map(({ urgency }: NoticeResource) => urgency))).toEqual(new Set(['digest']));
});

test('a power cut is said at once, to each of the team and to the targets, without names or secrets', async () => {
  const data = { ups: 'rack', since: new Date().toISOString(), charge_pct: 100, runtime_s: 3600 };
  await ups.say('ups.on-battery', 'ups/rack', data as never);
  await waitFor(
    'the mail',
    () => server.mails.some((mail) => mail.source.includes('Stroomstoring')) || undefined,
  );
  const sent = () => hooked.map(({ body }) => JSON.parse(body));
  // Each of them, and not the digest, whose time may come meanwhile.
  const pushed = await waitFor('ntfy', () =>
    sent().find(({ title }) => title === 'Stroomstoring bij UPS rack'),
  );
  expect(pushed).toMatchObject({ topic: 'infra', priority: 4 });
  const isCut = { kind: 'power-cut', about: 'ups/rack' };
  await waitFor('the webhook', () =>
    sent().some(({ notices = [] }) =>
      notices.some(({ kind, about }: typeof isCut) => kind === isCut.kind && about === isCut.about),
    ),
  );
  expect(hooked.some(({ headers }) => JSON.stringify(headers).includes('Bearer tk_secret'))).toBe(true);
  expect(JSON.stringify(sent())).not.toMatch(/Ann|space\.example|tk_secret/);
});

test('metrics say how many wait', async () => {
  await waitFor('they are counted', async () => {
    const answer = await fetch(`${running.url}/metrics`);
    return (await answer.text()).includes('huismeester_notices{') || undefined;
  });
});
