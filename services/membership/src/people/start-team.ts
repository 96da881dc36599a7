import type { Tx } from '@huismeester/database';
import type { DirectoryRead } from '@huismeester/directory';
import { type EventLog, type NewEvent, newEvent, type Refusal, refuse } from '@huismeester/events';
import type { Access } from '@huismeester/service';
import { awaited, member } from '../schema.ts';
import { lockDirectory, saveDirectory } from './directory-row.ts';
import { personChanges } from './person-changes.ts';
import { known, type PersonRow, readMembers, readPeople, savePeople } from './person-rows.ts';
import { saveAccess } from './save-access.ts';

/** The team that root begins with; ids of people. */
export interface Beginning {
  readonly people: readonly string[];
  /** The board member among them (BOARD-1). */
  readonly board: string;
}

interface StartDeps {
  readonly log: EventLog;
  readonly access: Access;
  readonly actor: string;
  /** As the last complete read has them; undefined before the first. */
  readonly groups: DirectoryRead['groups'] | undefined;
}

/**
 * Begins the register of the team where there is nobody in it (TEAM-1): full members all, and the groups are to follow. Refused once there is a
 * register, for people whom the directory does not have, and where nobody of the board is named.
 */
export async function startTeam(
  tx: Tx,
  { log, access, actor, groups }: StartDeps,
  { people, board }: Beginning,
): Promise<Refusal | readonly string[]> {
  await lockDirectory(tx);
  const members = await readMembers(tx);
  if (members.size > 0) {
    const title = 'There is a register of the team already; who joins it is for the team to decide';
    return refuse('already-started', title, { clause: 'TEAM-1' });
  }
  const ids = [...new Set([...people, board])];
  const rows = await readPeople(tx, ids);
  const there = rows.filter(({ goneAt, enabled }) => goneAt === null && enabled);
  const refusal = refusedPeople(ids, there) ?? refusedBoard(board, there, groups);
  if (refusal) return refusal;
  const at = log.now();
  // The version is that of the event below, the first of each.
  const begun = { version: 1, state: 'full', since: at, until: null } as const;
  await tx.insert(member).values(ids.map((id) => ({ id, ...begun })));
  await saveDirectory(tx, { begun: true });
  const missing = rows.filter(({ groups }) => !groups.includes('team'));
  const edits = missing.map(({ id }) => ({
    group: 'team' as const,
    person: id,
    change: 'add' as const,
    since: at,
  }));
  if (edits.length > 0) await tx.insert(awaited).values(edits).onConflictDoNothing();
  const changes = personChanges(rows, { people: rows.map(known), members: await readMembers(tx), at });
  await savePeople(tx, changes.rows);
  await saveAccess(tx, access, changes.rows);
  const events: NewEvent[] = [
    ...ids.map((id) =>
      newEvent('member.started', `member/${id}`, { person: id, state: 'full', board: id === board }),
    ),
    ...changes.events,
    ...missing.map(({ id }) =>
      newEvent('group.awaited', 'group/team', { group: 'team', person: id, change: 'add' }),
    ),
  ];
  await log.append(
    tx,
    events.map((event) => ({ actor, ...event })),
  );
  return missing.map(({ id }) => id);
}

/** Where there is a group of the board, and it is known. */
function refusedBoard(
  board: string,
  rows: readonly PersonRow[],
  groups: DirectoryRead['groups'] | undefined,
): Refusal | undefined {
  // Who is in it cannot be told, so neither what follows.
  const unclear = (['team', 'board'] as const).find(
    (name) => groups === undefined || groups[name].state === 'unknown',
  );
  if (unclear)
    return refuse('directory-unknown', `The group of the ${unclear} is unknown; see why with GET /directory`);
  const isOfBoard = rows.some(({ id, groups: of }) => id === board && of.includes('board'));
  if (isOfBoard || groups?.board.state !== 'known') return undefined;
  const errors = [
    { field: 'body.board', found: board, allowed: 'the id of a person in the group of the board' },
  ];
  return refuse('not-of-the-board', 'Who is named as the board member is not of the board', {
    clause: 'BOARD-1',
    errors,
  });
}

function refusedPeople(ids: readonly string[], rows: readonly { id: string }[]): Refusal | undefined {
  const there = new Set(rows.map(({ id }) => id));
  const errors = ids.flatMap((id) =>
    there.has(id)
      ? []
      : [
          {
            field: 'body.people',
            found: id,
            allowed: 'the id of a person whom `GET /people` lists, enabled',
          },
        ],
  );
  if (errors.length === 0) return undefined;
  return refuse('not-a-person', 'Not everybody named is a person of the directory', { errors });
}
