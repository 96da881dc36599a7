import type { Tx } from '@huismeester/database';
import { newEvent } from '@huismeester/events';
import { and, eq, sql } from 'drizzle-orm';
import { actor } from '../desired/events.ts';
import type { Failure } from '../notices/letters.ts';
import { reportDelivery as table } from '../schema.ts';

/** What of a row of the outbox says to whom which report went. */
interface Sent {
  readonly id: string;
  readonly subject: string;
  /** The id of a person, or `board`. */
  readonly person: string;
}

/** The event of a report that was delivered, or failed. */
export function deliveryEvent({ id, subject, person }: Sent, failure: Failure | undefined) {
  const data = { report: reportIn(subject), notice: id, to: person };
  return failure === undefined
    ? newEvent('report.delivered', subject, data, { actor })
    : newEvent('report.failed', subject, { ...data, ...failure }, { actor });
}

/** Notes at the report itself what became of it, since the outbox forgets after a while. */
export async function noteDelivery(
  tx: Tx,
  { subject, person }: Sent,
  failure: Failure | undefined,
  now: Date,
): Promise<void> {
  await tx
    .update(table)
    .set(
      failure === undefined
        ? {
            state: 'delivered',
            at: now,
            deliveredAt: sql`coalesce(${table.deliveredAt}, ${now.toISOString()})`,
          }
        : { state: 'failed', at: now, because: failure.because, code: failure.code ?? null },
    )
    .where(and(eq(table.report, reportIn(subject)), eq(table.to, person)));
}

const reportIn = (subject: string): string => subject.replace(/^report\//, '');
