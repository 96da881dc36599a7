import { pgSchema, text, timestamp } from 'drizzle-orm/pg-core';

export const accessSchema = pgSchema('access');

/** API tokens; the secret itself is nowhere, only its hash. */
export const token = accessSchema.table('token', {
  id: text().primaryKey(),
  name: text().notNull(),
  role: text().notNull(),
  /** SHA-256 of the secret, in hexadecimal. */
  hash: text().notNull(),
  created: timestamp({ withTimezone: true }).notNull(),
  createdBy: text('created_by').notNull(),
  expires: timestamp({ withTimezone: true }),
  lastUsed: timestamp('last_used', { withTimezone: true }),
});

export type TokenRow = typeof token.$inferSelect;
