/* Long, since it is all tables of the service. */
import type { EventData, ReportData } from '@huismeester/contracts';
import { eventTables } from '@huismeester/events';
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { DesiredRecord } from './desired/record.ts';
import type { AccessListFact } from './facts/access-list.ts';
import type { AccessSourceFact } from './facts/access-source.ts';
import type { AccountFact } from './facts/account.ts';
import type { ApplicationFact } from './facts/application.ts';
import type { ClockFact } from './facts/clock.ts';
import type { DesignDecisionFact } from './facts/design-decision.ts';
import type { DirectoryFact } from './facts/directory.ts';
import type { GrantFact } from './facts/grant.ts';
import type { HypervisorFact } from './facts/hypervisor.ts';
import type { IncidentFact } from './facts/incident.ts';
import type { ItemFact } from './facts/item.ts';
import type { KnownAccountFact } from './facts/known-account.ts';
import type { LeaseFact } from './facts/lease.ts';
import type { MemberFact } from './facts/member.ts';
import type { NodeFact } from './facts/node.ts';
import type { OwnershipFact } from './facts/ownership.ts';
import type { PersonFact } from './facts/person.ts';
import type { PolicyTextFact } from './facts/policy-text.ts';
import type { ProjectFact } from './facts/project.ts';
import type { ProjectVmFact } from './facts/project-vm.ts';
import type { StewardFact } from './facts/steward.ts';
import type { Feed } from './facts/ups.ts';
import type { Guest } from './facts/vm.ts';
import type { WikiFact } from './facts/wiki.ts';
import type { NoticeSays } from './notices/says.ts';
import type { ReportSource } from './report/core/entry.ts';
import type { Mode } from './rules/define.ts';
import type { Accepted, FoundViolation } from './violations/violation.ts';

/** policy's own PostgreSQL schema. */
export const policySchema = pgSchema('policy');

export const tables = eventTables(policySchema);
export const { eventLog, logHead, publishCursor, consumeCursor, deadLetter, task, idempotencyKey } = tables;

/** A fact's table; written by the reader of its source alone. */
const factTable = <Name extends string, State>(name: Name) =>
  policySchema.table(name, { key: text().primaryKey(), state: jsonb().$type<State>().notNull() });

/** What is known of each UPS, by its id. */
export const ups = factTable<'ups', Feed>('ups');
/** What is known of each VM, by its id. */
export const vm = factTable<'vm', Guest>('vm');
/** What is known of each node, by `nodeKey`. */
export const node = factTable<'node', NodeFact>('node');
/** What is known of each hypervisor, by its id. */
export const hypervisor = factTable<'hypervisor', HypervisorFact>('hypervisor');
/** The incidents that are open, by their ids. */
export const incident = factTable<'incident', IncidentFact>('incident');
/** What the directory says of each person, by the person's id. */
export const person = factTable<'person', PersonFact>('person');
/** Where each person of the register of the team stands, by the person's id. */
export const member = factTable<'member', MemberFact>('member');
/** How well the directory is known; one row. */
export const directory = factTable<'directory', DirectoryFact>('directory');

/** Applications to the team, by their ids. */
export const application = factTable<'application', ApplicationFact>('application');
/** What members on trial may act on, by the grant's id. */
export const grant = factTable<'trial_grant', GrantFact>('trial_grant');
/** Accounts with admin rights on core, by their ids. */
export const account = factTable<'account', AccountFact>('account');
/** Where such accounts are looked for, and whether that could be read whole, by the source's id. */
export const accessSource = factTable<'access_source', AccessSourceFact>('access_source');
/** Whose accounts are by somebody of the team, by their ids. */
export const knownAccount = factTable<'known_account', KnownAccountFact>('known_account');
/** Who has access to what has no API, by the list's id. */
export const accessList = factTable<'access_list', AccessListFact>('access_list');

/** Whose each incarnation of a VM is, by the ownership's id. */
export const ownership = factTable<'ownership', OwnershipFact>('ownership');
/** How long each may run, by the ownership's id. */
export const lease = factTable<'lease', LeaseFact>('lease');
/** The register of projects, by id. */
export const project = factTable<'project', ProjectFact>('project');
/** Which project each incarnation of a VM belongs to, by the ownership's id. */
export const projectVm = factTable<'project_vm', ProjectVmFact>('project_vm');
/** The register of items, by id. */
export const item = factTable<'item', ItemFact>('item');
/** Who can run which item, by the steward's id. */
export const steward = factTable<'steward', StewardFact>('steward');
/** Design decisions, each with what the wiki said of its page, by id. */
export const designDecision = factTable<'design_decision', DesignDecisionFact>('design_decision');
/** Whether the wiki answers; one row. */
export const wiki = factTable<'wiki', WikiFact>('wiki');
/** The page of the infra policy as it was last read; one row. */
export const policyText = factTable<'policy_text', PolicyTextFact>('policy_text');

/** Whether the civil clock may be believed; one row. */
export const clock = factTable<'clock', ClockFact>('clock');

/** What each power target is wanted to be, and why; written by the power pass alone. */
export const desiredState = policySchema.table('desired_state', {
  target: text().primaryKey(),
  state: jsonb().$type<DesiredRecord>().notNull(),
  /** The event of its newest decision; none while it was only rehearsed. */
  decision: text(),
});

/** What each rule remembers; written by its own pass alone. */
export const ruleMemory = policySchema.table(
  'rule_memory',
  { rule: text().notNull(), key: text().notNull(), state: jsonb().notNull() },
  (table) => [primaryKey({ columns: [table.rule, table.key] })],
);

const moment = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 }).notNull();

/** What people put on hold, until it is over; a target may have several. */
export const hold = policySchema.table('hold', {
  id: text().primaryKey(),
  version: integer().notNull(),
  /** `vm/<id>`, `node/<id>`, `probe/<id>`, `switch/<id>` or `port/<switch>/<id>`. */
  target: text().notNull(),
  since: moment(),
  until: moment(),
  because: text().notNull(),
  by: text().notNull(),
  /** Of a VM: which guest under its vmid. */
  incarnation: text(),
});

/** The register of violations: those that are open. Rows come and go with their rule's pass; acceptance is a person's. */
export const violation = policySchema.table(
  'violation',
  {
    id: text().primaryKey(),
    version: integer().notNull(),
    kind: text().notNull(),
    subject: text().notNull(),
    /** Distinguishes several of a kind and subject; empty where there is one. */
    cause: text().notNull(),
    found: jsonb().$type<FoundViolation>().notNull(),
    since: moment(),
    /** Who accepts it for now (gedoogd), why and until when. */
    accepted: jsonb().$type<Accepted>(),
  },
  (table) => [unique('violation_key').on(table.kind, table.subject, table.cause)],
);

/**
 * Which clause of which rule is armed; `id` is `<rule>/<clause>` in lower case. The epoch is that of the log when it was
 * armed: in another one it counts for nothing.
 */
export const ruleMode = policySchema.table('rule_mode', {
  id: text().primaryKey(),
  version: integer().notNull(),
  rule: text().notNull(),
  clause: text().notNull(),
  mode: text().$type<Mode>().notNull(),
  epoch: text().notNull(),
  since: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
  by: text().notNull(),
});

/**
 * The outbox: one row for each notice to one person, or to the team (`person` empty), or to a target beside mail (`person` is its name). Written in the transaction of the decision that it follows
 * from; sent after that, the attempt recorded first. Neither name nor address is in it: they are asked of membership when it is sent.
 */
export const notice = policySchema.table(
  'notice',
  {
    id: text().primaryKey(),
    /** The person's id; empty: to the team, each of whom gets a row of their own when it is sent. */
    person: text().notNull(),
    kind: text().notNull(),
    subject: text().notNull(),
    moment: text().notNull(),
    state: text().$type<'queued' | 'handed' | 'failed-for-good' | 'dropped'>().notNull(),
    urgency: text().$type<'now' | 'digest'>().notNull(),
    /** Clause, reasons, link: what it says, as data. */
    says: jsonb().$type<NoticeSays>().notNull(),
    queuedAt: timestamp('queued_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
    /** When it is tried next; null once it is over. */
    nextAt: timestamp('next_at', { withTimezone: true, mode: 'date', precision: 3 }),
    attempts: integer().notNull().default(0),
    /** The Message-ID of the message that it went, or goes, out with: the same in each attempt. */
    message: text(),
    endedAt: timestamp('ended_at', { withTimezone: true, mode: 'date', precision: 3 }),
    error: text(),
  },
  (table) => [
    unique('notice_key').on(table.person, table.kind, table.subject, table.moment),
    index('notice_due').on(table.nextAt),
  ],
);

/**
 * What reports are made of: of each log what they need, by readers of their own. It stays when the logs are pruned; no name, address, vote or reason is
 * in it.
 */
export const reportEntry = policySchema.table(
  'report_entry',
  {
    seq: bigserial({ mode: 'number' }).primaryKey(),
    source: text().$type<ReportSource>().notNull(),
    epoch: text().notNull(),
    position: bigint({ mode: 'number' }).notNull(),
    time: moment(),
    type: text().notNull(),
    subject: text().notNull(),
    /** From a snapshot: how it was when a reader began. */
    isState: boolean('is_state').notNull(),
    data: jsonb().notNull(),
  },
  (table) => [
    index('report_entry_subject').on(table.subject),
    index('report_entry_read').on(table.time).where(sql`type = 'source.read'`),
    // Read in the order of each source, page by page.
    index('report_entry_source').on(table.source, table.seq),
  ],
);

/** Reports to the board as they were made, people by their ids; `id` says the range. */
export const report = policySchema.table('report', {
  id: text().primaryKey(),
  from: moment(),
  to: moment(),
  how: text().$type<'monthly' | 'on-demand'>().notNull(),
  made: moment(),
  digest: text().notNull(),
  data: jsonb().$type<ReportData>().notNull(),
  /** By source, the number of the last entry that it was made of: what is collected later is late. */
  seqs: jsonb().$type<Record<string, number>>().notNull(),
  forwardedBy: text('forwarded_by'),
  forwardedAt: timestamp('forwarded_at', { withTimezone: true, mode: 'date', precision: 3 }),
});

/** To whom each report went: a board member by id, or `board`, the address of the whole board. */
export const reportDelivery = policySchema.table(
  'report_delivery',
  {
    report: text().notNull(),
    to: text().notNull(),
    state: text().$type<'queued' | 'delivered' | 'failed'>().notNull(),
    at: moment(),
    /** Why it failed, and what the mail server answered. */
    because: text().$type<EventData<'report.failed'>['because']>(),
    code: integer(),
    /** When the mail server first took it: what becomes of it when it is sent once more changes nothing of that. */
    deliveredAt: timestamp('delivered_at', { withTimezone: true, mode: 'date', precision: 3 }),
  },
  (table) => [primaryKey({ columns: [table.report, table.to] })],
);

/** What the team advises the board (TEAM-3). */
export const advice = policySchema.table('advice', {
  id: text().primaryKey(),
  version: integer().notNull(),
  title: text().notNull(),
  text: text().notNull(),
  state: text().$type<'open' | 'given' | 'answered'>().notNull(),
  since: moment(),
  by: text().notNull(),
  given: timestamp({ withTimezone: true, mode: 'date', precision: 3 }),
  answer: text(),
  answered: timestamp({ withTimezone: true, mode: 'date', precision: 3 }),
});
