import { afterCommit, type Database, type Tx } from '@huismeester/database';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Role } from '../http/identity.ts';
import { directory, person as table } from './schema.ts';

/** What somebody may be, from the directory and the register. */
export interface SavedPerson {
  readonly id: string;
  readonly uidHash: string;
  readonly roles: readonly Role[];
}

/** Who is somebody, and what they may. Membership alone writes it; every process reads it, at most 1 s late. */
export interface People {
  /** What each of these may be from now on. Costs nothing for those who are as they were. */
  save(tx: Tx, people: readonly SavedPerson[]): Promise<void>;
  /** They are nobody any more (gone or disabled): their sessions and tokens end with them. */
  remove(tx: Tx, ids: readonly string[]): Promise<void>;
  /** The directory was read whole then: roles hold for 12 h from there. Undefined: they do not hold any more. */
  readWhole(tx: Tx, at: Date | undefined): Promise<void>;
}

/** PostgreSQL takes 65,535 parameters in a statement. */
const atOnce = 10_000;

/** `forget` is called once a change is committed. */
export function openPeople(forget: () => void): People {
  return {
    async save(tx, people) {
      for (let from = 0; from < people.length; from += atOnce) {
        await upsert(tx, people.slice(from, from + atOnce));
      }
      afterCommit(tx, forget, forget);
    },
    async remove(tx, ids) {
      for (let from = 0; from < ids.length; from += atOnce) {
        await tx.delete(table).where(inArray(table.id, ids.slice(from, from + atOnce)));
      }
      afterCommit(tx, forget, forget);
    },
    async readWhole(tx, at) {
      const readAt = at ?? null;
      await tx
        .insert(directory)
        .values({ readAt })
        .onConflictDoUpdate({ target: directory.id, set: { readAt } });
      afterCommit(tx, forget, forget);
    },
  };
}

async function upsert(tx: Tx, people: readonly SavedPerson[]): Promise<void> {
  const isOther = sql`(${table.uidHash}, ${table.roles}) is distinct from (excluded.uid_hash, excluded.roles)`;
  await tx
    .insert(table)
    .values(people.map(({ id, uidHash, roles }) => ({ id, uidHash, roles: [...roles] })))
    .onConflictDoUpdate({
      target: table.id,
      set: { uidHash: sql`excluded.uid_hash`, roles: sql`excluded.roles` },
      setWhere: isOther,
    });
}

/** The id of the one person with this hash of a uid; undefined when there is none, or more than one. */
export async function personWith({ orm }: Database, uidHash: string): Promise<string | undefined> {
  const found = await orm.select({ id: table.id }).from(table).where(eq(table.uidHash, uidHash)).limit(2);
  return found.length === 1 ? found[0]?.id : undefined;
}
