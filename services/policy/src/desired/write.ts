import type { Database, Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { eq, inArray, sql } from 'drizzle-orm';
import { violation } from '../schema.ts';
import type { RegisterChanges } from '../violations/changes.ts';
import { violationIds } from '../violations/ids.ts';
import type { FoundViolation } from '../violations/violation.ts';
import { decisionSubject, eventsOf } from './events.ts';
import type { PowerPass } from './pass.ts';
import { commandsIn, lockHead, removeHolds, saveDesired, saveMemory } from './store.ts';
import type { PowerTarget } from './target.ts';

/** Holds or modes changed between the decision and its transaction: what was decided is out of date. */
class OutOfDate extends Error {
  override readonly name = 'OutOfDate';
}

/** Whether a pass found anything that is to be written. */
export function isNothing(pass: PowerPass, { opened, closed, acceptanceEnded }: RegisterChanges): boolean {
  const { events, generations, rehearsals, endedHolds, desired, memory } = pass;
  const lists = [events, generations, rehearsals, endedHolds, desired, opened, closed, acceptanceEnded];
  return memory.size === 0 && lists.every(({ length }) => length === 0);
}

/**
 * Writes all of a pass in one transaction, which takes the log's head first and then looks whether a person changed a hold
 * or a mode meanwhile: false, and nothing is written, if so. `commands` is `commandsIn` as it was decided upon.
 */
export async function write(
  { database, log, settingsHash }: { database: Database; log: EventLog; settingsHash: string },
  pass: PowerPass,
  register: RegisterChanges,
  { commands, now }: { commands: string; now: Date },
): Promise<boolean> {
  try {
    await database.transaction(async (tx) => {
      // Sent at once; the second statement begins when the first has its lock, and sees what was committed until then.
      const [, present] = await Promise.all([lockHead(tx), commandsIn(tx, log.epoch)]);
      if (present !== commands) throw new OutOfDate('decided upon other commands');
      const ids = violationIds(register.opened);
      const stored = await log.append(tx, eventsOf(pass, register, ids, settingsHash));
      const decisions = new Map<string, string>();
      for (const { type, subject, id } of stored) {
        if (type === 'desired-state.decided') decisions.set(subject, id);
      }
      const byTarget = new Map<PowerTarget, string>(
        pass.desired.flatMap(({ target }) => {
          const id = decisions.get(decisionSubject(target));
          return id === undefined ? [] : [[target, id] as const];
        }),
      );
      await saveDesired(tx, pass.desired, byTarget);
      await saveMemory(tx, pass.memory);
      await removeHolds(
        tx,
        pass.endedHolds.map(({ id }) => id),
      );
      await saveRegister(tx, register, ids, now);
    });
    return true;
  } catch (error) {
    if (error instanceof OutOfDate) return false;
    throw error;
  }
}

async function saveRegister(
  tx: Tx,
  { opened, closed, acceptanceEnded }: RegisterChanges,
  ids: ReadonlyMap<FoundViolation, string>,
  now: Date,
): Promise<void> {
  if (closed.length > 0) {
    const gone = closed.map(({ id }) => id);
    await tx.delete(violation).where(inArray(violation.id, gone));
  }
  for (const { id } of acceptanceEnded) {
    await tx
      .update(violation)
      .set({ accepted: null, version: sql`${violation.version} + 1` })
      .where(eq(violation.id, id));
  }
  if (opened.length === 0) return;
  await tx.insert(violation).values(
    opened.map((found) => ({
      id: ids.get(found) ?? '',
      version: 1,
      kind: found.kind,
      subject: found.subject,
      cause: found.cause ?? '',
      found,
      since: now,
    })),
  );
}
