import type { EventData, EventType } from '@huismeester/contracts';
import { allEnded, type Database, type Tx } from '@huismeester/database';
import { type EventLog, type NewEvent, newEvent } from '@huismeester/events';
import { and, eq, inArray } from 'drizzle-orm';
import { actor } from '../desired/events.ts';
import { notice as table } from '../schema.ts';
import type { NoticeRow } from './due.ts';
import type { Failure, LettersByKind } from './letters.ts';
import { isTarget, type NoticeSays } from './says.ts';

/** What an attempt came to; times in ms since 1970. */
export type Ended =
  | { readonly state: 'handed' }
  | {
      readonly state: 'failed-for-good';
      readonly because: 'refused' | 'no-address';
      readonly code?: number;
      readonly error: string;
    }
  | { readonly state: 'dropped'; readonly error: string; readonly gaveUp?: { readonly code?: number } }
  | {
      readonly state: 'queued';
      readonly next: number;
      readonly error: string;
      readonly says?: Partial<NoticeSays>;
    };

interface Deps {
  readonly database: Database;
  readonly log: EventLog;
  /** What became of these notices changes in this transaction: rules may wait for that. */
  readonly changed: (tx: Tx, notices: readonly NoticeRow[]) => void;
  readonly letters: LettersByKind;
}

/** Two minutes are longer than any attempt: a row that a killed process had in hand is tried again then. */
const inHandMs = 2 * 60_000;

/** Records that these are tried now, as this message: before it is sent, so that a repeat after a crash is the same message. */
export async function recordAttempt(
  { database }: Deps,
  rows: readonly NoticeRow[],
  message: string,
  now: Date,
): Promise<void> {
  await database.transaction(async (tx) => {
    for (const { id, attempts } of rows) {
      const nextAt = new Date(now.getTime() + inHandMs);
      await tx
        .update(table)
        .set({ attempts: attempts + 1, message, nextAt })
        .where(eq(table.id, id));
    }
  });
}

/** Records what became of these, with the events of those that are over. */
export async function recordOutcome(
  { database, log, changed, letters }: Deps,
  rows: readonly NoticeRow[],
  ended: Ended,
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await database.transaction(async (tx) => {
    changed(tx, rows);
    await lock(tx, rows);
    const events: NewEvent<EventType>[] = rows.flatMap((row) =>
      letters.has(row.kind) ? [] : (eventOf(row, ended) ?? []),
    );
    for (const row of ended.state === 'queued' ? [] : rows) {
      const said = await letters.get(row.kind)?.ended(tx, row, { failure: failureOf(ended), now });
      events.push(...(said ?? []));
    }
    await allEnded<unknown>([
      ...rows.map((row) =>
        tx
          .update(table)
          .set(columns(row, ended, now))
          .where(eq(table.id, row.id)),
      ),
      ...(events.length > 0 ? [log.append(tx, events)] : []),
    ]);
  });
}

/** Before the log's head, as commands do. */
async function lock(tx: Tx, rows: readonly NoticeRow[]): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await tx
    .select({ id: table.id })
    .from(table)
    .where(and(inArray(table.id, ids), eq(table.state, 'queued')))
    .orderBy(table.id)
    .for('update');
}

function columns(row: NoticeRow, ended: Ended, now: Date): Partial<typeof table.$inferInsert> {
  if (ended.state === 'queued') {
    return { nextAt: new Date(ended.next), error: ended.error, says: { ...row.says, ...ended.says } };
  }
  const { unavailableSince: _, ...says } = row.says;
  return {
    state: ended.state,
    endedAt: now,
    nextAt: null,
    says,
    error: ended.state === 'handed' ? null : ended.error,
  };
}

/** Why it is not tried any more; undefined: it went. */
function failureOf(ended: Ended): Failure | undefined {
  if (ended.state === 'failed-for-good')
    return { because: ended.because, ...(ended.code !== undefined && { code: ended.code }) };
  if (ended.state !== 'dropped') return undefined;
  const code = ended.gaveUp?.code;
  return { because: 'gave-up', ...(code !== undefined && { code }) };
}

function eventOf(row: NoticeRow, ended: Ended) {
  const { id, kind, subject, moment, person } = row;
  if (isTarget(person)) return undefined;
  const data = { notice: id, kind, about: subject, moment, person };
  if (ended.state === 'handed') return newEvent('notice.sent', `notice/${id}`, data, { actor });
  const failed = (because: EventData<'notice.failed'>['because'], code?: number) =>
    newEvent(
      'notice.failed',
      `notice/${id}`,
      { ...data, because, ...(code !== undefined && { code }) },
      { actor },
    );
  if (ended.state === 'failed-for-good') return failed(ended.because, ended.code);
  if (ended.state === 'dropped' && ended.gaveUp) return failed('gave-up', ended.gaveUp.code);
  return undefined;
}
