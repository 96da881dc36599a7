import { eventTables } from '@huismeester/events';
import { boolean, jsonb, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';
import type { Feed } from './core/feed.ts';
import type { Desired, Guest, Standing } from './core/guest.ts';
import type { Hold } from './core/hold.ts';
import type { NodeStanding } from './core/nodes.ts';
import type { Outage } from './core/stage.ts';
import type { Open } from './core/violations.ts';

/** policy's own PostgreSQL schema. */
export const policySchema = pgSchema('policy');

export const tables = eventTables(policySchema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

/** What is known of each UPS; written by the consumer of ups-monitor's log alone. */
export const feed = policySchema.table('feed', {
  ups: text().primaryKey(),
  state: jsonb().$type<Feed>().notNull(),
});

/** What is known of each VM; written by the consumer of vm-lifecycle's log alone. */
export const guest = policySchema.table('guest', {
  vm: text().primaryKey(),
  state: jsonb().$type<Guest>().notNull(),
});

/** The power cuts that are not over; written by the evaluation alone. */
export const outage = policySchema.table('outage', {
  ups: text().primaryKey(),
  state: jsonb().$type<Outage>().notNull(),
});

/** The newest decision about each VM and what is remembered with it; written by the evaluation alone. */
export const standing = policySchema.table('standing', {
  vm: text().primaryKey(),
  state: jsonb().$type<Standing>().notNull(),
  /** The event of the decision. */
  decision: text().notNull(),
});

/** Whether each node is online, by `nodeKey`; written by the consumer of vm-lifecycle's log alone. */
export const node = policySchema.table('node', {
  key: text().primaryKey(),
  online: boolean().notNull(),
});

/** Whether each hypervisor answers; written by the consumer of vm-lifecycle's log alone. */
export const hypervisor = policySchema.table('hypervisor', {
  id: text().primaryKey(),
  reachable: boolean().notNull(),
});

/** The newest decision about each node that settings leave to us; written by the evaluation alone. */
export const nodeStanding = policySchema.table('node_standing', {
  key: text().primaryKey(),
  state: jsonb().$type<NodeStanding>().notNull(),
  /** The event of the decision. */
  decision: text().notNull(),
});

/** The VMs that somebody put on hold, until it is over. */
export const hold = policySchema.table('hold', {
  vm: text().primaryKey(),
  state: jsonb().$type<Hold>().notNull(),
});

/** The violations that are open; written by the evaluation alone. */
export const violation = policySchema.table('violation', {
  id: text().primaryKey(),
  state: jsonb().$type<Open>().notNull(),
});

/** Which clauses are armed. The epoch is that of the log when it was said: in another one it counts for nothing. */
export const ruleMode = policySchema.table('rule_mode', {
  clause: text().primaryKey(),
  mode: text().$type<Desired['mode']>().notNull(),
  epoch: text().notNull(),
  since: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  by: text().notNull(),
});
