import { eventTables } from '@huismeester/events';
import { integer, pgSchema, text } from 'drizzle-orm/pg-core';

export const schema = pgSchema('workshop');
export const tables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

export const machine = schema.table('machine', {
  id: text().primaryKey(),
  version: integer().notNull(),
  name: text().notNull(),
  outages: integer().notNull(),
});
