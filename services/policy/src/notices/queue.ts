import { randomUUID } from 'node:crypto';
import type { Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { type Notice, noticeKey } from '../rules/define.ts';
import { notice as table } from '../schema.ts';
import type { FoundViolation } from '../violations/violation.ts';
import { notAskedError, staleError, violationPrefix, wholeTeam } from './says.ts';

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const most = 1_000;

/**
 * Queues notices in the transaction of the decision that they follow from: one row for each person, kind, subject and moment, however often it is
 * given. One that waits for the digest and is urgent by now goes at once; a warning that was not sent since it was not true is sent if it is true again.
 */
export async function queueNotices(tx: Tx, notices: readonly Notice[], now: Date): Promise<void> {
  const unique = [...new Map(notices.map((each) => [noticeKey(each), each])).values()];
  for (let at = 0; at < unique.length; at += most) {
    await insert(tx, unique.slice(at, at + most), now);
  }
}

const isMoreUrgent = sql`${table.state} = 'queued' and ${table.urgency} = 'digest' and ${table.message} is null and excluded.urgency = 'now'`;
const isTrueAgain = sql`${table.state} = 'dropped' and ${table.error} in (${staleError}, ${notAskedError})`;

async function insert(tx: Tx, notices: readonly Notice[], now: Date): Promise<void> {
  await tx
    .insert(table)
    .values(notices.map((each) => rowOf(each, now)))
    .onConflictDoUpdate({
      target: [table.person, table.kind, table.subject, table.moment],
      set: {
        state: 'queued',
        urgency: sql`excluded.urgency`,
        says: sql`excluded.says`,
        nextAt: now,
        queuedAt: sql`case when ${table.state} = 'queued' then ${table.queuedAt} else excluded.queued_at end`,
        endedAt: null,
        error: null,
        message: null,
        attempts: 0,
      },
      setWhere: sql`(${isMoreUrgent}) or (${isTrueAgain})`,
    });
}

const personOf = ({ to }: Notice): string => (to === 'team' ? wholeTeam : to.person);

function rowOf(each: Notice, now: Date): typeof table.$inferInsert {
  const { kind, subject, moment, urgency, clause, reasons, until, renew, about, cause, severity } = each;
  return {
    id: randomUUID(),
    person: personOf(each),
    kind,
    subject,
    moment,
    state: 'queued',
    urgency,
    says: {
      clause,
      reasons,
      severity,
      ...(until !== undefined && { until }),
      ...(renew && { renew }),
      ...(about !== undefined && { about }),
      ...(cause !== undefined && { cause }),
    },
    queuedAt: now,
    nextAt: now,
  };
}

/** What the team reads in its digest of violations that open, but for those that their rules say themselves. */
export function violationNotices(
  opened: readonly FoundViolation[],
  ids: ReadonlyMap<FoundViolation, string>,
): Notice[] {
  const unsaid = opened.filter(({ ownNotice }) => !ownNotice);
  return unsaid.map((found) => ({
    kind: `${violationPrefix}${found.kind}`,
    subject: found.subject,
    moment: ids.get(found) ?? '',
    to: 'team',
    urgency: 'digest',
    severity: found.severity,
    clause: found.clause,
    reasons: found.reasons,
    ...(found.cause !== undefined && { cause: found.cause }),
  }));
}

/** Which notices were queued already by this process: levels are given again and again, and of those nothing is to be written. */
export interface Unqueued {
  of(notices: readonly Notice[]): readonly Notice[];
  /** These are the present ones, and all are queued. */
  queued(notices: readonly Notice[]): void;
}

export function createUnqueued(): Unqueued {
  let known: ReadonlySet<string> = new Set();
  const keyOf = (each: Notice): string => `${each.urgency} ${noticeKey(each)}`;
  return {
    of: (notices) => notices.filter((each) => !known.has(keyOf(each))),
    queued: (notices) => {
      known = new Set(notices.map(keyOf));
    },
  };
}
