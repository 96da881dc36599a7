import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { remind } from '../src/notices/remind.ts';
import { violation } from '../src/schema.ts';
import {
  day,
  hour,
  noticeTo,
  type Outbox,
  type OutboxDatabase,
  openOutboxDatabase,
  startOutbox,
} from './outbox.ts';

/* What goes to the team as a whole. */

let base: OutboxDatabase;
let outbox: Outbox;
let hook: Server;
const hooked: string[] = [];

beforeAll(async () => {
  base = await openOutboxDatabase();
  hook = createServer(async (request, response) => {
    hooked.push(Buffer.concat(await request.toArray()).toString());
    response.end('{}');
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
});
afterEach(() => outbox.close());
afterAll(async () => {
  hook.close();
  await base.close();
});

const open = async (settings: object) => {
  outbox = await startOutbox(base, settings);
};
const url = () => `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;

it('names what is still open again after a week, and not before, nor once it is accepted', async () => {
  await open({});
  const since = outbox.clock.now();
  const found = {
    kind: 'k',
    subject: 'core/uplink',
    severity: 'warning',
    clause: 'CORE-3',
    reasons: [],
    evidence: [],
  } as const;
  const of = (id: string, accepted: object | null) =>
    ({
      id,
      version: 1,
      kind: 'k',
      subject: `core/${id}`,
      cause: '',
      found: { ...found, subject: `core/${id}` },
      since,
      accepted,
    }) as never;
  await outbox.database.orm.insert(violation).values([of('uplink', null), of('website', { until: 1e14 })]);
  const reminded = async () => (await outbox.rows('')).map((row) => `${row.kind} ${row.subject}`);
  const after = async (ms: number) => {
    outbox.clock.advance(ms);
    await remind(base.database, outbox.clock.now());
    return await reminded();
  };
  expect(await after(6 * day)).toEqual([]);
  expect(await after(1.5 * day)).toEqual(['violation:k core/uplink']);
  expect(await after(6 * day)).toHaveLength(1);
  // By the sender itself, an hour before the digest. It looks each second, and so does the test: another week does not pass meanwhile.
  outbox.clock.advance(1.5 * day);
  await waitFor('it is said again', async () => {
    outbox.clock.advance(1_000);
    return (await reminded()).length === 2;
  });
});

it.each([
  ['by their ids alone', {}, undefined],
  ['by name where settings say so', { names: true }, 'Ann de Boer'],
])('names people to a webhook %s', async (_, more, name) => {
  await open({ notices: { webhook: { url: url(), ...more } } });
  const person = outbox.person({ name: 'Ann de Boer' });
  const about = { kind: 'violation:vm-owner-gone', subject: `person/${person}`, to: 'team' } as const;
  hooked.splice(0);
  await outbox.queue(noticeTo('', about));
  const [body = ''] = hooked;
  expect(hooked).toHaveLength(1);
  expect(JSON.parse(body).notices).toMatchObject([
    { about: `person/${person}`, ...(name !== undefined && { name }) },
  ]);
  expect(body.includes('Ann')).toBe(name !== undefined);
  // Nor is it kept.
  expect(JSON.stringify(await outbox.rows())).not.toContain('Ann');
});

it('tries a webhook that is away again, and gives it up after a day', async () => {
  await open({ notices: { webhook: { url: 'http://127.0.0.1:1/hook' } } });
  await outbox.queue(noticeTo('', { kind: 'power-cut', subject: 'ups/rack', to: 'team' }));
  const [row] = await outbox.rows('webhook');
  expect(row).toMatchObject({ state: 'queued', attempts: 1, error: 'webhook cannot be reached' });
  await outbox.pass(26 * hour, hour);
  expect(await outbox.rows('webhook')).toMatchObject([{ state: 'dropped' }]);
  expect(await outbox.events()).not.toContain('notice.failed');
});
