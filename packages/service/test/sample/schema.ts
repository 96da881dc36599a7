import { eventTables } from '@huismeester/events';
import { pgSchema } from 'drizzle-orm/pg-core';

export const schema = pgSchema('sample');
export const tables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;
