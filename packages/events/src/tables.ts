import {
  bigint,
  boolean,
  getTableConfig,
  index,
  integer,
  jsonb,
  type PgSchema,
  type PgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';

const position = () => bigint({ mode: 'number' });
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/**
 * The tables of a service's log and of all that follows from it, in the service's own schema. Its `schema.ts` exports
 * each of them, so that drizzle-kit generates them with the service's own tables.
 */
export function eventTables(schema: PgSchema) {
  return {
    ...logTables(schema),
    ...readerTables(schema),
    task: taskTable(schema),
    idempotencyKey: idempotencyTable(schema),
  };
}

export type EventTables = ReturnType<typeof eventTables>;

function logTables(schema: PgSchema) {
  const eventLog = schema.table(
    'event_log',
    {
      position: position().primaryKey(),
      id: uuid().notNull().unique(),
      type: text().notNull(),
      schemaVersion: integer('schema_version').notNull(),
      subject: text().notNull(),
      version: integer().notNull(),
      time: moment('time').notNull(),
      actor: text(),
      correlationId: uuid('correlation_id').notNull(),
      causationId: uuid('causation_id'),
      data: jsonb().notNull(),
    },
    (table) => [
      unique('event_log_subject_version').on(table.subject, table.version),
      index('event_log_type').on(table.type, table.position),
      index('event_log_correlation').on(table.correlationId, table.position),
    ],
  );
  /**
   * One row. `origin` distinguishes a copy of the database from the one that the epoch was made for; up to `horizon` events may
   * have been removed, and those that are left have gaps between them.
   */
  const logHead = schema.table('log_head', {
    singleton: boolean().primaryKey().default(true),
    epoch: uuid().notNull(),
    position: position().notNull(),
    horizon: position().notNull().default(0),
    origin: text().notNull(),
  });
  return { eventLog, logHead };
}

function readerTables(schema: PgSchema) {
  /** One row: how far the news got. */
  const publishCursor = schema.table('publish_cursor', {
    singleton: boolean().primaryKey().default(true),
    position: position().notNull(),
  });
  /** How far each reader of another log got: `vm-lifecycle`, or `vm-lifecycle/lease` where a source has several. */
  const consumeCursor = schema.table('consume_cursor', {
    reader: text().primaryKey(),
    source: text().notNull(),
    /** The number of the fold that read up to here; one with another number begins with the snapshot. */
    fold: integer().notNull().default(1),
    epoch: uuid().notNull(),
    position: position().notNull(),
  });
  const deadLetter = schema.table(
    'dead_letter',
    {
      reader: text().notNull(),
      /** The event's own id, or one made for an entity of a snapshot. */
      id: uuid().notNull(),
      source: text().notNull(),
      position: position().notNull(),
      subject: text().notNull(),
      /** Of the event; of a snapshot's entity its kind. */
      type: text().notNull(),
      /** The event; null for an entity of a snapshot. */
      event: jsonb(),
      /** The entity of a snapshot that did not fit its schema; null for an event. */
      entity: jsonb(),
      /** Null for an event that only waits behind an earlier one of its subject. */
      error: text(),
      attempts: integer().notNull().default(0),
      parkedAt: moment('parked_at').notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.reader, table.id] }),
      index('dead_letter_subject').on(table.reader, table.subject, table.position),
    ],
  );
  return { publishCursor, consumeCursor, deadLetter };
}

function taskTable(schema: PgSchema) {
  return schema.table(
    'task',
    {
      kind: text().notNull(),
      key: text().notNull(),
      payload: jsonb(),
      runAt: moment('run_at').notNull(),
      /** When it must run once more: set when it is enqueued during a run. */
      againAt: moment('again_at'),
      attempt: integer().notNull().default(0),
      lockedBy: uuid('locked_by'),
      lockedUntil: moment('locked_until'),
      error: text(),
    },
    (table) => [primaryKey({ columns: [table.kind, table.key] }), index('task_run_at').on(table.runAt)],
  );
}

/** What creates answered, by the key that their caller gave them (`Idempotency-Key`), for 24 h. */
function idempotencyTable(schema: PgSchema) {
  return schema.table(
    'idempotency_key',
    {
      /** Who asked: two callers may happen to use the same key. */
      actor: text().notNull(),
      key: text().notNull(),
      /** A digest of the request; another request under the same key is refused. */
      request: text().notNull(),
      /** Null while the request is being handled, in the transaction that handles it. */
      answer: jsonb(),
      createdAt: moment('created_at').notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.actor, table.key] }),
      index('idempotency_key_created_at').on(table.createdAt),
    ],
  );
}

/** The table's name as it stands in a statement. */
export function qualifiedName(table: PgTable): string {
  const { schema, name } = getTableConfig(table);
  return `"${schema}"."${name}"`;
}
