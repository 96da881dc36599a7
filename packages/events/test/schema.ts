import { eventTables } from '@huismeester/events';
import { integer, pgSchema, text } from 'drizzle-orm/pg-core';

export const testSchema = pgSchema('events-test');

export const tables = eventTables(testSchema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

/** What the tests' handlers count in. */
export const tally = testSchema.table('tally', {
  subject: text().primaryKey(),
  count: integer().notNull(),
  positions: text().notNull(),
});

/** Aggregates that commands change. */
export const battery = testSchema.table('battery', {
  id: text().primaryKey(),
  version: integer().notNull(),
  charge: integer().notNull(),
});
