import type { StoredEvent } from '@huismeester/contracts';
import { eventTables } from '@huismeester/events';
import {
  bigserial,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { Sample } from './core/history.ts';
import type { Reported } from './core/reported.ts';
import type { UpsState } from './core/state.ts';

export const schema = pgSchema('ups_monitor');
export const tables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

/** The state of each UPS by its events, written with them. A UPS that left the settings keeps an empty row. */
export const ups = schema.table('ups', {
  id: text().primaryKey(),
  /** Of its newest event. */
  version: integer().notNull(),
  state: jsonb().$type<UpsState>().notNull(),
  /** The on-battery event of the present power cut: what follows in it names this as its cause. */
  cut: jsonb().$type<Pick<StoredEvent, 'id' | 'correlationid'>>(),
  /** For the snapshot; null in a row of an older program, until it is folded from the log at the start. */
  reported: jsonb().$type<Reported>(),
});

/** How each UPS was, each minute and at each change; `position` is the order in which that was recorded. */
export const sample = schema.table(
  'sample',
  {
    position: bigserial({ mode: 'number' }).primaryKey(),
    ups: text().notNull(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    mains: text().$type<Sample['mains']>().notNull(),
    charge_pct: doublePrecision(),
    runtime_s: doublePrecision(),
    load_pct: doublePrecision(),
    power_w: doublePrecision(),
    input_v: doublePrecision(),
  },
  (table) => [index('sample_ups').on(table.ups, table.position)],
);
