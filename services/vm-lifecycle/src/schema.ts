import { eventTables } from '@huismeester/events';
import { boolean, index, integer, jsonb, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';
import type { Act, Class, Kind, Power } from './core/guest.ts';
import type { DesiredNode, NodeRequest } from './core/node-plan.ts';
import type { Desired, Request } from './core/plan.ts';

export const schema = pgSchema('vm_lifecycle');
export const tables = eventTables(schema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** What our events have said of each hypervisor; `since` is when that last turned, 1970 if it never did. */
export const hypervisor = schema.table('hypervisor', {
  id: text().primaryKey(),
  reachable: boolean().notNull(),
  quorate: boolean().notNull(),
  since: moment('since').notNull(),
});

export const node = schema.table('node', {
  id: text().primaryKey(),
  hypervisor: text().notNull(),
  node: text().notNull(),
  online: boolean().notNull(),
  since: moment('since').notNull(),
});

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
    /** What its configuration said when it was last read; null until then. */
    onboot: boolean(),
    agent: boolean(),
    ha: boolean(),
  },
  (table) => [index('vm_hypervisor').on(table.hypervisor)],
);

/** The newest decision of policy about each node, and how far we are with it; ids as in `node`. */
export const desiredNode = schema.table('desired_node', {
  id: text().primaryKey(),
  hypervisor: text().notNull(),
  node: text().notNull(),
  state: text().$type<DesiredNode['state']>().notNull(),
  generation: integer().notNull(),
  mode: text().$type<DesiredNode['mode']>().notNull(),
  validUntil: moment('valid_until'),
  decision: text().notNull(),
  correlation: text().notNull(),
  reached: boolean().notNull().default(false),
  givenUp: boolean('given_up').notNull().default(false),
});

/** What we last did about each node's power. */
export const nodeRequest = schema.table('node_request', {
  id: text().primaryKey(),
  hypervisor: text().notNull(),
  node: text().notNull(),
  act: text().$type<NodeRequest['act']>().notNull(),
  generation: integer().notNull(),
  decision: text().notNull(),
  correlation: text().notNull(),
  attempt: integer().notNull(),
  phase: text().$type<NodeRequest['phase']>().notNull(),
  error: text(),
  intendedAt: moment('intended_at').notNull(),
  notBefore: moment('not_before'),
});

/** The newest decision of policy about each VM, and how far we are with it. */
export const desired = schema.table('desired', {
  vm: text().primaryKey(),
  state: text().$type<Desired['state']>().notNull(),
  generation: integer().notNull(),
  mode: text().$type<Desired['mode']>().notNull(),
  validUntil: moment('valid_until'),
  decision: text().notNull(),
  correlation: text().notNull(),
  reached: boolean().notNull().default(false),
  givenUp: boolean('given_up').notNull().default(false),
});

/** Our newest request for each VM; those before it are in the log. */
export const request = schema.table('request', {
  vm: text().primaryKey(),
  act: text().$type<Act>().notNull(),
  generation: integer().notNull(),
  decision: text().notNull(),
  correlation: text().notNull(),
  attempt: integer().notNull(),
  tries: integer().notNull(),
  phase: text().$type<Request['phase']>().notNull(),
  node: text().notNull(),
  upid: text(),
  error: text(),
  intendedAt: moment('intended_at').notNull(),
  notBefore: moment('not_before'),
  /** Of this VM's requests before it: none of them is taken for this one's. */
  upids: jsonb().$type<string[]>().notNull(),
});
