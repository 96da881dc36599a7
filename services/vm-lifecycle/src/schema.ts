import type { Offer } from '@huismeester/contracts';
import { eventTables } from '@huismeester/events';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { ActState } from './core/act.ts';
import type { CreationState } from './core/creation.ts';
import type { Desired } from './core/desired.ts';
import type { Act, Class, Kind, Power } from './core/guest.ts';
import type { Asked, PowerChange } from './core/history.ts';
import type { ProjectState } from './core/project.ts';
import type { PromotionState } from './core/promotion.ts';
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
    /** Which guest stands under the vmid (core/incarnation.ts); null until its configuration was read. */
    incarnation: text(),
    /** What it is allowed to use, as last listed. */
    cores: integer(),
    memoryMib: integer('memory_mib'),
    diskGib: integer('disk_gib'),
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
  /** Which of policy's tiers it is of; null for decisions of before. */
  tier: text(),
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

/**
 * Whose each incarnation of a VM is (PART-3). It outlasts the row of its VM, which goes when the VM is not listed for a moment; `ended` when the guest
 * itself is gone.
 */
export const ownership = schema.table(
  'ownership',
  {
    id: text().primaryKey(),
    version: integer().notNull(),
    vm: text().notNull(),
    hypervisor: text().notNull(),
    vmid: integer().notNull(),
    incarnation: text().notNull(),
    /** The person's id; null while it is offered to its first owner. */
    owner: text(),
    project: text(),
    offer: jsonb().$type<Offer>(),
    since: moment('since').notNull(),
    ended: boolean().notNull().default(false),
  },
  (table) => [
    index('ownership_owner').on(table.owner),
    index('ownership_vm').on(table.vm),
    index('ownership_project').on(table.project),
  ],
);

/** How long each incarnation of a participant's VM may run (PART-4); `id` is that of the ownership. */
export const lease = schema.table(
  'lease',
  {
    id: text().primaryKey(),
    version: integer().notNull(),
    vm: text().notNull(),
    owner: text().notNull(),
    number: integer().notNull(),
    started: moment('started').notNull(),
    ends: moment('ends').notNull(),
    renewals: integer().notNull(),
    over: boolean().notNull().default(false),
    /** See LeaseState: that we turned off its onboot, or (false) are about to. */
    onbootBefore: boolean('onboot_before'),
    /** See LeaseState: when it ended before its last renewal. */
    renewedFrom: moment('renewed_from'),
  },
  (table) => [index('lease_vm').on(table.vm)],
);

/** VMs that are being made, or were: the intent, and each step. */
export const creation = schema.table(
  'creation',
  {
    id: text().primaryKey(),
    version: integer().notNull(),
    owner: text().notNull(),
    hypervisor: text().notNull(),
    vmid: integer().notNull(),
    /** Neither done nor given up: it counts against its owner's quota. */
    open: boolean().notNull(),
    state: jsonb().$type<CreationState>().notNull(),
  },
  (table) => [
    index('creation_owner').on(table.owner),
    index('creation_open').on(table.open),
    index('creation_vmid').on(table.hypervisor, table.vmid),
  ],
);

/** What people ask of a VM's power, its size or its end, until it is done (asking/). */
export const act = schema.table(
  'act',
  {
    id: text().primaryKey(),
    version: integer().notNull(),
    vm: text().notNull(),
    open: boolean().notNull(),
    state: jsonb().$type<ActState>().notNull(),
  },
  (table) => [
    index('act_vm').on(table.vm),
    index('act_open').on(table.open).where(sql`${table.open}`),
    index('act_requested').on(sql`(${table.state} ->> 'requestedAt')`),
  ],
);

/** The register of projects (TEAM-4). */
export const project = schema.table('project', {
  id: text().primaryKey(),
  version: integer().notNull(),
  class: text().$type<Class>().notNull(),
  state: jsonb().$type<ProjectState>().notNull(),
});

/** Requests to make a project space-wide, or core (SPACE-1, SPACE-8). */
export const promotion = schema.table(
  'promotion',
  {
    id: text().primaryKey(),
    version: integer().notNull(),
    project: text().notNull(),
    open: boolean().notNull(),
    state: jsonb().$type<PromotionState>().notNull(),
  },
  (table) => [index('promotion_project').on(table.project)],
);
