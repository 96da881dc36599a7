import { randomUUID } from 'node:crypto';
import type { ContactAnswer, EventPage } from '@huismeester/contracts';
import { type Database, migrateSchema, openDatabase, type Tx } from '@huismeester/database';
import { openEventLog } from '@huismeester/events';
import { createLogger, Unanswered } from '@huismeester/service';
import { type HandClock, handClock, testDatabase, waitFor } from '@huismeester/testkit';
import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { modeId } from '../src/arming/mode.ts';
import type { LettersByKind } from '../src/notices/letters.ts';
import { queueNotices } from '../src/notices/queue.ts';
import { createSender, type Sender } from '../src/notices/sender.ts';
import type { Notice } from '../src/rules/define.ts';
import { lease, member, ownership, ruleMode, notice as table, tables, violation, vm } from '../src/schema.ts';
import { askOf, planOf } from './notice-plan.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const logger = createLogger({ level: 'silent' });

export type NoticeRow = typeof table.$inferSelect;

/** policy's outbox alone: a database, a clock that is turned by hand, people as a test has them, and a mail server. */
export interface Outbox {
  readonly database: Database;
  readonly url: string;
  readonly clock: HandClock;
  /** What membership answers, by person; the directory is unknown where nothing is said. */
  readonly people: Map<string, ContactAnswer | 'away'>;
  person(more?: Partial<Extract<ContactAnswer, { state: 'known' }>>): string;
  queue(...notices: readonly Notice[]): Promise<void>;
  rows(person?: string): Promise<NoticeRow[]>;
  /** Until no row of theirs is due, or in hand. */
  idle(): Promise<void>;
  /** Lets so much time pass, a minute at a time, and all that follows happen. */
  pass(ms: number, stepMs?: number): Promise<void>;
  events(): Promise<string[]>;
  /** Ends the sender without ending what it has in hand, as a kill would, and starts another. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A database for the outboxes of one file, one after another. */
export interface OutboxDatabase {
  readonly database: Database;
  readonly url: string;
  close(): Promise<void>;
}

export async function openOutboxDatabase(): Promise<OutboxDatabase> {
  const made = await testDatabase();
  const database = await openDatabase({ url: made.url }, { logger });
  const folder = new URL('../migrations', import.meta.url);
  await migrateSchema(database, { schema: 'policy', folder });
  return {
    database,
    url: made.url,
    async close() {
      await database.close();
      await made.drop();
    },
  };
}

/** `settings` stand beside the usual ones; `sends: false`: it only queues, and another process sends; `hasDirectory`: the team is known once `member` has rows. */
export async function startOutbox(
  { database, url }: OutboxDatabase,
  settings: object,
  {
    start = new Date('2026-12-01T10:00:00Z'),
    sends = true,
    hasDirectory = false,
    letters = new Map(),
  }: { start?: Date; sends?: boolean; hasDirectory?: boolean; letters?: LettersByKind } = {},
): Promise<Outbox> {
  for (const each of [table, violation, lease, ownership, vm, ruleMode, member])
    await database.orm.delete(each);
  const clock = handClock(start);
  const log = await openEventLog({ database, tables, service: 'policy', siteId: 'test', logger, clock });
  const logged = async () => {
    const page: EventPage = await log.read({ after: 0, limit: 1000 });
    return page.events.map(({ type }) => type);
  };
  const before = (await logged()).length;
  const armed = { rule: 'lease', clause: 'PART-4' };
  const since = clock.now();
  const mode = { mode: 'enforce', epoch: log.epoch, since, by: 'service:test' } as const;
  await database.orm.insert(ruleMode).values({ ...armed, ...mode, id: modeId(armed), version: 1 });
  const plan = planOf(url, settings);
  const people = new Map<string, ContactAnswer | 'away'>();
  const ask = askOf(async ({ person }) => {
    const answer = people.get(person) ?? { state: 'unknown' };
    if (answer === 'away') throw new Unanswered('membership cannot be asked');
    return answer;
  });
  const errors: unknown[] = [];
  const made = (): Sender =>
    createSender({
      database,
      log,
      clock,
      ask,
      plan,
      hasDirectory,
      changed: () => undefined,
      letters,
      failed: (error) => errors.push(error),
    });
  let sender = made();
  if (sends) sender.start();
  const rows = async (person?: string) =>
    await database.orm
      .select()
      .from(table)
      .where(person === undefined ? undefined : eq(table.person, person))
      .orderBy(asc(table.queuedAt), asc(table.id));
  const outbox: Outbox = {
    database,
    url,
    clock,
    people,
    person(more = {}) {
      const id = randomUUID();
      people.set(id, {
        state: 'known',
        name: `N ${id}`,
        enabled: true,
        mail: [`p-${id}@space.example`],
        language: 'nl',
        ...more,
      });
      return id;
    },
    async queue(...notices) {
      await database.transaction(async (tx) => {
        await makeTrue(tx, notices);
        await queueNotices(tx, notices, clock.now());
      });
      if (sends) await outbox.idle();
    },
    rows,
    async idle() {
      clock.advance(1);
      sender.wake();
      const nothingIsDue = async () => {
        // A loop that was woken rests for a moment of the clock.
        clock.advance(3);
        const isDue = or(isNull(table.nextAt), lte(table.nextAt, clock.now()));
        return (await database.orm.$count(table, and(eq(table.state, 'queued'), isDue))) === 0;
      };
      // Hundreds may be.
      await waitFor('nothing is due', nothingIsDue, { timeoutMs: 120_000 });
      if (errors.length > 0) throw errors[0];
      // What it has in hand is awaited.
      await sender.close();
      sender = made();
      sender.start();
    },
    async pass(ms, stepMs = minute) {
      for (let left = ms; left > 0; left -= stepMs) {
        clock.advance(Math.min(left, stepMs));
        await outbox.idle();
      }
    },
    events: async () => (await logged()).slice(before),
    async restart() {
      await sender.close();
      sender = made();
      sender.start();
    },
    close: () => sender.close(),
  };
  return outbox;
}

/** A notice, as the last warning of a lease unless it says otherwise. */
export const noticeTo = (person: string, { subject = 'vm/104', ...more }: Partial<Notice> = {}): Notice => ({
  kind: 'lease-warning',
  subject,
  moment: '2026-12-04T17:00:00.000Z',
  to: { person },
  urgency: 'now',
  severity: 'warning',
  clause: 'PART-4',
  reasons: [],
  until: Date.parse('2026-12-04T17:00:00.000Z'),
  renew: { lease: leaseIdOf(subject, person), number: 3, ends: Date.parse('2026-12-04T12:00:00.000Z') },
  ...more,
});

/** Of the lease that `noticeTo` warns of. */
export const leaseIdOf = (subject: string, person: string): string =>
  `${vmOf(subject)}-${person.slice(0, 8)}`;

const vmOf = (subject: string): string => subject.replace('vm/', '');

/** Lets what warnings say be so: each VM runs, is that person's, and its lease ends then. */
async function makeTrue(tx: Tx, notices: readonly Notice[]): Promise<void> {
  const incarnation = '1f3c9a2b';
  const running = {
    incarnation,
    class: 'participant',
    hypervisor: 'pve',
    node: 'pve1',
    running: true,
  } as const;
  const [guests, owners, leases] = [new Map(), new Map(), new Map()] as const;
  for (const { subject, to, renew } of notices) {
    if (renew === undefined || to === 'team') continue;
    const [id, { lease: key, number, ends }] = [vmOf(subject), renew];
    const startedAt = ends - 14 * day;
    guests.set(id, { ...running, vm: id, startedAt });
    owners.set(key, { ownership: key, vm: id, incarnation, owner: to.person });
    leases.set(key, { lease: key, vm: id, number, startedAt, ends, renewals: 0 });
  }
  if (guests.size === 0) return;
  const set = { state: sql`excluded.state` };
  for (const [facts, states] of [
    [vm, guests],
    [ownership, owners],
    [lease, leases],
  ] as const) {
    const values = [...states].map(([key, state]) => ({ key, state }));
    await tx.insert(facts).values(values).onConflictDoUpdate({ target: facts.key, set });
  }
}
