import type { ServiceReport } from '@huismeester/contracts';
import { type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger, type Role, type RunningProcess, runServices } from '../src/index.ts';
import { type Answer, ask } from './sample/ask.ts';
import { allRoles, sampleService } from './sample/service.ts';
import { siteIn } from './sample/settings.ts';

let site: TestSite;
let running: RunningProcess;
const sample = sampleService();
const secret = 'policy-and-ups-monitor';

beforeAll(async () => {
  site = await tempSite('operation');
  const services = `services: { policy: { url: "http://127.0.0.1:9", secret: ${secret} } }`;
  const settings = siteIn(site.path, services, site.url);
  const logger = createLogger({ level: 'silent' });
  running = await runServices(settings, { 'ups-monitor': sample.create }, { version: '1.2.3', logger });
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

const unknown = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d';
const local = (path: string, question = {}) =>
  ask(`http://local/api/v1${path}`, { ...question, socket: running.socket });

/** Asks as somebody with that role. */
async function asking(role: Role, path: string, method = 'GET') {
  const made = role === 'service' ? secret : (await newToken(role)).body.secret;
  return await ask(`${running.url}/api/v1${path}`, { method, token: made });
}
let made = 0;
const newToken = (role: Role) => {
  made += 1;
  return local('/tokens', { method: 'POST', json: { name: `a ${role} ${made}`, role } });
};

describe('who looks after a service', () => {
  test.each(allRoles)('%s', async (role) => {
    const looks = ['infrateam', 'administrator', 'service'].includes(role);
    const acts = looks && role !== 'service';
    const replay = `/ups-monitor/dead-letters/${unknown}/replay`;
    const statuses = [
      (await asking(role, '/ups-monitor/status')).status,
      (await asking(role, '/ups-monitor/dead-letters')).status,
      (await asking(role, replay, 'POST')).status,
    ];
    expect(statuses).toEqual([looks ? 200 : 403, looks ? 200 : 403, acts ? 404 : 403]);
  });
});

test('the status tells how far the log is, and what is not ready', async () => {
  const before: ServiceReport = (await local('/ups-monitor/status')).body;
  expect(before).toMatchObject({
    service: 'ups-monitor',
    version: '1.2.3',
    consumers: [],
    ready: true,
    site: { id: expect.any(String) },
    broker: { reconnects: 0 },
    publisher: { lag: expect.any(Number) },
  });
  expect(before).not.toHaveProperty('tasks');
  await local('/sample/events', { method: 'POST' });
  sample.parts = [{ name: 'ups-monitor: sample', ready: false, detail: 'it snows' }];
  const after: ServiceReport = (await local('/ups-monitor/status')).body;
  expect(after).toMatchObject({ head: before.head + 1, epoch: before.epoch, ready: false });
  expect(after.waiting).toContain('ups-monitor waits for ups-monitor: sample: it snows');
});

test('what was appended is counted by type', async () => {
  await local('/sample/events', { method: 'POST' });
  const { body: text } = await ask(`${running.url}/metrics`);
  expect(text).toMatch(
    /^huismeester_events_total\{service="ups-monitor",type="ups.replace-battery"\} [1-9]\d*$/m,
  );
});

test('a dead letter that is none is a problem that says what may have become of it', async () => {
  const { status, body }: Answer = await local(`/ups-monitor/dead-letters/${unknown}/replay`, {
    method: 'POST',
  });
  expect([status, body.code]).toEqual([404, 'not-found']);
  expect(body.detail).toContain('replayed already');
  const allowed = 'one that GET /api/v1/ups-monitor/dead-letters lists';
  expect(body.errors).toEqual([{ field: 'params.id', found: `"${unknown}"`, allowed }]);
});

test('an id of a dead letter is a uuid', async () => {
  const { status, body }: Answer = await local('/ups-monitor/dead-letters/abc/replay', { method: 'POST' });
  const allowed = expect.stringMatching(/^an id \(uuid\), such as /);
  expect([status, body.errors]).toEqual([400, [{ field: 'params.id', found: 'another text', allowed }]]);
});

test('the news has a document and a page, for anyone and without scripts', async () => {
  const document = await ask(`${running.url}/asyncapi.json`);
  expect(document.body).toMatchObject({ asyncapi: '3.1.0', channels: expect.any(Object) });
  const page = await ask(`${running.url}/docs/events`);
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
});
