import { eventTables } from '@huismeester/events';
import { integer, pgSchema, text } from 'drizzle-orm/pg-core';

export const schema = pgSchema('sample');
export const tables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

/** Things that somebody holds, for the tests of commands. */
export const holding = schema.table('holding', {
  id: text().primaryKey(),
  version: integer().notNull(),
  because: text().notNull(),
  until: text().notNull(),
});
