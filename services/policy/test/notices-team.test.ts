import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMailServer, waitFor } from '@huismeester/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { remind } from '../src/notices/remind.ts';
import { member, violation } from '../src/schema.ts';
import {
  day,
  hour,
  minute,
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
  const of = (id: string, accepted: object | null, cause = '') =>
    ({
      id: `${id}${cause}`,
      version: 1,
      kind: 'k',
      subject: `core/${id}`,
      cause,
      found: { ...found, subject: `core/${id}`, cause },
      since,
      accepted,
    }) as never;
  await outbox.database.orm
    .insert(violation)
    .values([of('uplink', null), of('uplink', null, 'other'), of('website', { until: 1e14 })]);
  const reminded = async () => (await outbox.rows('')).map((row) => `${row.kind} ${row.subject}`);
  const after = async (ms: number) => {
    outbox.clock.advance(ms);
    await remind(base.database, outbox.clock.now());
    return await reminded();
  };
  expect(await after(6 * day)).toEqual([]);
  expect(await after(1.5 * day)).toEqual(['violation:k core/uplink', 'violation:k core/uplink']);
  expect(await after(6 * day)).toHaveLength(2);
  // By the sender itself, an hour before the digest. It looks each second, and so does the test: another week does not pass meanwhile.
  outbox.clock.advance(1.5 * day);
  await waitFor('it is said again', async () => {
    outbox.clock.advance(1_000);
    return (await reminded()).length === 4;
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

it('does not wait for a name that cannot be asked for now', async () => {
  await open({ notices: { webhook: { url: url(), names: true } } });
  const person = outbox.person({ name: 'Ann de Boer' });
  outbox.people.set(person, 'away');
  hooked.splice(0);
  await outbox.queue(
    noticeTo('', { kind: 'violation:vm-owner-gone', subject: `person/${person}`, to: 'team' }),
  );
  expect(hooked).toHaveLength(1);
  expect(await outbox.rows('webhook')).toMatchObject([{ state: 'handed' }]);
});

it('tries a webhook that is away again, and gives it up after a day', async () => {
  await open({ notices: { webhook: { url: 'http://127.0.0.1:1/hook' } } });
  await outbox.queue(noticeTo('', { kind: 'power-cut', subject: 'ups/rack', to: 'team' }));
  const [row] = await outbox.rows('webhook');
  expect(row).toMatchObject({ state: 'queued', attempts: 1, error: 'webhook cannot be reached' });
  await outbox.pass(26 * hour, 6.5 * hour);
  expect(await outbox.rows('webhook')).toMatchObject([{ state: 'dropped' }]);
  expect(await outbox.events()).not.toContain('notice.failed');
});

describe('while the register of the team is not read yet', () => {
  const waits = (moment: string, to: 'team' | { person: string } = 'team') =>
    noticeTo('', { kind: 'core-outage', subject: `incident/${moment}`, moment, to, urgency: 'digest' });
  const space = async (start: string) => {
    const server = await startMailServer();
    const mail = { url: `smtp://127.0.0.1:${server.port}`, from: 'noreply@space.example' };
    outbox = await startOutbox(base, { mail }, { start: new Date(start), hasDirectory: true });
    const person = outbox.person();
    const isRead = () =>
      outbox.database.orm.insert(member).values({ key: person, state: { state: 'full' } as never });
    return { server, person, isRead };
  };

  it('what goes to the team waits for it, and then for the digest: all of it in one', async () => {
    const { server, person, isRead } = await space('2026-12-01T10:00:00Z');
    try {
      await outbox.queue(waits('1'));
      await outbox.pass(5_000, 5_000);
      await outbox.queue(waits('2'));
      expect(await outbox.rows(person)).toEqual([]);
      await isRead();
      await outbox.pass(5 * minute, minute);
      expect(await outbox.rows(person)).toMatchObject([{ state: 'queued' }, { state: 'queued' }]);
      expect(server.mails).toHaveLength(0);
      await outbox.pass(22 * hour, 22 * hour);
      expect(server.mails).toHaveLength(1);
    } finally {
      await server.close();
    }
  });

  it('who got a digest that day gets what came late in the next one; who got none gets it at once', async () => {
    const { server, person, isRead } = await space('2026-12-02T07:29:30Z');
    try {
      const other = outbox.person();
      await outbox.queue(waits('1'), waits('2', { person }));
      await outbox.pass(minute, 15_000);
      expect(server.mails).toHaveLength(1);
      await outbox.database.orm.insert(member).values({ key: other, state: { state: 'full' } as never });
      await isRead();
      await outbox.pass(minute, 15_000);
      expect(await outbox.rows(other)).toMatchObject([{ state: 'handed' }]);
      const states = async () => new Set((await outbox.rows(person)).map((row) => row.state));
      expect(await states()).toEqual(new Set(['handed', 'queued']));
      await outbox.pass(day, day);
      expect(await states()).toEqual(new Set(['handed']));
      expect(server.mails).toHaveLength(3);
    } finally {
      await server.close();
    }
  });
});
