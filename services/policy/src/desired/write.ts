import { allEnded, type Database } from '@huismeester/database';
import { type EventLog, withId } from '@huismeester/events';
import { queueNotices, violationNotices } from '../notices/queue.ts';
import type { Notice } from '../rules/define.ts';
import type { RegisterChanges } from '../violations/changes.ts';
import { lockRegister, saveRegister, violationIds } from '../violations/register.ts';
import { decisionSubject, eventsOf } from './events.ts';
import type { PowerPass } from './pass.ts';
import { commandsIn, lockHead, lockHolds, removeHolds, saveDesired, saveMemory } from './store.ts';

/** A person changed something between the decision and its transaction: what was decided is out of date. */
class OutOfDate extends Error {
  override readonly name = 'OutOfDate';
}

/** What of a pass is written. */
export type Written = Pick<
  PowerPass,
  'events' | 'generations' | 'rehearsals' | 'endedHolds' | 'desired' | 'memory'
> & {
  /** Those that were not queued yet. */
  readonly notices: readonly Notice[];
};

/** Whether a pass found anything that is to be written. */
export function isNothing(pass: Written, { opened, closed, acceptanceEnded }: RegisterChanges): boolean {
  const { events, generations, rehearsals, endedHolds, desired, memory, notices } = pass;
  const lists = [
    events,
    generations,
    rehearsals,
    endedHolds,
    desired,
    opened,
    closed,
    acceptanceEnded,
    notices,
  ];
  return memory.size === 0 && lists.every(({ length }) => length === 0);
}

/**
 * Writes all of a pass in one transaction. It takes locks in the order in which commands do, or both could wait for each
 * other: first the rows of people's aggregates that it writes, then the log's head. Then it looks whether a person changed
 * a hold or a mode meanwhile. False, and nothing is written, when what was decided is out of date; `commands` is
 * `commandsIn` as it was decided upon.
 */
export async function write(
  { database, log, settingsHash }: { database: Database; log: EventLog; settingsHash: string },
  pass: Written,
  register: RegisterChanges,
  { commands, now }: { commands: string; now: Date },
): Promise<boolean> {
  const ended = pass.endedHolds.map(({ id }) => id);
  try {
    await database.transaction(async (tx) => {
      const isCurrent = (await lockHolds(tx, ended)) && (await lockRegister(tx, register, now.getTime()));
      if (!isCurrent) throw new OutOfDate('decided upon other holds or violations');
      const ids = violationIds(register.opened);
      await queueNotices(tx, [...pass.notices, ...violationNotices(register.opened, ids)], now);
      // Sent at once; the second statement begins when the first has its lock, and sees what was committed until then.
      const [, present] = await Promise.all([lockHead(tx), commandsIn(tx, log.epoch)]);
      if (present !== commands) throw new OutOfDate('decided upon other commands');
      // With their ids already: what refers to them travels with them.
      const events = eventsOf(pass, register, ids, settingsHash).map(withId);
      const decisions = new Map(
        events.flatMap(({ type, subject, id }) =>
          type === 'desired-state.decided' ? [[subject, id] as const] : [],
        ),
      );
      await allEnded<unknown>([
        log.append(tx, events),
        saveDesired(tx, pass.desired, (target) => decisions.get(decisionSubject(target))),
        saveMemory(tx, pass.memory),
        removeHolds(tx, ended),
        saveRegister(tx, register, ids, now),
      ]);
    });
    return true;
  } catch (error) {
    if (error instanceof OutOfDate) return false;
    throw error;
  }
}
