import type { Grant } from '@huismeester/contracts';
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';

export const accessSchema = pgSchema('access');

/** Who may be somebody: all people of the directory that are not disabled, as membership saw them last. */
export const person = accessSchema.table(
  'person',
  {
    /** The directory's id (a UUID), never a uid. */
    id: text().primaryKey(),
    /** HMAC-SHA-256 of the uid, in hexadecimal. */
    uidHash: text('uid_hash').notNull(),
    roles: text().array().notNull(),
    /** What a member on trial may act on, and until when. */
    grants: jsonb().$type<Grant[]>().notNull().default([]),
  },
  // Not unique: two people may exchange their uids in one statement.
  (table) => [index('person_uid_hash').on(table.uidHash)],
);

/** One row: when the directory was last read whole. */
export const directory = accessSchema.table(
  'directory',
  {
    id: integer().primaryKey().default(1),
    /** Null: roles do not hold any more. */
    readAt: timestamp('read_at', { withTimezone: true }),
  },
  (table) => [check('directory_one_row', sql`${table.id} = 1`)],
);

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
  /** Whose it is, where it is somebody's: it ends with them. */
  person: text().references(() => person.id, { onDelete: 'cascade' }),
});

/** Sessions of people who logged in; of the secret, too, there is only a hash. */
export const session = accessSchema.table(
  'session',
  {
    id: text().primaryKey(),
    /** SHA-256 of the secret, in hexadecimal. */
    hash: text().notNull(),
    person: text()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    created: timestamp({ withTimezone: true }).notNull(),
    expires: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index('session_person').on(table.person)],
);

export type PersonRow = typeof person.$inferSelect;
export type TokenRow = typeof token.$inferSelect;
export type SessionRow = typeof session.$inferSelect;
