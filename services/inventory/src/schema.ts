import type {
  CableFields,
  DesignDecisionFields,
  ItemFields,
  ItemLink,
  PageGone,
  PageUnknown,
  PolicyTextEntity,
  StewardRole,
  WikiPage,
} from '@huismeester/contracts';
import { eventTables } from '@huismeester/events';
import { integer, jsonb, pgSchema, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import type { OutsideFact } from './core/outside/fact.ts';

export const schema = pgSchema('inventory');
export const tables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Every item that was ever registered, retired ones included. Persons are ids (PRIV-1). */
export const item = schema.table('item', {
  id: text().primaryKey(),
  version: integer().notNull(),
  since: moment('since').notNull(),
  fields: jsonb().$type<ItemFields>().notNull(),
  /** Those that somebody entered, in the order of kind and target. */
  links: jsonb().$type<readonly ItemLink[]>().notNull(),
});

/** Cables, each with its two ends. */
export const cable = schema.table('cable', {
  id: text().primaryKey(),
  version: integer().notNull(),
  since: moment('since').notNull(),
  fields: jsonb().$type<CableFields>().notNull(),
});

/** Who can run an item, or learns to (TEAM-2). */
export const steward = schema.table(
  'steward',
  {
    id: text().primaryKey(),
    version: integer().notNull(),
    item: text().notNull(),
    person: text().notNull(),
    role: text().$type<StewardRole>().notNull(),
    since: moment('since').notNull(),
    /** They count for 400 days from then on. */
    confirmedAt: moment('confirmed_at').notNull(),
  },
  (table) => [uniqueIndex('steward_once_an_item').on(table.item, table.person)],
);

/** Design decisions (CORE-5, SPACE-6), and what the wiki last said of their pages. */
export const designDecision = schema.table('design_decision', {
  id: text().primaryKey(),
  version: integer().notNull(),
  since: moment('since').notNull(),
  fields: jsonb().$type<DesignDecisionFields>().notNull(),
  read: jsonb().$type<WikiPage>(),
  unknown: jsonb().$type<PageUnknown>(),
});

/** When the page of a design decision was last looked at, and since when such a look brings nothing, of this page or of the whole wiki. */
export const pageLook = schema.table('page_look', {
  decision: text().primaryKey(),
  lookedAt: moment('looked_at').notNull(),
  unknownSince: moment('unknown_since'),
  why: text(),
  /** The newest revision that was found, and when it was saved: of itself it is no event. */
  revision: integer(),
  revisedAt: moment('revised_at'),
});

/** What was answered to a proposal: with an item that it was registered as it, else that it is not to be registered. */
export const proposal = schema.table('proposal', {
  id: text().primaryKey(),
  version: integer().notNull(),
  since: moment('since').notNull(),
  item: text(),
});

/** Whether the wiki answers; its one id is `main`. */
export const wiki = schema.table('wiki', {
  id: text().primaryKey(),
  version: integer().notNull(),
  state: text().$type<'reachable' | 'unreachable'>().notNull(),
  since: moment('since').notNull(),
  why: text(),
});

/** What was last read of the infra policy’s page, and what keeps it from being read now; its one id is `main`. */
export const policyText = schema.table('policy_text', {
  id: text().primaryKey(),
  version: integer().notNull(),
  read: jsonb().$type<NonNullable<PolicyTextEntity['read']>>(),
  gone: jsonb().$type<PageGone>(),
  unknown: jsonb().$type<PageUnknown>(),
});

/** The texts of revisions of the infra policy’s page: that of the settings, and the newest. */
export const policyRevision = schema.table('policy_revision', {
  revision: text().primaryKey(),
  readAt: moment('read_at').notNull(),
  text: text().notNull(),
});

/** What other services say of their things, by subject; written by the reader of their logs alone. */
export const outside = schema.table('outside', {
  id: text().primaryKey(),
  state: jsonb().$type<OutsideFact>().notNull(),
});
