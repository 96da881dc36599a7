import type { AdviceResource, ReportResource } from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import {
  type MailAnswer,
  type MailServer,
  startMailServer,
  type TestSite,
  tempSite,
  waitFor,
} from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { midnightOf, monthOf } from '../src/report/core/range.ts';
import { forwardingLink } from '../src/report/forwarding/link.ts';
import { eventLog } from '../src/schema.ts';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';

const [ann, bob] = ['5f0c1d2e-7a3b-4c4d-9e5f-000000000001', '5f0c1d2e-7a3b-4c4d-9e5f-000000000002'] as const;
const zone = 'Europe/Amsterdam';
const key = 'a key of which nobody knows anything';
/** The month before this one: it is over. */
const month = monthOf(monthOf(Date.now(), zone).from - 1, zone);
const dayOf = (at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);
const asked = { from: dayOf(month.from), to: dayOf(month.to) };
const id = asked.from.slice(0, 7);
const during = (hours: number) => new Date(month.from + hours * 60 * 60_000);
const since = '2026-01-30T12:00:00.000Z';

const [ups, vms, network] = [facts('ups-monitor'), facts('vm-lifecycle'), facts('netwatch')];
const source = facts('membership', [{ subject: 'directory/main', state: { state: 'known', since } }]);
const people: typeof source = {
  ...source,
  create: async (context) => ({
    ...(await source.create(context)),
    answers: {
      contact: ({ person }: { person: string }) =>
        person === ann
          ? {
              state: 'known',
              name: 'Ann <b>de Boer',
              enabled: true,
              mail: ['ann@space.example'],
              language: 'en',
              notices: 'none',
            }
          : { state: 'gone' },
    },
  }),
};
let site: TestSite;
let server: MailServer;
/** What it answers to an address. */
let answer: MailAnswer;
let running: RunningProcess;
const tokens = new Map<string, string>();

beforeAll(async () => {
  [site, server] = await Promise.all([tempSite('report'), startMailServer({ onRecipient: () => answer })]);
  const settings = {
    directory: { file: '/var/lib/huismeester/directory.yaml', every: '40s' },
    secrets: { key },
    http: { port: 0, publicUrl: 'https://infra.space.example' },
    mail: { url: `smtp://127.0.0.1:${server.port}`, from: 'noreply@space.example' },
  };
  running = await startPolicy(site, { ups, vms, network, people, settings });
  tokens.set('administrator', running.firstToken ?? '');
  for (const role of ['infrateam', 'trial', 'board', 'participant', 'service']) {
    const json = { name: `a ${role}`, role };
    tokens.set(role, (await ask<{ secret: string }>('POST', '/tokens', { json })).body.secret);
  }
  const began = during(48).toISOString();
  await ups.say('ups.on-battery', 'ups/rack', { ups: 'rack', since: began }, during(48));
  await ups.say(
    'ups.on-mains',
    'ups/rack',
    { ups: 'rack', since: began, lasted_s: 1680 },
    new Date(during(48).getTime() + 1_680_000),
  );
  await people.say('member.imported', `member/${ann}`, { person: ann, state: 'full' }, during(24));
  await people.say(
    'person.changed',
    `person/${ann}`,
    { person: ann, enabled: true, groups: ['team', 'board'], roles: [] },
    during(24),
  );
  await people.say('member.left', `member/${bob}`, { person: bob, how: 'left', by: [bob] }, during(72));
});
afterAll(async () => {
  await running.close();
  await server.close();
  await site.remove();
});

async function ask<Body>(
  method: string,
  path: string,
  {
    json,
    role = 'administrator',
    ...headers
  }: { json?: object; role?: string; [header: string]: unknown } = {},
) {
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens.get(role)}`,
      ...(json && { 'content-type': 'application/json' }),
      ...(headers as Record<string, string>),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  // As the route answers it.
  return { status: answer.status, text, body: (isJson ? JSON.parse(text) : undefined) as Body };
}
const linkOf = (report: string, person: string) =>
  forwardingLink({ publicUrl: 'https://infra.space.example', key }, report, person);
/** Presses the button of the page behind a link. */
async function press(link: string | undefined): Promise<unknown> {
  const [url = '', signed] = `${link}`.split('#');
  const answer = await fetch(`${running.url}${new URL(url).pathname}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ link: signed }),
  });
  return await answer.json();
}
const decoded = (mail: string) =>
  Buffer.from(
    mail
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();

describe('a report', () => {
  it('is made of what was read, once, and of days that are over', async () => {
    const first = await ask<ReportResource>('POST', '/reports', { json: asked, role: 'infrateam' });
    expect(first).toMatchObject({ status: 201, body: { id, how: 'on-demand', deliveries: [] } });
    const { happened, state } = first.body.data;
    expect(happened.cuts).toMatchObject([{ ups: ['rack'], lasted_s: 1680 }]);
    expect(happened.left).toMatchObject([{ person: bob }]);
    expect(state.team).toEqual([{ person: ann, state: 'full', board: true }]);
    expect(await ask('POST', '/reports', { json: asked })).toMatchObject({
      status: 409,
      body: { code: 'exists' },
    });
    const tomorrow = { from: asked.to, to: dayOf(Date.now() + 48 * 60 * 60_000) };
    expect(await ask('POST', '/reports', { json: tomorrow })).toMatchObject({
      status: 400,
      body: { code: 'wrong-range', errors: [{ field: 'body.to' }] },
    });
    expect((await ask('POST', '/reports', { json: { from: asked.from, to: asked.from } })).status).toBe(400);
  });

  it('reaches the board member in the team whatever they chose, in Dutch, with names; and that is recorded', async () => {
    expect((await ask('POST', `/reports/${id}/sending`, { role: 'board' })).status).toBe(200);
    await waitFor('the mail is there', () => server.mails.length === 1);
    const [mail] = server.mails;
    expect(mail?.to).toEqual(['ann@space.example']);
    expect(mail?.header('auto-submitted')).toBe('auto-generated');
    const text = decoded(mail?.source ?? '');
    expect(text).toContain('In het kort');
    expect(text).toContain('Het team heeft 1 volledig lid (Ann <b>de Boer)');
    expect(text).toContain('Iemand die geen deelnemer meer is ging op');
    expect(text).toContain('Ann &lt;b&gt;de Boer');
    expect(text).toContain('(28 minuten), bij UPS rack');
    const [link] = /https:\/\/infra\.space\.example\/api\/v1\/forwardings#[\w.-]+/.exec(text) ?? [];
    expect(link).toBe(linkOf(id, ann));
    expect(text.indexOf(`${link}`)).toBeLessThan(text.indexOf('In het kort'));
    const found = await waitFor('it is recorded', async () => {
      const { body } = await ask<ReportResource>('GET', `/reports/${id}`);
      return body.deliveries.some((each) => each.state === 'delivered') ? body : undefined;
    });
    expect(found).toMatchObject({ deliveries: [{ to: ann, state: 'delivered' }] });
    expect(JSON.stringify(found)).not.toMatch(/Boer|space\.example/);
  });

  it('is marked as passed on by a board member alone, once', async () => {
    expect((await ask('POST', `/reports/${id}/forwarding`, { role: 'infrateam' })).status).toBe(403);
    expect((await ask('GET', `/reports/${id}/forwarding`, { role: 'board' })).status).toBe(405);
    const forwarded = await ask<ReportResource>('POST', `/reports/${id}/forwarding`, { role: 'board' });
    expect(forwarded).toMatchObject({ status: 200, body: { forwarded: { by: 'a board' } } });
    expect((await ask<ReportResource>('POST', `/reports/${id}/forwarding`, { role: 'board' })).body).toEqual(
      forwarded.body,
    );
    const logged = await running.database.orm.select().from(eventLog).orderBy(eventLog.position);
    const types = logged.map(({ type }) => type).filter((type) => type.startsWith('report.'));
    expect(types).toEqual(['report.made', 'report.delivered', 'report.forwarded']);
  });

  it('is marked so by the link in its mail as well, with one click, by who is in the board now', async () => {
    const days = { from: asked.from, to: `${id}-11` };
    const made = await ask<ReportResource>('POST', '/reports', { json: days });
    const read = () => ask<ReportResource>('GET', `/reports/${made.body.id}`);
    const link = linkOf(made.body.id, ann);
    const page = await fetch(`${running.url}/api/v1/forwardings`);
    expect(await page.text()).toContain('<button id="press"');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(await press(linkOf(made.body.id, bob))).toEqual({ result: 'not-board' });
    expect(await press(`${link}x`)).toEqual({ result: 'invalid' });
    expect(await press(linkOf('2001-01', ann))).toEqual({ result: 'missing' });
    expect((await read()).body).not.toHaveProperty('forwarded');
    expect(await press(link)).toEqual({ result: 'forwarded' });
    const { forwarded } = (await read()).body;
    expect(forwarded).toMatchObject({ by: `person:${ann}` });
    expect(await press(link)).toEqual({ result: 'already' });
    expect((await read()).body.forwarded).toEqual(forwarded);
  });

  it.each([
    ['text', 'Infraverslag'],
    ['markdown', '# Infraverslag'],
    ['html', '<!doctype html>'],
  ])('is shown as %s', async (form, start) => {
    const shown = await ask('GET', `/reports/${id}/${form}`, { role: 'trial' });
    expect(shown.status).toBe(200);
    expect(shown.text.startsWith(start)).toBe(true);
    const preview = await ask('GET', `/reports/preview?from=${asked.from}&to=${asked.to}&format=${form}`);
    expect(preview.text).toContain('nog niet gemaakt');
  });

  it('is the same when it is made again of the same events', async () => {
    const { body } = await ask<ReportResource>('GET', `/reports/${id}`);
    const preview = await ask('GET', `/reports/preview?from=${asked.from}&to=${asked.to}`);
    expect(preview.body).toEqual(body.data);
  });

  it('that is refused for good has failed, with the code', async () => {
    answer = { code: 550 };
    expect((await ask('POST', `/reports/${id}/sending`)).status).toBe(200);
    const found = await waitFor('it has failed', async () => {
      const { body } = await ask<ReportResource>('GET', `/reports/${id}`);
      return body.deliveries.some((each) => each.state === 'failed') ? body : undefined;
    });
    // It reached her before, and that stays so.
    const failed = { to: ann, state: 'failed', because: 'refused', code: 550 };
    expect(found.deliveries).toMatchObject([{ ...failed, delivered: expect.any(String) }]);
    const logged = await running.database.orm.select().from(eventLog).orderBy(eventLog.position);
    expect(logged.findLast(({ type }) => type === 'report.failed')?.data).toMatchObject({
      report: id,
      code: 550,
    });
  });

  it('is watched: BOARD-2 is kept as long as the last one reached somebody', async () => {
    const found = await waitFor('it is looked at', async () => {
      const { body } = await ask<{ status: string; watchedBy: string[] }>('GET', '/clauses/BOARD-2');
      return body.status === 'unknown' ? undefined : body;
    });
    expect(found).toMatchObject({ status: 'kept', watchedBy: ['report'] });
  });

  it.each(['participant', 'service'])('is not for a %s', async (role) => {
    for (const path of ['/reports', `/reports/${id}`, `/reports/${id}/html`, '/advice']) {
      expect((await ask('GET', path, { role })).status).toBe(403);
    }
  });

  it('that is not there is not found, and a day that is none is refused', async () => {
    expect((await ask('GET', '/reports/2001-01/text')).status).toBe(404);
    expect((await ask('POST', '/reports/2001-01/sending')).status).toBe(404);
    expect((await ask('GET', '/reports/preview?from=2026-02-30&to=2026-03-01')).status).toBe(400);
    expect(await ask('GET', '/reports/preview?from=2026-02-01')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'query.to', allowed: 'both days, or neither of them' }] },
    });
    const soFar = await ask<{ from: string }>('GET', '/reports/preview');
    expect(soFar.body.from).toBe(new Date(monthOf(Date.now(), zone).from).toISOString());
    expect(midnightOf('2026-03-01', zone)).toBeGreaterThan(0);
  });
});

test('advice is written, changed, given and answered, and then it stays', async () => {
  const json = { title: 'Een tweede verbinding', text: 'De eerste viel zes keer uit.' };
  expect((await ask('POST', '/advice', { json, role: 'board' })).status).toBe(403);
  const written = await ask<AdviceResource>('POST', '/advice', { json, role: 'infrateam' });
  expect(written).toMatchObject({ status: 201, body: { ...json, state: 'open' } });
  const path = `/advice/${written.body.id}`;
  const said = { json: { answer: 'Akkoord.' }, role: 'board' };
  expect(await ask('POST', `${path}/answer`, said)).toMatchObject({
    status: 409,
    body: { code: 'not-given' },
  });
  const changed = { ...json, text: 'De eerste viel zeven keer uit.' };
  expect(await ask('PUT', path, { json: changed, role: 'infrateam', 'if-match': '"x"' })).toMatchObject({
    status: 412,
  });
  expect(await ask('PUT', path, { json: changed, role: 'infrateam' })).toMatchObject({
    status: 200,
    body: changed,
  });
  expect(await ask('POST', `${path}/giving`, { role: 'infrateam' })).toMatchObject({
    body: { state: 'given' },
  });
  expect(await ask('PUT', path, { json, role: 'infrateam' })).toMatchObject({
    status: 409,
    body: { code: 'too-late' },
  });
  const preview = () =>
    ask('GET', `/reports/preview?from=${asked.from}&to=${dayOf(Date.now() + 86_400_000)}&format=text`);
  expect((await preview()).text).toContain('De eerste viel zeven keer uit.');
  expect(await ask('POST', `${path}/answer`, said)).toMatchObject({
    status: 200,
    body: { state: 'answered', answer: 'Akkoord.' },
  });
  expect((await preview()).text).toContain('«Een tweede verbinding»');
  expect(await ask('DELETE', path, { role: 'infrateam' })).toMatchObject({
    status: 409,
    body: { code: 'too-late' },
  });
  expect((await ask<{ count: number }>('GET', '/advice?state=answered', { role: 'trial' })).body.count).toBe(
    1,
  );
});
