import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '@huismeester/contracts';
import { type Database, rows, type Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import type { SnapshotEntity, UnfitEntity } from './entities.ts';
import { SourceFailed } from './errors.ts';
import type { EventTables } from './tables.ts';

/** An event, or an entity of a snapshot, that could not be applied; or an event that waits behind one of the same subject. */
export interface DeadLetter {
  /** The event's own id; of an entity one of its own. */
  readonly id: string;
  /** Who could not apply it: `vm-lifecycle`, `vm-lifecycle/lease`. */
  readonly reader: string;
  readonly source: string;
  readonly position: number;
  readonly subject: string;
  readonly type: string;
  /** What is parked: an event, or an entity of a snapshot. */
  readonly what: { readonly event: StoredEvent } | { readonly entity: SnapshotEntity };
  /** Why it could not be applied; none for one that waits. */
  readonly error?: string;
  readonly attempts: number;
  readonly parkedAt: Date;
}

export interface DeadLetterStore {
  list(): Promise<DeadLetter[]>;
  /** The letters of the subject that the letter with this id belongs to, in order. */
  ofSubjectOf(id: string): Promise<DeadLetter[]>;
  /** How many letters each parked subject has. */
  parked(): Promise<Map<string, number>>;
  park(tx: Tx, events: readonly StoredEvent[], now: Date, error?: unknown): Promise<void>;
  /** Parks what a snapshot had at that position and could not be read. */
  parkEntities(tx: Tx, unfit: readonly UnfitEntity[], position: number, now: Date): Promise<void>;
  failedAgain(id: string, error: unknown): Promise<void>;
  remove(tx: Tx, id: string): Promise<void>;
  removeAll(tx: Tx): Promise<void>;
}

interface LetterRow {
  id: string;
  reader: string;
  source: string;
  position: number | string;
  subject: string;
  type: string;
  event: StoredEvent | null;
  entity: SnapshotEntity | null;
  error: string | null;
  attempts: number;
  parked_at: string;
}

/** The dead letters of one reader of a source. Long, since its statements are about the same rows. */
export function deadLetterStore(
  { orm }: Database,
  { deadLetter }: Pick<EventTables, 'deadLetter'>,
  { reader, source }: { readonly reader: string; readonly source: string },
): DeadLetterStore {
  const ours = sql`reader = ${reader}`;
  const letters = async (condition = sql`true`) =>
    rows<LetterRow>(
      await orm.execute(sql`select * from ${deadLetter} where ${ours} and ${condition} order by position`),
    ).map(toLetter);
  return {
    list: () => letters(),
    ofSubjectOf: (id) =>
      letters(sql`subject = (select subject from ${deadLetter} where id::text = ${id} and ${ours})`),
    async parked() {
      const found = await orm.execute(
        sql`select subject, count(*) as count from ${deadLetter} where ${ours} group by subject`,
      );
      return new Map(
        rows<{ subject: string; count: number | string }>(found).map((row) => [
          row.subject,
          Number(row.count),
        ]),
      );
    },
    async park(tx, events, now, error) {
      const parked = events.map((event) => {
        const { id, position, subject, type } = event;
        return { id, position, subject, type, event, ...tried(error), parkedAt: now };
      });
      await tx.insert(deadLetter).values(parked.map((each) => ({ reader, source, ...each })));
    },
    async parkEntities(tx, unfit, position, now) {
      if (unfit.length === 0) return;
      const parked = unfit.map(({ entity, error }) => {
        const { subject } = entity;
        return {
          id: randomUUID(),
          position,
          subject,
          type: kindOf(subject),
          entity,
          ...tried(error),
          parkedAt: now,
        };
      });
      await tx.insert(deadLetter).values(parked.map((each) => ({ reader, source, ...each })));
    },
    async failedAgain(id, error) {
      await orm.execute(
        sql`update ${deadLetter} set error = ${describeError(error)}, attempts = attempts + 1 where ${ours} and id = ${id}`,
      );
    },
    async remove(tx, id) {
      await tx.execute(sql`delete from ${deadLetter} where ${ours} and id = ${id}`);
    },
    async removeAll(tx) {
      await tx.execute(sql`delete from ${deadLetter} where ${ours}`);
    },
  };
}

function tried(error: unknown): { attempts: number; error: string | null } {
  return error === undefined ? { attempts: 0, error: null } : { attempts: 1, error: describeError(error) };
}

function kindOf(subject: string): string {
  return subject.slice(0, subject.indexOf('/'));
}

function toLetter({ parked_at, position, error, event, entity, ...row }: LetterRow): DeadLetter {
  const what = entity ? { entity } : event && { event };
  if (!what) throw new TypeError(`the dead letter ${row.id} holds neither an event nor an entity`);
  return {
    ...row,
    what,
    position: Number(position),
    parkedAt: new Date(parked_at),
    ...(error !== null && { error }),
  };
}

/**
 * The error and its causes, on one line; of a failed query the cause says why, and the error what was asked, without the
 * values: more people may read this than what the values are about.
 */
export function describeError(error: unknown): string {
  // In words already, which its cause only repeats.
  if (error instanceof SourceFailed) return error.message;
  const parts: string[] = [];
  for (let each = error; each !== undefined; each = each instanceof Error ? each.cause : undefined) {
    parts.push(String(each).replace(/\nparams:[\s\S]*$/, ''));
  }
  return parts.join('; because of ').slice(0, 2_000);
}
