import { eventTables } from '@huismeester/events';
import { boolean, index, integer, jsonb, pgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Desired } from './core/desired.ts';
import type { Act, Class, Kind, Power } from './core/guest.ts';
import type { Asked, PowerChange } from './core/history.ts';
import type { AnyRequest, NodeAct } from './core/request.ts';
import type { Target } from './core/target.ts';

export const schema = pgSchema('vm_lifecycle');
export const tables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Each hypervisor by our events; `since` is when that last turned, 1970 if it never did. */
export const hypervisor = schema.table('hypervisor', {
  id: text().primaryKey(),
  reachable: boolean().notNull(),
  quorate: boolean().notNull(),
  since: moment('since').notNull(),
});

/** The nodes by our events; `id` is made when a node is first seen (core/node-id.ts) and stays. */
export const node = schema.table(
  'node',
  {
    hypervisor: text().notNull(),
    node: text().notNull(),
    id: text().notNull().unique(),
    online: boolean().notNull(),
    since: moment('since').notNull(),
    asked: jsonb().$type<Asked<NodeAct>>(),
    gaveUp: integer('gave_up'),
  },
  (table) => [primaryKey({ columns: [table.hypervisor, table.node] })],
);

/** The VMs that stand in a listed pool; of others there is no row anywhere (PRIV-2). */
export const vm = schema.table(
  'vm',
  {
    id: text().primaryKey(),
    hypervisor: text().notNull(),
    vmid: integer().notNull(),
    kind: text().$type<Kind>().notNull(),
    name: text().notNull(),
    class: text().$type<Class>().notNull(),
    pool: text().notNull(),
    node: text().notNull(),
    status: text().$type<Power>().notNull(),
    changedAt: moment('changed_at').notNull(),
    /** By its configuration when that was last read; null until then. */
    onboot: boolean(),
    agent: boolean(),
    ha: boolean(),
    /** From here on: core/history.ts. */
    foundAt: moment('found_at'),
    started: jsonb().$type<PowerChange>(),
    stopped: jsonb().$type<PowerChange>(),
    asked: jsonb().$type<Asked<Act>>(),
    shutdownMs: integer('shutdown_ms'),
    gaveUp: integer('gave_up'),
  },
  (table) => [index('vm_hypervisor').on(table.hypervisor)],
);

/** The newest decision of policy about each guest and node, and how far we are with it. */
export const desired = schema.table('desired', {
  target: text().$type<Target>().primaryKey(),
  state: text().$type<Desired['state']>().notNull(),
  generation: integer().notNull(),
  mode: text().$type<Desired['mode']>().notNull(),
  validUntil: moment('valid_until'),
  decision: text().notNull(),
  correlation: text().notNull(),
  reached: boolean().notNull().default(false),
  givenUp: boolean('given_up').notNull().default(false),
});

/** Our newest request about each guest and node; those before it are in the log. */
export const request = schema.table('request', {
  target: text().$type<Target>().primaryKey(),
  hypervisor: text().notNull(),
  node: text().notNull(),
  act: text().$type<AnyRequest['act']>().notNull(),
  generation: integer().notNull(),
  decision: text().notNull(),
  correlation: text().notNull(),
  attempt: integer().notNull(),
  tries: integer().notNull(),
  phase: text().$type<AnyRequest['phase']>().notNull(),
  upid: text(),
  error: text(),
  intendedAt: moment('intended_at').notNull(),
  notBefore: moment('not_before'),
  /** Of this guest's requests before it: none of them is taken for this one's. */
  upids: jsonb().$type<string[]>().notNull(),
});
