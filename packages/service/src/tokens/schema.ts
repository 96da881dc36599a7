import { pgSchema, text, timestamp } from 'drizzle-orm/pg-core';

export const accessSchema = pgSchema('access');

/** API tokens; the secret itself is nowhere, only its hash. */
export const token = accessSchema.table('token', {
  id: text().primaryKey(),
  /** Unique: it stands in the log as the one who acted. */
  name: text().notNull().unique('token_name'),
  role: text().notNull(),
  /** SHA-256 of the secret, in hexadecimal. */
  hash: text().notNull(),
  created: timestamp({ withTimezone: true }).notNull(),
  createdBy: text('created_by').notNull(),
  expires: timestamp({ withTimezone: true }),
  lastUsed: timestamp('last_used', { withTimezone: true }),
});

export type TokenRow = typeof token.$inferSelect;
