import type { Minutes } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { eq, sql } from 'drizzle-orm';
import type { Cast } from '../core/admission/advance.ts';
import type { Write } from '../core/admission/decision.ts';
import { keepReason } from '../register/reasons.ts';
import { ballot, minutes } from '../schema.ts';

/*
 * What is written beside the log, and erased after a year (JOIN-2): votes, minutes and reasons. It stands in these tables and nowhere else.
 */

type Reader = Pick<Tx, 'select'>;
export type BallotRow = typeof ballot.$inferSelect;

export async function readBallots(from: Reader, application?: string): Promise<BallotRow[]> {
  return await from
    .select()
    .from(ballot)
    .where(application === undefined ? undefined : eq(ballot.application, application))
    .orderBy(ballot.at, ballot.person);
}

/** A ballot as decisions see it. */
export function castOf({ person, vote, noObjection, because }: BallotRow): Cast {
  return { person, vote: vote ?? undefined, noObjection, because: because ?? undefined };
}

export async function readMinutes(from: Reader, application: string): Promise<Minutes | undefined> {
  const [row] = await from.select().from(minutes).where(eq(minutes.application, application));
  return row?.recorded;
}

/** Writes what a decision about this application has beside its events, in their transaction. */
export async function writeBeside(
  tx: Tx,
  application: string,
  writes: readonly Write[],
  at: Date,
): Promise<void> {
  for (const write of writes) {
    if (write.table === 'ballot') await writeBallot(tx, application, write.cast, at);
    else if (write.table === 'reason')
      await keepReason(tx, { id: write.id, by: write.by, at, text: write.text });
    else if (write.recorded === undefined) {
      await tx.delete(minutes).where(eq(minutes.application, application));
    } else {
      await tx.insert(minutes).values({ application, by: write.by, at, recorded: write.recorded });
    }
  }
}

async function writeBallot(
  tx: Tx,
  application: string,
  { person, vote, noObjection, because }: Cast,
  at: Date,
): Promise<void> {
  await tx
    .insert(ballot)
    .values({ application, person, vote: vote ?? null, noObjection, because: because ?? null, at })
    .onConflictDoUpdate({
      target: [ballot.application, ballot.person],
      set: {
        vote: sql`excluded.vote`,
        noObjection: sql`excluded.no_objection`,
        because: sql`excluded.because`,
        // Kept for a year from the vote, and not from what was said of the board since.
        at: sql`case when ${ballot.vote} is not distinct from excluded.vote and ${ballot.because} is not distinct from excluded.because then ${ballot.at} else excluded.at end`,
      },
    });
}
