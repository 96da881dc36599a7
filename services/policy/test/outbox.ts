import { randomUUID } from 'node:crypto';
import type { ContactAnswer, EventPage } from '@huismeester/contracts';
import { type Database, migrateSchema, openDatabase } from '@huismeester/database';
import { openEventLog } from '@huismeester/events';
import type { createMailer } from '@huismeester/mail';
import { type AskService, createLogger, parseSettings, Unanswered } from '@huismeester/service';
import { testDatabase, waitFor } from '@huismeester/testkit';
import { asc, eq } from 'drizzle-orm';
import { noticePlan } from '../src/notices/plan.ts';
import { queueNotices } from '../src/notices/queue.ts';
import { createSender, type Sender } from '../src/notices/sender.ts';
import type { Notice } from '../src/rules/define.ts';
import { notice as table, tables } from '../src/schema.ts';
import { type HandClock, handClock } from './hand-clock.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export type NoticeRow = typeof table.$inferSelect;

/** policy's outbox alone: a database, a clock that is turned by hand, people as a test has them, and a mail server. */
export interface Outbox {
  readonly database: Database;
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

/** `settings` stand beside the usual ones. */
export async function startOutbox(
  settings: object,
  {
    openMailer,
    start = new Date('2026-12-01T10:00:00Z'),
  }: { openMailer?: typeof createMailer; start?: Date } = {},
): Promise<Outbox> {
  const { url } = await testDatabase();
  const logger = createLogger({ level: 'silent' });
  const database = await openDatabase({ url }, { logger });
  const folder = new URL('../migrations', import.meta.url);
  await migrateSchema(database, { schema: 'policy', folder });
  const clock = handClock(start);
  const log = await openEventLog({ database, tables, service: 'policy', siteId: 'test', logger, clock });
  const plan = noticePlan(settingsOf(url, settings));
  const people = new Map<string, ContactAnswer | 'away'>();
  const ask = (async (_: string, __: string, { person }: { person: string }) => {
    const answer = people.get(person) ?? { state: 'unknown' };
    if (answer === 'away') throw new Unanswered('membership cannot be asked');
    return answer;
  }) as unknown as AskService;
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
      ...(openMailer && { openMailer }),
    });
  let sender = made();
  sender.start();
  const rows = async (person?: string) =>
    await database.orm
      .select()
      .from(table)
      .where(person === undefined ? undefined : eq(table.person, person))
      .orderBy(asc(table.queuedAt), asc(table.id));
  const outbox: Outbox = {
    database,
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
      await outbox.settled();
    },
    rows,
    async settled() {
      clock.advance(1);
      sender.wake();
      await waitFor('nothing is due', async () => {
        // A loop that was woken rests for a moment of the clock.
        clock.advance(3);
        const now = clock.now();
        const all = await rows();
        return (
          all.every(({ state, nextAt }) => state !== 'queued' || (nextAt !== null && nextAt > now)) ||
          undefined
        );
      });
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
    events: async () => {
      const page: EventPage = await log.read({ after: 0, limit: 1000 });
      return page.events.map(({ type }) => type);
    },
    async restart() {
      await sender.close();
      sender = made();
      sender.start();
    },
    async close() {
      await sender.close();
      await database.close();
    },
  };
  return outbox;
}

function settingsOf(url: string, settings: object) {
  const usual = {
    site: { id: 'test', name: 'Test' },
    http: { port: 0 },
    broker: { embedded: { port: 0 } },
    database: { url },
  };
  return parseSettings(JSON.stringify({ ...usual, ...settings }), {
    file: 'test',
    env: {},
    readFile: () => '',
  });
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
