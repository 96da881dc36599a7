import { eventTables } from '@huismeester/events';
import { integer, pgSchema, text } from 'drizzle-orm/pg-core';

/** Where the facts of a benchmark are made. */
export const benchSource = pgSchema('bench_source');
export const sourceTables = eventTables(benchSource);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } =
  sourceTables;

/** Where they are consumed. */
export const benchSink = pgSchema('bench_sink');
export const sinkTables = eventTables(benchSink);
export const {
  eventLog: sinkEventLog,
  logHead: sinkLogHead,
  publishCursor: sinkPublishCursor,
  consumeCursor: sinkConsumeCursor,
  deadLetter: sinkDeadLetter,
  task: sinkTask,
  idempotencyKey: sinkIdempotencyKey,
} = sinkTables;

/** The effect of a fact: a row that is there once, whose count tells whether a fact was applied twice. */
export const effect = benchSink.table('effect', {
  id: text().primaryKey(),
  count: integer().notNull(),
});
