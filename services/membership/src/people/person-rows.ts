import type { GroupName } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { rolesOf } from '@huismeester/directory';
import type { Role } from '@huismeester/service';
import { inArray, isNull, sql } from 'drizzle-orm';
import type { KnownPerson } from '../core/known.ts';
import { member, person } from '../schema.ts';

export type PersonRow = typeof person.$inferSelect;
export type MemberRow = typeof member.$inferSelect;

/** A row as decisions see it. */
export function known(row: PersonRow): KnownPerson {
  return { ...row, gone: row.goneAt !== null };
}

/** What a person may be, with their place in the register. */
export function roles(person: KnownPerson, register: MemberRow | undefined): Role[] {
  const groups: ReadonlySet<GroupName> = new Set(person.groups);
  return rolesOf({ enabled: person.enabled && !person.gone, groups, register: register?.state });
}

/** Everybody, or these. */
export async function readPeople(tx: Tx, ids?: readonly string[]): Promise<PersonRow[]> {
  return await tx
    .select()
    .from(person)
    .where(ids && inArray(person.id, [...ids]));
}

export async function readMembers(tx: Tx): Promise<Map<string, MemberRow>> {
  const rows = await tx.select().from(member);
  return new Map(rows.map((row) => [row.id, row]));
}

const rowsAtOnce = 1_000;

export async function savePeople(tx: Tx, rows: readonly PersonRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await tx
      .insert(person)
      .values(rows.slice(from, from + rowsAtOnce))
      .onConflictDoUpdate({
        target: person.id,
        set: {
          directoryId: sql`excluded.directory_id`,
          uidHash: sql`excluded.uid_hash`,
          formerUids: sql`excluded.former_uids`,
          enabled: sql`excluded.enabled`,
          groups: sql`excluded.groups`,
          roles: sql`excluded.roles`,
          tookUidOf: sql`excluded.took_uid_of`,
          goneAt: sql`excluded.gone_at`,
        },
      });
  }
}

/** Those whom the directory has. */
export async function readPeopleThere(tx: Tx): Promise<PersonRow[]> {
  return await tx.select().from(person).where(isNull(person.goneAt));
}
