import { RenewalLink } from '@huismeester/contracts';
import { verifyLink } from '@huismeester/service';
import { type MailAnswer, type MailServer, startMailServer } from '@huismeester/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Letters } from '../src/notices/letters.ts';
import { violation } from '../src/schema.ts';
import {
  day,
  hour,
  leaseIdOf,
  minute,
  noticeTo,
  type Outbox,
  type OutboxDatabase,
  openOutboxDatabase,
  startOutbox,
} from './outbox.ts';

const key = 'k'.repeat(32);
let base: OutboxDatabase;
let server: MailServer;
let outbox: Outbox;
/** What the server answers to an address, and to a message. */
let answer: (address: string) => MailAnswer;
let answerData: () => MailAnswer;

async function open(more: object = {}, ...letters: readonly [string, Letters][]): Promise<void> {
  answer = () => undefined;
  answerData = () => undefined;
  server = await startMailServer({ onRecipient: (to) => answer(to), onMessage: () => answerData() });
  const settings = { mail: mailOf(server.port), ...more };
  outbox = await startOutbox(base, settings, { letters: new Map(letters) });
}
const mailOf = (port: number) => ({
  url: `smtp://127.0.0.1:${port}`,
  from: 'Huismeester <noreply@space.example>',
});

beforeAll(async () => {
  base = await openOutboxDatabase();
});
afterEach(async () => {
  await outbox.close();
  await server.close();
});
afterAll(() => base.close());

const decoded = (source: string) =>
  Buffer.from(
    source
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
const bodies = () => server.mails.map(({ source }) => decoded(source));
const state = async (person: string) => (await outbox.rows(person)).map((row) => row.state);

describe('a letter', () => {
  it('that cannot be put together yet waits, and goes as it is then, whatever a person has chosen', async () => {
    let letter: Awaited<ReturnType<Letters['write']>> = 'not-now';
    const ended: unknown[] = [];
    await open({}, [
      'report',
      {
        write: async () => letter,
        ended: async (_, { state }, { failure }) => {
          ended.push({ state, failure });
          return [];
        },
      },
    ]);
    const person = outbox.person({ notices: 'none' });
    const about = { kind: 'report', subject: 'report/2026-10', severity: 'info', clause: 'BOARD-2' } as const;
    await outbox.queue({ ...about, moment: 'm', to: { person }, urgency: 'now', reasons: [] });
    await outbox.pass(2 * minute);
    expect(await outbox.rows(person)).toMatchObject([{ state: 'queued', attempts: 0 }]);
    letter = { subject: 'Verslag', text: 'Zo was het.', html: '<p>Zo was het.</p>' };
    await outbox.pass(10 * minute);
    expect(bodies()).toEqual([expect.stringContaining('Zo was het.')]);
    expect(await state(person)).toEqual(['handed']);
    expect(ended).toEqual([{ state: 'queued', failure: undefined }]);
    // Its own events are said of it, and no others.
    expect(await outbox.events()).toEqual([]);
  });
});

describe('a notice', () => {
  it('is sent at once, once, whatever is queued again, and neither name nor address is stored', async () => {
    await open();
    const person = outbox.person({ name: 'Ann "de" Boer' });
    await outbox.queue(noticeTo(person));
    await outbox.queue(noticeTo(person));
    await outbox.pass(10 * minute);
    expect(server.mails).toHaveLength(1);
    const [row] = await outbox.rows(person);
    expect(row).toMatchObject({ state: 'handed', attempts: 1, error: null });
    expect(server.mails[0]?.header('message-id')).toBe(`<${row?.message}>`);
    expect(JSON.stringify(row)).not.toMatch(/space\.example|Boer/);
    expect(await outbox.events()).toEqual(['notice.sent']);
    const [text] = bodies();
    expect(text).toContain('VM 104 (box104) gaat op vrijdag 4 december');
    expect(text).toContain('18:00');
    expect(text).toContain('huismeester vm renew 104');
    expect(text).toContain('PART-4');
  });

  it('has a link that renews, signed in its fragment, where people can reach us; in English for who reads that', async () => {
    await open({ http: { port: 0, publicUrl: 'https://huismeester.space.example/' }, secrets: { key } });
    const person = outbox.person({ language: 'en' });
    await outbox.queue(noticeTo(person));
    const [text = ''] = bodies();
    expect(text).toContain('VM 104 (box104) is switched off on Friday');
    const link = /https:\/\/huismeester\.space\.example\/api\/v1\/renewals#([\w.-]+)/.exec(text)?.[1] ?? '';
    expect(verifyLink(key, RenewalLink, link)).toEqual({
      lease: leaseIdOf('vm/104', person),
      number: 3,
      ends: '2026-12-04T12:00:00.000Z',
      person,
      until: '2026-12-04T17:00:00.000Z',
    });
  });

  it('that was recorded and not sent goes out again as the same message, and no other', async () => {
    await open();
    const person = outbox.person();
    // The server takes it, and the answer is lost: nobody here knows.
    answerData = () => 'drop';
    await outbox.queue(noticeTo(person));
    const [before] = await outbox.rows(person);
    expect(before).toMatchObject({ state: 'queued', attempts: 1 });
    answerData = () => undefined;
    await outbox.restart();
    await outbox.pass(3 * minute);
    expect(server.mails.map((mail) => mail.header('message-id'))).toEqual([`<${before?.message}>`]);
    expect(await state(person)).toEqual(['handed']);
  });
});

describe('a refusal', () => {
  it('for good is one for this person alone', async () => {
    await open();
    const [ann, bad] = [outbox.person(), outbox.person()];
    answer = (to) => (to.includes(bad) ? { code: 550 } : undefined);
    await outbox.queue(noticeTo(ann), noticeTo(bad));
    expect(await state(ann)).toEqual(['handed']);
    const [row] = await outbox.rows(bad);
    expect(row).toMatchObject({ state: 'failed-for-good', nextAt: null });
    expect(row?.error).toContain('550');
    expect(new Set(await outbox.events())).toEqual(new Set(['notice.failed', 'notice.sent']));
  });

  it('for now is tried after 5, 15 and 60 minutes, then hourly, and given up after a day without a word that it failed for good', async () => {
    await open();
    const person = outbox.person();
    const tried: number[] = [];
    const began = outbox.clock.now().getTime();
    answer = () => {
      tried.push(Math.round((outbox.clock.now().getTime() - began) / minute));
      return { code: 451 };
    };
    await outbox.queue(noticeTo(person));
    for (const minutes of [5, 15, 60, 60]) await outbox.pass(minutes * minute, minutes * minute);
    for (const hours of [5, 5, 5, 5, 1, 1, 1]) await outbox.pass(hours * hour, hours * hour);
    expect(tried.slice(0, 5)).toEqual([0, 5, 20, 80, 140]);
    expect(tried.at(-1)).toBeLessThanOrEqual(24 * 60);
    const [row] = await outbox.rows(person);
    expect(row).toMatchObject({ state: 'dropped' });
    expect(row?.error).toContain('given up');
    expect(await outbox.events()).toEqual(['notice.failed']);
  }, 60_000);

  it('of a greylisting server is over at the second try', async () => {
    await open();
    const person = outbox.person();
    const seen = new Set<string>();
    answer = (to) => {
      if (seen.has(to)) return undefined;
      seen.add(to);
      return { code: 450 };
    };
    await outbox.queue(noticeTo(person));
    expect(await state(person)).toEqual(['queued']);
    await outbox.pass(5 * minute);
    expect(await state(person)).toEqual(['handed']);
  });
});

describe('what is ours', () => {
  it('is tried for as long as it lasts: a server that is away for two days', async () => {
    await open();
    const person = outbox.person();
    await server.close();
    await outbox.queue(noticeTo(person));
    await outbox.pass(2 * day, 12 * hour);
    const [row] = await outbox.rows(person);
    expect(row).toMatchObject({ state: 'queued' });
    expect(row?.says.unavailableSince).toBeDefined();
    expect(await outbox.events()).toEqual([]);
    server = await startMailServer({ port: server.port });
    await outbox.pass(5 * minute);
    expect(await state(person)).toEqual(['handed']);
    expect((await outbox.rows(person))[0]?.says).not.toHaveProperty('unavailableSince');
  }, 60_000);

  it('is a directory that is unknown, and a membership that is away; who is gone from a complete read is not', async () => {
    await open();
    const [unknown, away, gone, empty] = [
      outbox.person(),
      outbox.person(),
      outbox.person(),
      outbox.person({ mail: ['a@b,c@d'] }),
    ];
    outbox.people.set(unknown, { state: 'unknown' });
    outbox.people.set(away, 'away');
    outbox.people.set(gone, { state: 'gone' });
    for (const each of [unknown, away, gone, empty]) await outbox.queue(noticeTo(each));
    expect([await state(unknown), await state(away)]).toEqual([['queued'], ['queued']]);
    expect([await state(gone), await state(empty)]).toEqual([['failed-for-good'], ['failed-for-good']]);
    expect(server.connections()).toBe(0);
  });
});

describe('a digest', () => {
  const later = (person: string, n: number, more: object = {}) =>
    noticeTo(person, { kind: 'lease-first-warning', subject: `vm/${n}`, urgency: 'digest', ...more });

  it('is one message a person a day, at its time in the zone of the site, and none where there is nothing', async () => {
    await open();
    const person = outbox.person();
    await outbox.queue(later(person, 101), later(person, 102));
    await outbox.pass(21 * hour, 7 * hour);
    expect(server.mails).toHaveLength(0);
    // 08:30 in Amsterdam.
    await outbox.pass(1.5 * hour, 30 * minute);
    expect(server.mails).toHaveLength(1);
    expect(outbox.clock.now().getTime()).toBeGreaterThanOrEqual(Date.parse('2026-12-02T07:30:00Z'));
    expect(bodies()[0]).toMatch(/VM 101[\s\S]*VM 102/);
    await outbox.pass(2 * day, 12 * hour);
    expect(server.mails).toHaveLength(1);
  }, 60_000);

  it('says each violation once in 7 days, also of several of a kind about one thing, and every warning', async () => {
    await open();
    const person = outbox.person();
    const opened = (id: string, cause: string) =>
      ({
        id,
        version: 1,
        kind: 'k',
        subject: 'vm/101',
        cause,
        found: {},
        since: outbox.clock.now(),
      }) as never;
    const { orm } = outbox.database;
    await orm.insert(violation).values([opened('v1', 'one'), opened('v2', 'two')]);
    const about = (moment: string, cause: string) =>
      later(person, 101, { kind: 'violation:k', moment, cause, renew: undefined, until: undefined });
    await outbox.queue(about('v1', 'one'), later(person, 101));
    await outbox.pass(1 * day, 12 * hour);
    // Closed and opened again, another one beside it, and a warning of another stop.
    await orm.delete(violation).where(eq(violation.id, 'v1'));
    await orm.insert(violation).values(opened('v3', 'one'));
    await outbox.queue(about('v2', 'two'), about('v3', 'one'), later(person, 101, { moment: 'another' }));
    await outbox.pass(1 * day, 12 * hour);
    const rows = await outbox.rows(person);
    expect(new Map(rows.map((row) => [`${row.kind} ${row.moment}`, row.state]))).toEqual(
      new Map([
        ['violation:k v1', 'handed'],
        ['violation:k v2', 'handed'],
        ['violation:k v3', 'dropped'],
        [`lease-first-warning ${later(person, 101).moment}`, 'handed'],
        ['lease-first-warning another', 'handed'],
      ]),
    );
  });

  it('leaves a first warning out that the last one of the same stop came before', async () => {
    await open();
    const [person, other] = [outbox.person(), outbox.person()];
    await outbox.queue(later(person, 101), later(person, 102), later(other, 101));
    await outbox.queue(later(person, 101, { kind: 'lease-warning', urgency: 'now' }));
    await outbox.pass(1 * day, 12 * hour);
    const states = async (of: string) =>
      (await outbox.rows(of))
        .map((row) => `${row.kind} ${row.subject} ${row.state}`)
        .toSorted((a, b) => (a < b ? -1 : 1));
    expect(await states(person)).toEqual([
      'lease-first-warning vm/101 dropped',
      'lease-first-warning vm/102 handed',
      'lease-warning vm/101 handed',
    ]);
    expect(await states(other)).toEqual(['lease-first-warning vm/101 handed']);
  });

  it('waits for no digest any more once it is urgent', async () => {
    await open();
    const person = outbox.person();
    await outbox.queue(noticeTo(person, { urgency: 'digest' }));
    expect(server.mails).toHaveLength(0);
    await outbox.queue(noticeTo(person));
    expect(server.mails).toHaveLength(1);
  });

  it('is kept back by a holiday and by what a person has chosen, but for leases', async () => {
    await open();
    const holiday = { from: '2026-12-01', until: '2026-12-03' };
    const [away, none] = [outbox.person({ holiday }), outbox.person({ notices: 'none' })];
    const other = { kind: 'core-outage', subject: 'incident/1', moment: '1' };
    for (const each of [away, none]) await outbox.queue(noticeTo(each), noticeTo(each, other));
    const kinds = async (person: string) =>
      new Set((await outbox.rows(person)).map((row) => `${row.kind} ${row.state}`));
    expect(await kinds(away)).toEqual(new Set(['core-outage queued', 'lease-warning handed']));
    expect(await kinds(none)).toEqual(new Set(['core-outage dropped', 'lease-warning handed']));
    const [row] = (await outbox.rows(away)).filter((each) => each.state === 'queued');
    expect(row?.nextAt).toEqual(new Date('2026-12-04T07:30:00.000Z'));
  });

  it('of 300 people reaches all but those three with a bad address', async () => {
    await open();
    const people = Array.from({ length: 300 }, () => outbox.person());
    const bad = ['nobody', 'a@b@c.example', 'ann@space.example,eve@evil.example'];
    bad.forEach((mail, n) => {
      outbox.people.set(people[n] ?? '', { state: 'known', enabled: true, mail: [mail], language: 'nl' });
    });
    // More rows than one round could take: they go out in one digest a person all the same.
    await outbox.queue(...people.flatMap((person) => [later(person, 101), later(person, 102)]));
    await outbox.pass(22 * hour, 22 * hour);
    expect(server.mails).toHaveLength(297);
    expect(server.mails.every(({ to }) => to.length === 1)).toBe(true);
    const rows = await outbox.rows();
    expect(rows.filter((row) => row.state === 'failed-for-good')).toHaveLength(6);
  });
});
