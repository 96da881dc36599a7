import { type NewEvent, newEvent } from '@huismeester/events';
import type { KnownPerson } from '../core/known.ts';
import { known, type MemberRow, type PersonRow, roles } from './person-rows.ts';

/** What of people changes: their rows, and what the log says of it. */
export interface PersonChanges {
  readonly rows: readonly PersonRow[];
  readonly events: readonly NewEvent[];
}

/** The rows of people as they are now beside those that are stored. */
export function personChanges(
  before: readonly PersonRow[],
  now: { people: readonly KnownPerson[]; members: ReadonlyMap<string, MemberRow>; at: Date },
): PersonChanges {
  const stored = new Map(before.map((row) => [row.id, row]));
  const rows: PersonRow[] = [];
  const events: NewEvent[] = [];
  for (const each of now.people) {
    const old = stored.get(each.id);
    const row = rowOf(each, old, now);
    if (old && isSame(old, row)) continue;
    rows.push(row);
    if (old === undefined || says(old) !== says(row)) events.push(eventOf(row));
  }
  return { rows, events };
}

function rowOf(
  person: KnownPerson,
  old: PersonRow | undefined,
  { members, at }: { members: ReadonlyMap<string, MemberRow>; at: Date },
): PersonRow {
  const { gone, id, directoryId, uidHash, formerUids, enabled, groups, tookUidOf } = person;
  return {
    id,
    directoryId,
    uidHash,
    formerUids,
    enabled,
    groups: [...groups],
    tookUidOf,
    roles: roles(person, members.get(id)),
    since: old?.since ?? at,
    goneAt: gone ? (old?.goneAt ?? at) : null,
  };
}

function isSame(one: PersonRow, other: PersonRow): boolean {
  return one.directoryId === other.directoryId && one.uidHash === other.uidHash && says(one) === says(other);
}

/** What the log says of a person, to be compared. */
function says(row: PersonRow): string {
  return JSON.stringify(row.goneAt === null ? personEntity(row) : 'gone');
}

/** A person in a snapshot; and in the log, while the directory has the person. */
export function personEntity(row: PersonRow) {
  const { id, enabled, groups, roles: has, tookUidOf } = row;
  return {
    person: id,
    enabled,
    groups,
    roles: has,
    ...(tookUidOf !== null && { took_uid_of: tookUidOf }),
  };
}

function eventOf(row: PersonRow): NewEvent {
  const subject = `person/${row.id}`;
  return known(row).gone
    ? newEvent('person.gone', subject, { person: row.id })
    : newEvent('person.changed', subject, personEntity(row));
}
