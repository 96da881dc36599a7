import { text, timestamp } from 'drizzle-orm/pg-core';
import { accessSchema } from '../tokens/schema.ts';

/** Which process acts as a service: the one that took the service's lock last. */
export const seat = accessSchema.table('seat', {
  service: text().primaryKey(),
  /** Made anew by each process. */
  holder: text().notNull(),
  /** For people: which process, on which machine. */
  process: text().notNull(),
  since: timestamp({ withTimezone: true }).notNull(),
});
