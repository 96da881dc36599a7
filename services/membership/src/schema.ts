import type {
  AdminRight,
  DirectoryReason,
  GrantTarget,
  GroupChange,
  GroupName,
  Minutes,
  OffboardingItem,
  PersonId,
  RegisterState,
  ServiceAccount,
  Vote,
} from '@huismeester/contracts';
import { eventTables } from '@huismeester/events';
import type { Role } from '@huismeester/service';
import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { ApplicationState } from './core/admission/application.ts';
import type { Before, Proposal } from './core/register/member.ts';
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

/** The register of the team (TEAM-1), by the person's id. */
export const member = schema.table('member', {
  id: text().primaryKey(),
  version: integer().notNull(),
  state: text().$type<RegisterState>().notNull(),
  since: moment('since').notNull(),
  /** The end of a trial, or of a suspension. */
  until: moment('until'),
  /** Of somebody suspended: what they are again after it. */
  before: jsonb().$type<Before>(),
  /** What a full member proposed, and another one has to confirm. */
  proposal: jsonb().$type<Proposal>(),
});

/** Applications to the team (JOIN-1). What somebody voted, and why, is not in them. */
export const application = schema.table(
  'application',
  {
    id: text().primaryKey(),
    version: integer().notNull(),
    person: text().notNull(),
    /** It may still be decided, or carried out. */
    open: boolean().notNull(),
    state: jsonb().$type<ApplicationState>().notNull(),
  },
  (table) => [uniqueIndex('application_one_open').on(table.person).where(sql`${table.open}`)],
);

/** Votes on applications, and what board members said: erased after a year (JOIN-2). */
export const ballot = schema.table(
  'ballot',
  {
    application: text().notNull(),
    person: text().notNull(),
    /** Null: a board member who did not vote said that they have no objection. */
    vote: text().$type<Vote>(),
    noObjection: boolean('no_objection').notNull().default(false),
    because: text(),
    at: moment('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.application, table.person] })],
);

/** What a meeting decided about an application: erased as votes are. */
export const minutes = schema.table('minutes', {
  application: text().primaryKey(),
  by: text().notNull(),
  at: moment('at').notNull(),
  recorded: jsonb().$type<Minutes>().notNull(),
});

/** Why somebody was vetoed, suspended and so on: events refer to it, and it is erased as votes are. */
export const reason = schema.table('reason', {
  id: text().primaryKey(),
  by: text().notNull(),
  at: moment('at').notNull(),
  text: text().notNull(),
});

/** What members on trial may act on (JOIN-3). */
export const grant = schema.table(
  'trial_grant',
  {
    id: text().primaryKey(),
    version: integer().notNull(),
    person: text().notNull(),
    on: text().$type<GrantTarget>().notNull(),
    /** It was said that it is admin access to core (CORE-4). */
    core: boolean().notNull(),
    since: moment('since').notNull(),
    until: moment('until').notNull(),
    by: text().notNull(),
  },
  (table) => [index('trial_grant_person').on(table.person)],
);

/** What is to be done after somebody left, by the person's id (TEAM-2). */
export const departure = schema.table('departure', {
  id: text().primaryKey(),
  version: integer().notNull(),
  since: moment('since').notNull(),
  items: jsonb().$type<OffboardingItem[]>().notNull(),
  /** The items that somebody ticked. */
  done: jsonb().$type<string[]>().notNull(),
});

/** Accounts with admin rights on core, by the last complete reads of their sources (CORE-4). No name is in it. */
export const account = schema.table(
  'account',
  {
    id: text().primaryKey(),
    source: text().notNull(),
    kind: text().$type<'user' | 'token' | 'member'>().notNull(),
    person: text(),
    builtIn: text('built_in').$type<'root' | 'own-token' | 'own-user'>(),
    asleep: boolean().notNull(),
    rights: jsonb().$type<AdminRight[]>().notNull(),
    since: moment('since').notNull(),
    /** Complete reads in a row that do not show it. */
    missed: integer().notNull().default(0),
  },
  (table) => [index('account_source').on(table.source)],
);

/** Where accounts are looked for, and whether that could be read whole. */
export const accessSource = schema.table('access_source', {
  id: text().primaryKey(),
  state: text().$type<'known' | 'unknown'>().notNull(),
  since: moment('since').notNull(),
  readAt: moment('read_at'),
  lacks: text(),
  accounts: integer().notNull().default(0),
});

/** Whose an account is, by somebody of the team: a person's, or no person's. */
export const knownAccount = schema.table('known_account', {
  id: text().primaryKey(),
  version: integer().notNull(),
  since: moment('since').notNull(),
  person: text(),
  service: jsonb().$type<ServiceAccount>(),
});

/** What has no API: who has access, or knows a secret (CORE-2). */
export const accessList = schema.table('access_list', {
  id: text().primaryKey(),
  version: integer().notNull(),
  title: text().notNull(),
  kind: text().$type<'access' | 'secret'>().notNull(),
  core: boolean().notNull(),
  people: jsonb().$type<PersonId[]>().notNull(),
  since: moment('since').notNull(),
  confirmed: jsonb().$type<{ readonly at: string; readonly by: PersonId }>(),
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
