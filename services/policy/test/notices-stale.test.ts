import { type MailServer, startMailServer } from '@huismeester/testkit';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLeaseStore } from '../src/desired/lease-rows.ts';
import { lease, ownership, ruleMemory, ruleMode, vm } from '../src/schema.ts';
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

/* A warning whose planned stop is not the present one any more when its time to be sent comes (PART-4). */

let base: OutboxDatabase;
let server: MailServer;
let outbox: Outbox;
let code: number | undefined;

beforeAll(async () => {
  base = await openOutboxDatabase();
  server = await startMailServer({ onRecipient: () => (code === undefined ? undefined : { code }) });
});
beforeEach(async () => {
  code = undefined;
  const mail = { url: `smtp://127.0.0.1:${server.port}`, from: 'noreply@space.example' };
  outbox = await startOutbox(base, { mail });
});
afterEach(() => outbox.close());
afterAll(async () => {
  await server.close();
  await base.close();
});

const first = (person: string, subject: string) =>
  noticeTo(person, { kind: 'lease-first-warning', subject, urgency: 'digest' });
const ends = Date.parse('2026-12-04T12:00:00Z');

/** Changes some of what is known of VM 101, or of its lease. */
async function set(
  facts: typeof lease | typeof ownership | typeof vm,
  key: string,
  more: object,
): Promise<void> {
  const state = sql`${facts.state} || ${JSON.stringify(more)}::text::jsonb`;
  await base.database.orm.update(facts).set({ state }).where(eq(facts.key, key));
}
/** Those that came since; the server is that of all tests. */
const sentSince = (count: number) => server.mails.slice(count).map(({ source }) => source);

it.each<readonly [string, (lease: string) => Promise<unknown>]>([
  ['the lease was renewed', (key) => set(lease, key, { ends: ends + 14 * day, renewals: 1 })],
  ['the VM was started anew', (key) => set(lease, key, { number: 4, ends: ends + 14 * day })],
  ['the VM is off', () => set(vm, '101', { running: false })],
  ['another guest stands under the vmid', () => set(vm, '101', { incarnation: 'other' })],
  ['the VM is space-wide by now', () => set(vm, '101', { class: 'space-wide' })],
  ['the VM is somebody else’s', (key) => set(ownership, key, { owner: 'somebody-else' })],
  ['the VM is gone', (key) => base.database.orm.delete(lease).where(eq(lease.key, key))],
  ['the clause is not armed any more', () => base.database.orm.update(ruleMode).set({ mode: 'dry-run' })],
  [
    'the stop was put off',
    (key) => {
      const moved = { kind: 'moved', number: 3, ends, planned: ends + 2 * day, why: 'not-warned' };
      return base.database.orm.insert(ruleMemory).values({ rule: 'lease', key, state: moved });
    },
  ],
])('is not sent: %s', async (what, change) => {
  const [ann, before] = [outbox.person(), server.mails.length];
  await outbox.queue(first(ann, 'vm/101'), first(ann, 'vm/102'));
  await change(leaseIdOf('vm/101', ann));
  await outbox.pass(23 * hour, 23 * hour);
  await base.database.orm.delete(ruleMemory);
  const row = async (subject: string) => (await outbox.rows(ann)).find((each) => each.subject === subject);
  expect(await row('vm/101')).toMatchObject({ state: 'dropped', attempts: 0 });
  // Of the others of the same digest nothing is lost, unless nothing is stopped at all.
  const isDisarmed = what.startsWith('the clause');
  expect(await row('vm/102')).toMatchObject({ state: isDisarmed ? 'dropped' : 'handed' });
  const mails = sentSince(before);
  expect(mails).toHaveLength(isDisarmed ? 0 : 1);
  expect(mails.join('')).not.toContain('VM 101');
  // It counts as no warning, so that nothing is stopped because of it.
  const { delivery } = await createLeaseStore().load(base.database.orm);
  expect([...delivery.values()].map(({ subject }) => subject)).toEqual(isDisarmed ? [] : ['vm/102']);
  expect(await outbox.events()).toEqual(isDisarmed ? [] : ['notice.sent']);
});

it('is not sent at the second try either, once the lease was renewed after the first', async () => {
  const [ann, before] = [outbox.person(), server.mails.length];
  code = 451;
  await outbox.queue(noticeTo(ann));
  expect(await outbox.rows(ann)).toMatchObject([{ state: 'queued', attempts: 1 }]);
  code = undefined;
  await set(lease, leaseIdOf('vm/104', ann), { ends: ends + 14 * day });
  await outbox.pass(6 * minute, 6 * minute);
  expect(await outbox.rows(ann)).toMatchObject([{ state: 'dropped', attempts: 1 }]);
  expect(sentSince(before)).toEqual([]);
});

it('is sent after all if it is true again', async () => {
  const [ann, before] = [outbox.person(), server.mails.length];
  await outbox.queue(first(ann, 'vm/101'));
  await set(vm, '101', { running: false });
  await outbox.pass(23 * hour, 23 * hour);
  expect(await outbox.rows(ann)).toMatchObject([{ state: 'dropped' }]);
  // Started again by the cluster after its node was lost: the lease goes on, and the rule warns of the same stop.
  await outbox.queue(first(ann, 'vm/101'));
  expect(await outbox.rows(ann)).toMatchObject([{ state: 'queued', error: null, endedAt: null }]);
  await outbox.pass(day, day);
  expect(await outbox.rows(ann)).toMatchObject([{ state: 'handed' }]);
  expect(sentSince(before)).toHaveLength(1);
});
