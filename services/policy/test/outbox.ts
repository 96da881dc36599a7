import { randomUUID } from 'node:crypto';
import type { ContactAnswer, EventPage } from '@huismeester/contracts';
import { type Database, migrateSchema, openDatabase } from '@huismeester/database';
import { openEventLog } from '@huismeester/events';
import { createLogger, Unanswered } from '@huismeester/service';
import { type HandClock, handClock, testDatabase, waitFor } from '@huismeester/testkit';
import { and, asc, eq, isNull, lte, or } from 'drizzle-orm';
import { queueNotices } from '../src/notices/queue.ts';
import { createSender, type Sender } from '../src/notices/sender.ts';
import type { Notice } from '../src/rules/define.ts';
import { notice as table, tables, violation } from '../src/schema.ts';
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
  settled(): Promise<void>;
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

/** `settings` stand beside the usual ones; `sends: false`: it only queues, and another process sends. */
export async function startOutbox(
  { database, url }: OutboxDatabase,
  settings: object,
  { start = new Date('2026-12-01T10:00:00Z'), sends = true }: { start?: Date; sends?: boolean } = {},
): Promise<Outbox> {
  await database.orm.delete(table);
  await database.orm.delete(violation);
  const clock = handClock(start);
  const log = await openEventLog({ database, tables, service: 'policy', siteId: 'test', logger, clock });
  const logged = async () => {
    const page: EventPage = await log.read({ after: 0, limit: 1000 });
    return page.events.map(({ type }) => type);
  };
  const before = (await logged()).length;
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
      hasDirectory: false,
      changed: () => undefined,
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
      await database.transaction((tx) => queueNotices(tx, notices, clock.now()));
      if (sends) await outbox.settled();
    },
    rows,
    async settled() {
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
        await outbox.settled();
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
export const noticeTo = (person: string, more: Partial<Notice> = {}): Notice => ({
  kind: 'lease-warning',
  subject: 'vm/104',
  moment: '2026-12-04T17:00:00.000Z',
  to: { person },
  urgency: 'now',
  severity: 'warning',
  clause: 'PART-4',
  reasons: [],
  until: Date.parse('2026-12-04T17:00:00.000Z'),
  renew: { lease: '104-1f3c9a2b', number: 3, ends: Date.parse('2026-12-04T12:00:00.000Z') },
  ...more,
});
