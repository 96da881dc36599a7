import type { StoredEvent } from '@huismeester/contracts';
import { eventTables } from '@huismeester/events';
import { integer, jsonb, pgSchema, text } from 'drizzle-orm/pg-core';
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
