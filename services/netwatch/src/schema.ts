import type { PortIdentity } from '@huismeester/contracts';
import { eventTables } from '@huismeester/events';
import {
  boolean,
  doublePrecision,
  index,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { Incident } from './core/incident.ts';
import type { OutsideFact } from './core/outside.ts';
import type { Thing } from './core/thing.ts';
import type { Vantage } from './core/world.ts';
import type { Memory } from './memory.ts';

export const schema = pgSchema('netwatch');
export const tables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

/** The verdict on each thing, written with its events. A thing that left the settings keeps its row, for its history. */
export const thing = schema.table('thing', {
  id: text().primaryKey(),
  state: jsonb().$type<Thing>().notNull(),
});

/** What must outlast a restart besides the verdict: changes of the flap window, what was said of a certificate, baselines. */
export const memory = schema.table('memory', {
  thing: text().primaryKey(),
  state: jsonb().$type<Memory>().notNull(),
});

export const incident = schema.table(
  'incident',
  {
    id: text().primaryKey(),
    open: boolean().notNull(),
    since: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    state: jsonb().$type<Incident>().notNull(),
  },
  (table) => [index('incident_since').on(table.since)],
);

/**
 * When each thing was up or down: what is in none of these is unknown. Times in ms since 1970. Logs end after 400 days, and a figure
 * of a year must not read a year of events.
 */
export const span = schema.table(
  'span',
  {
    thing: text().notNull(),
    state: text({ enum: ['up', 'down'] }).notNull(),
    from: doublePrecision('from_ms').notNull(),
    /** Null: it goes on. */
    until: doublePrecision('until_ms'),
  },
  (table) => [index('span_thing_from').on(table.thing, table.from)],
);

/** The identities of ports, kept for good: topics and events are named after them. */
export const port = schema.table(
  'port',
  {
    switch: text().notNull(),
    id: text().notNull(),
    by: text({ enum: ['name', 'descr', 'index'] })
      .$type<PortIdentity['by']>()
      .notNull(),
    key: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.switch, table.id] })],
);

/** What other services' logs say of things that ours depend on, by their subject. */
export const outside = schema.table('outside', {
  id: text().primaryKey(),
  state: jsonb().$type<OutsideFact>().notNull(),
});

/** What there is one of: a row a key. */
export const own = schema.table('own', {
  key: text().primaryKey(),
  state: jsonb().$type<Own>().notNull(),
});

export interface Own {
  readonly nextIncident: number;
  readonly vantage?: Vantage;
  /** The id of the last step. */
  readonly step?: string;
}

/** When this service was last known to look, ms since 1970: what was up or down is so until then, and unknown after it. */
export const alive = schema.table('alive', {
  key: text().primaryKey(),
  at: doublePrecision('at_ms').notNull(),
});
