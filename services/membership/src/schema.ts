import type { DirectoryReason, GroupChange, GroupName, RegisterState } from '@huismeester/contracts';
import { eventTables } from '@huismeester/events';
import type { Role } from '@huismeester/service';
import { boolean, integer, jsonb, pgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Preferences } from './people/choose.ts';

export const schema = pgSchema('membership');
export const tables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Everybody whom the directory ever had. No name, uid or mail address is in it (PRIV-1). */
export const person = schema.table('person', {
  /** The directory's id when the person was first seen; it stays when the directory gives everybody another one. */
  id: text().primaryKey(),
  /** The directory's id now. */
  directoryId: text('directory_id').notNull().unique(),
  /** Keyed: it tells whether another person has the uid, and cannot be turned back. */
  uidHash: text('uid_hash').notNull(),
  formerUids: jsonb('former_uids').$type<readonly string[]>().notNull(),
  enabled: boolean().notNull(),
  groups: jsonb().$type<GroupName[]>().notNull(),
  roles: jsonb().$type<Role[]>().notNull(),
  /** The person whose uid this was before, until somebody of the team knows it. */
  tookUidOf: text('took_uid_of'),
  since: moment('since').notNull(),
  /** Since when the directory has the person no more. */
  goneAt: moment('gone_at'),
});

/** The register of the team (TEAM-1). */
export const member = schema.table('member', {
  id: text().primaryKey(),
  state: text().$type<RegisterState>().notNull(),
  since: moment('since').notNull(),
  until: moment('until'),
});

/** What groups of the directory are to get, so that they follow the register. */
export const awaited = schema.table(
  'awaited',
  {
    group: text().$type<GroupName>().notNull(),
    person: text().notNull(),
    change: text().$type<GroupChange>().notNull(),
    since: moment('since').notNull(),
    /** Whether we wrote it ourselves; it is done once it is seen. */
    written: boolean().notNull().default(false),
    /** Why it could not be written the last time. */
    trouble: text(),
  },
  (table) => [primaryKey({ columns: [table.group, table.person] })],
);

export const preference = schema.table('preference', {
  id: text().primaryKey(),
  version: integer().notNull(),
  chosen: jsonb().$type<Preferences>().notNull(),
});

/** One row: how well the directory is known. */
export const directory = schema.table('directory', {
  id: integer().primaryKey().default(1),
  state: text().$type<'known' | 'unknown'>().notNull(),
  since: moment('since').notNull(),
  readAt: moment('read_at'),
  reason: text().$type<DirectoryReason>(),
  /** So many got another id at once, until somebody of the team knows it. */
  renumbered: integer(),
  /** Whether the register of the team was begun. */
  begun: boolean().notNull().default(false),
});
