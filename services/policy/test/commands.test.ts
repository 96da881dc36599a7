import type { Hold, Rule, Violation } from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';

let site: TestSite;
let running: RunningProcess;
const ups = facts('ups-monitor');
const vms = facts('vm-lifecycle');

beforeAll(async () => {
  site = await tempSite('policy');
  running = await startPolicy(site, { ups, vms });
  const vm = { vm: '120', hypervisor: 'pve', node: 'pve1', class: 'participant' } as const;
  await vms.say('vm.found', 'vm/120', {
    ...vm,
    vmid: 120,
    kind: 'qemu',
    name: 'a',
    pool: 'p',
    running: true,
  });
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

interface Answer<Body> {
  readonly status: number;
  readonly etag: string;
  readonly body: Body;
}

async function ask<Body>(
  method: string,
  path: string,
  { json, ...headers }: { json?: object; [header: string]: unknown } = {},
): Promise<Answer<Body>> {
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${running.firstToken}`,
      ...(json && { 'content-type': 'application/json' }),
      ...(headers as Record<string, string>),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    etag: answer.headers.get('etag') ?? '',
    // As the route answers it.
    body: (text === '' ? undefined : JSON.parse(text)) as Body,
  };
}
const list = async <Item>(path: string) => (await ask<{ results: Item[] }>('GET', path)).body.results;
const code = (status: number, code: string) => ({ status, body: { code } });

it('places a hold once for an Idempotency-Key, and releases it as it was read', async () => {
  const json = { target: 'vm/120', for: '1h', because: 'a new disk' };
  const place = (more: object) =>
    ask<Hold>('POST', '/holds', { json: { ...json, ...more }, 'idempotency-key': 'k' });
  await waitFor('the VM is known', async () => (await place({})).status === 201);
  const [first, again] = [await place({}), await place({})];
  expect(again).toEqual(first);
  expect(await place({ for: '2h' })).toMatchObject(code(422, 'idempotency-key-reused'));
  const { id } = first.body;
  expect(await list('/holds?target=vm/120')).toEqual([first.body]);
  expect(await list('/holds?target=vm/121')).toEqual([]);
  const { etag } = await ask('GET', `/holds/${id}`);
  expect((await ask('GET', `/holds/${id}`, { 'if-none-match': etag })).status).toBe(304);
  expect(await ask('DELETE', `/holds/${id}`, { 'if-match': '"x"' })).toMatchObject(code(412, 'stale'));
  expect((await ask('DELETE', `/holds/${id}`, { 'if-match': etag })).status).toBe(204);
  expect(await ask('DELETE', `/holds/${id}`)).toMatchObject(code(404, 'not-found'));
  expect(await ask('GET', `/holds/${id}`)).toMatchObject(code(404, 'not-found'));
});

it('refuses a hold that is too long, or of what nobody knows', async () => {
  const place = (json: object) => ask('POST', '/holds', { json: { because: 'a new disk', ...json } });
  expect(await place({ target: 'vm/120', for: '25h' })).toMatchObject({
    status: 400,
    body: { code: 'too-long', clause: 'SPACE-3', errors: [{ field: 'body.for' }] },
  });
  expect(await place({ target: 'vm/1', for: '1h' })).toMatchObject(code(404, 'not-found'));
});

it('arms a clause as it was read, armed before or not, and refuses a bare one that several rules have', async () => {
  const path = '/rules/power/core-1';
  const set = (mode: string, headers = {}) => ask<Rule>('PUT', path, { json: { mode }, ...headers });
  const before = await ask<Rule>('GET', path);
  expect(before.body).toMatchObject({ rule: 'power', clause: 'CORE-1', mode: 'dry-run' });
  expect(await set('enforce', { 'if-match': '"x"' })).toMatchObject(code(412, 'stale'));
  const armed = await set('enforce', { 'if-match': before.etag });
  expect(armed).toMatchObject({ status: 200, body: { mode: 'enforce' } });
  expect((await ask('GET', path)).body).toEqual(armed.body);
  expect(await set('dry-run', { 'if-match': before.etag })).toMatchObject(code(412, 'stale'));
  expect(await list('/rules?mode=enforce')).toEqual([armed.body]);
  expect(await ask('PUT', '/rules/SPACE-3', { json: { mode: 'enforce' } })).toMatchObject({
    ...code(409, 'ambiguous-clause'),
    body: { errors: [{ allowed: 'power/SPACE-3, keep-running/SPACE-3' }] },
  });
});

it('accepts a violation as it was read, and takes that back', async () => {
  await ups.say('ups.found', 'ups/rack', { ups: 'rack', after: 'unknown', status: 'OL' });
  await ups.say('ups.forced-shutdown-stuck', 'ups/rack', { ups: 'rack', at_contact: true });
  await waitFor('a violation', async () => (await list('/violations?about=ups/rack')).length >= 1);
  const [open] = await list<Violation>('/violations?about=ups/rack&severity=warning');
  const path = `/violations/${open?.violation}`;
  const { etag } = await ask('GET', path);
  const accept = (length: string, headers = {}) =>
    ask<Violation>('PUT', `${path}/acceptance`, { json: { for: length, because: 'ordered' }, ...headers });
  expect(await accept('8785h')).toMatchObject(code(400, 'too-long'));
  const accepted = await accept('48h', { 'if-match': etag });
  expect(accepted.body).toMatchObject({ accepted: { because: 'ordered' } });
  expect((await ask('GET', path)).body).toEqual(accepted.body);
  expect(await accept('1h', { 'if-match': etag })).toMatchObject(code(412, 'stale'));
  expect((await ask('DELETE', `${path}/acceptance`)).status).toBe(204);
  expect(await ask('GET', path)).toMatchObject({ etag });
  expect(await ask('DELETE', '/violations/none/acceptance')).toMatchObject(code(404, 'not-found'));
});

it('lists clauses in the order of the policy, page by page', async () => {
  const clauses = await list<{ position: number; clause: string }>('/clauses?limit=2&offset=1');
  expect(clauses).toMatchObject([{ position: 2 }, { position: 3 }]);
  const { etag } = await ask('GET', '/clauses?limit=2');
  expect((await ask('GET', '/clauses?limit=2', { 'if-none-match': etag })).status).toBe(304);
  expect(await ask('GET', '/clauses/NONE-1')).toMatchObject(code(404, 'not-found'));
  expect(await ask('GET', '/drill?ups=attic')).toMatchObject(code(404, 'not-found'));
});
