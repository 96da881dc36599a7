import { text, timestamp } from 'drizzle-orm/pg-core';
import { accessSchema } from '../access/schema.ts';

/**
 * Which process leads a service: the one that took the service's lock last. The table keeps the name of its first
 * version: a process of that version still reads it while one of this version stands by, and would end if it were gone.
 */
export const leader = accessSchema.table('seat', {
  service: text().primaryKey(),
  /** Made anew by each process. */
  holder: text().notNull(),
  /** For people: which process, on which machine. */
  process: text().notNull(),
  since: timestamp({ withTimezone: true }).notNull(),
});
