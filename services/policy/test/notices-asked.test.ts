import { randomUUID } from 'node:crypto';
import { type MailServer, startMailServer } from '@huismeester/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ApplicationFact } from '../src/facts/application.ts';
import type { MemberFact } from '../src/facts/member.ts';
import { application, member } from '../src/schema.ts';
import {
  day,
  hour,
  noticeTo,
  type Outbox,
  type OutboxDatabase,
  openOutboxDatabase,
  startOutbox,
} from './outbox.ts';

/* What is asked of somebody, and is not asked of them any more when its time to be sent comes (JOIN-1). */

const start = Date.parse('2026-12-01T10:00:00Z');
const ends = start + 3 * day;
let base: OutboxDatabase;
let server: MailServer;
let outbox: Outbox;

beforeAll(async () => {
  base = await openOutboxDatabase();
  server = await startMailServer({});
});
beforeEach(async () => {
  const mail = { url: `smtp://127.0.0.1:${server.port}`, from: 'noreply@space.example' };
  outbox = await startOutbox(base, { mail });
});
afterEach(() => outbox.close());
afterAll(async () => {
  await server.close();
  await base.close();
});

it.each<[string, Partial<ApplicationFact> | 'left', boolean]>([
  ['nothing changed', {}, true],
  ['they have voted meanwhile', { voted: ['them'] }, false],
  ['it is closed', { state: 'lapsed' }, false],
  ['they are no full member any more', 'left', false],
])('a reminder to vote: %s', async (_, changed, isSent) => {
  const [them, id, jan] = [outbox.person(), randomUUID(), outbox.person({ name: 'Jan' })];
  const { orm } = base.database;
  const state: ApplicationFact = {
    application: id,
    person: jan,
    state: 'open',
    since: start,
    ends,
    trialDays: 60,
    voted: [],
  };
  await orm.insert(application).values({ key: id, state });
  await orm.insert(member).values({ key: them, state: { person: them, state: 'full' } });
  const { renew: _renew, ...reminder } = noticeTo(them, {
    kind: 'vote-reminder',
    subject: `application/${id}`,
    moment: new Date(ends).toISOString(),
    urgency: 'digest',
    clause: 'JOIN-1',
    until: ends,
    about: jan,
  });
  const before = server.mails.length;
  await outbox.queue(reminder);
  if (changed === 'left') {
    await orm
      .update(member)
      .set({ state: { person: them, state: 'former' } })
      .where(eq(member.key, them));
  } else {
    const voted = (changed.voted ?? []).map(() => them);
    await orm
      .update(application)
      .set({ state: { ...state, ...changed, voted } })
      .where(eq(application.key, id));
  }
  await outbox.pass(23 * hour, 23 * hour);
  expect(await outbox.rows(them)).toMatchObject([{ state: isSent ? 'handed' : 'dropped' }]);
  const mails = server.mails.slice(before).map(({ source }) => source);
  expect(mails).toHaveLength(isSent ? 1 : 0);
  // The name is in the mail alone, not in the row.
  if (isSent) expect(mails.join('')).toContain('Jan');
  expect(JSON.stringify(await outbox.rows(them))).not.toContain('"Jan"');
});

it.each([
  ['nothing changed', true],
  ['it was confirmed, or withdrawn', false],
])('the question to confirm a proposal: %s', async (_, isSent) => {
  const [them, by, tim] = [outbox.person(), outbox.person(), outbox.person({ name: 'Tim' })];
  const { orm } = base.database;
  const proposed: MemberFact = { person: tim, state: 'trial', proposal: { act: 'confirm', by, at: start } };
  for (const state of [proposed, { person: them, state: 'full' } as const]) {
    await orm.insert(member).values({ key: state.person, state });
  }
  const { renew: _renew, ...asked } = noticeTo(them, {
    kind: 'proposal-asked',
    subject: `person/${tim}`,
    moment: new Date(start).toISOString(),
    urgency: 'digest',
    clause: 'JOIN-3',
    about: tim,
  });
  await outbox.queue(asked);
  if (!isSent) {
    await orm
      .update(member)
      .set({ state: { person: tim, state: 'trial' } })
      .where(eq(member.key, tim));
  }
  await outbox.pass(23 * hour, 23 * hour);
  expect(await outbox.rows(them)).toMatchObject([{ state: isSent ? 'handed' : 'dropped' }]);
});
