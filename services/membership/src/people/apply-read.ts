import type { Tx } from '@huismeester/database';
import { type DirectoryRead, normalUid } from '@huismeester/directory';
import { type EventLog, type NewEvent, newEvent } from '@huismeester/events';
import type { Access } from '@huismeester/service';
import { assess, type Gone } from '../core/assess.ts';
import type { Read } from '../core/known.ts';
import { followed } from './awaited.ts';
import { beginRegister } from './begin-register.ts';
import { type DirectoryRow, lockDirectory, saveDirectory } from './directory-row.ts';
import { personChanges } from './person-changes.ts';
import { known, type PersonRow, readMembers, readPeople, savePeople } from './person-rows.ts';
import { saveAccess } from './save-access.ts';

export interface ApplyDeps {
  readonly log: EventLog;
  readonly access: Access;
  /** Makes an id where one is taken. */
  readonly newId: () => string;
  /** Whether we write groups of the directory ourselves. */
  readonly writes: boolean;
}

export interface ApplyOptions {
  readonly accepts: (parts: readonly Gone[]) => boolean;
  readonly actor: string;
  /** Writes what everybody may be, not only of those of whom it changed: the first time of a process. */
  readonly all: boolean;
}

/** What came of a read. */
export type Applied =
  /** `basis` is when the read was that it is compared with. */
  | { readonly verdict: 'too-much-gone'; readonly parts: readonly Gone[]; readonly basis: Date | null }
  /** By the directory's id the person that everybody is. */
  | { readonly verdict: 'complete'; readonly people: ReadonlyMap<string, string> };

/**
 * Takes a complete read of the directory: people, their groups and roles, the register where it begins with this, and what every process lets
 * them do, all in this transaction. Writes nothing when too much is gone at once and it is not accepted.
 */
export async function applyRead(
  tx: Tx,
  deps: ApplyDeps,
  read: DirectoryRead,
  { accepts, actor, all }: ApplyOptions,
): Promise<Applied> {
  const { log, access, newId, writes } = deps;
  const row = await lockDirectory(tx);
  const before = await readPeople(tx);
  const found = assess(before.map(known), hashed(read, access), { accepts, newId });
  if (found.verdict === 'too-much-gone') return { ...found, basis: row.readAt };
  const at = log.now();
  const { people } = found;
  const begun = row.begun ? [] : await beginRegister(tx, { people, groups: read.groups, at });
  const members = await readMembers(tx);
  const changes = personChanges(before, { people, members, at });
  await savePeople(tx, changes.rows);
  await saveAccess(tx, access, all ? everybody(before, changes.rows) : changes.rows);
  await access.people.readWhole(tx, at);
  await saveDirectory(tx, {
    ...(row.state === 'unknown' && { state: 'known', since: at }),
    readAt: at,
    reason: null,
    ...(found.renumbered > 0 && { renumbered: found.renumbered }),
    begun: row.begun || begun !== undefined,
  });
  const present = people.filter(({ gone }) => !gone);
  const events = [
    ...(begun ?? []),
    ...changes.events,
    ...(await followed(tx, { people, groups: read.groups, writes })),
    ...ofDirectory(row, { ...found, people: present.length }, at),
  ];
  if (events.length > 0)
    await log.append(
      tx,
      events.map((event) => ({ actor, ...event })),
    );
  return { verdict: 'complete', people: new Map(present.map(({ directoryId, id }) => [directoryId, id])) };
}

function hashed({ people, groups }: DirectoryRead, access: Access): Read {
  return {
    groups,
    people: people.map(({ id, enabled, uid }) => {
      const uidHash = access.uidHash(normalUid(uid));
      // Settings with a directory and without secrets.key are refused.
      if (uidHash === undefined) throw new Error('secrets.key is missing: uids cannot be hashed');
      return { id, enabled, uidHash: uid === '' ? undefined : uidHash };
    }),
  };
}

function everybody(before: readonly PersonRow[], changed: readonly PersonRow[]): PersonRow[] {
  const rows = new Map(before.map((row) => [row.id, row]));
  for (const row of changed) rows.set(row.id, row);
  return [...rows.values()];
}

function ofDirectory(
  { state }: DirectoryRow,
  { renumbered, accepted, people }: { renumbered: number; accepted: number; people: number },
  at: Date,
): NewEvent[] {
  const subject = 'directory/main';
  return [
    ...(accepted > 0 ? [newEvent('directory.accepted', subject, { gone: accepted })] : []),
    ...(renumbered > 0 ? [newEvent('directory.renumbered', subject, { people: renumbered })] : []),
    ...(state === 'unknown'
      ? [newEvent('directory.known', subject, { since: at.toISOString(), people })]
      : []),
  ];
}
