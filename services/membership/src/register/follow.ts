import type { RegisterState } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type NewEvent, newEvent } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { type Edit, groupEdits } from '../core/register/groups.ts';
import type { Inside, Membership } from '../inside.ts';
import { personChanges } from '../people/person-changes.ts';
import { known, type PersonRow, readMembers, readPeople, savePeople } from '../people/person-rows.ts';
import { saveAccess } from '../people/save-access.ts';
import { writeLater } from '../people/write-groups.ts';
import { awaited } from '../schema.ts';
import { beginDeparture } from './departures.ts';
import { endGrantsOf } from './grants.ts';

/** What a change of the register needs. */
export type RegisterDeps = Pick<Membership, 'log' | 'access' | 'tasks' | 'settings'> &
  Pick<Inside, 'opened' | 'memory'>;

/** A change of the register that took place. */
export interface Followed {
  readonly person: string;
  readonly state: RegisterState;
  readonly actor: string;
}

/**
 * Has all else follow the register, in the transaction that changed it and under the lock of the directory: what was granted for a trial, what the
 * person may in every process, which groups of the directory are to change, and what is to be done after they left.
 */
export async function followRegister(
  tx: Tx,
  deps: RegisterDeps,
  { person, state, actor }: Followed,
): Promise<void> {
  const { log, access } = deps;
  // A suspended trial is as before afterwards; meanwhile nothing is granted, since there is no role of trial.
  if (state === 'full' || state === 'former') await endGrantsOf(tx, log, { person, actor });
  const rows = await readPeople(tx, [person]);
  const [row] = rows;
  if (row === undefined) return;
  if (state === 'former') await beginDeparture(tx, log, { row, actor });
  const at = log.now();
  const changes = personChanges(rows, { people: rows.map(known), members: await readMembers(tx), at });
  await savePeople(tx, changes.rows);
  // Of who is as they were too: what was granted to them may have ended.
  await saveAccess(tx, access, [changes.rows[0] ?? row]);
  const edits = row.goneAt === null ? await awaitEdits(tx, deps, { row, state, at }) : [];
  const events: NewEvent[] = [
    ...changes.events,
    ...edits.map(({ group, change }) =>
      newEvent('group.awaited', `group/${group}`, { group, person, change }),
    ),
  ];
  if (events.length > 0)
    await log.append(
      tx,
      events.map((event) => ({ actor, ...event })),
    );
}

/** Writes down which groups are to follow, in place of what was awaited and means the opposite. */
async function awaitEdits(
  tx: Tx,
  deps: RegisterDeps,
  { row, state, at }: { row: PersonRow; state: RegisterState; at: Date },
): Promise<Edit[]> {
  const pending = await tx.select().from(awaited).where(eq(awaited.person, row.id));
  const edits = groupEdits(state, {
    groups: row.groups,
    awaited: pending,
    hasTrialGroup: hasTrialGroup(deps),
  });
  const values = edits.map((edit) => ({ ...edit, person: row.id, since: at, written: false, trouble: null }));
  for (const value of values) {
    const { change, since, written, trouble } = value;
    await tx
      .insert(awaited)
      .values(value)
      .onConflictDoUpdate({
        target: [awaited.group, awaited.person],
        set: { change, since, written, trouble },
      });
  }
  await writeLater(tx, deps, values);
  return edits;
}

/** By the last read; before the first one since the start, by settings. */
function hasTrialGroup({ memory, settings: { directory } }: RegisterDeps): boolean {
  const latest = memory.latest();
  if (latest) return latest.groups.trial.state !== 'not-set-up';
  return directory !== undefined && 'ldap' in directory && directory.ldap.groups.trial !== undefined;
}
