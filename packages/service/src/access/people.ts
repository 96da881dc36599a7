import type { Grant } from '@huismeester/contracts';
import { afterCommit, type Database, type Tx } from '@huismeester/database';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Role } from '../http/identity.ts';
import { directory, person as table } from './schema.ts';

/** What somebody may be, from the directory and the register. */
export interface SavedPerson {
  readonly id: string;
  readonly uidHash: string;
  readonly roles: readonly Role[];
  /** What somebody on trial may act on (JOIN-3); nothing, if left out. */
  readonly grants?: readonly Grant[];
}

/** Who is somebody, and what they may. Membership alone writes it; every process reads it, at most 1 s late. */
export interface People {
  /** What each of these may be from now on. Costs nothing for those who are as they were. */
  save(tx: Tx, people: readonly SavedPerson[]): Promise<void>;
  /** They are nobody any more (gone or disabled): their sessions and tokens end with them. */
  remove(tx: Tx, ids: readonly string[]): Promise<void>;
  /** The directory was read whole then: roles hold for 12 h from there. Undefined: they do not hold any more. */
  readWhole(tx: Tx, at: Date | undefined): Promise<void>;
  /**
   * What everybody may be who is in the directory and not disabled, by id, as membership saw them last; also in other services. Undefined while that says
   * nothing: the directory was never read whole, or that counts no more.
   */
  roles(tx: Pick<Tx, 'select'>): Promise<ReadonlyMap<string, readonly Role[]> | undefined>;
}

/** `forget` is called once a change is committed. */
export function openPeople(forget: () => void): People {
  return {
    async save(tx, people) {
      await tx.execute(upsert(people));
      afterCommit(tx, forget, forget);
    },
    async remove(tx, ids) {
      const gone = sql`${table.id} in (select json_array_elements_text(${JSON.stringify(ids)}::json))`;
      await tx.delete(table).where(gone);
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
    async roles(tx) {
      const [whole] = await tx.select({ readAt: directory.readAt }).from(directory);
      if (whole?.readAt == null) return undefined;
      const people = await tx.select({ id: table.id, roles: table.roles }).from(table);
      // Membership alone writes them, each one of these.
      return new Map(people.map(({ id, roles }) => [id, roles as Role[]]));
    },
  };
}

/** All of them are one parameter: of several for each there could be more than a statement takes. */
function upsert(people: readonly SavedPerson[]): SQL {
  const given = people.map(({ id, uidHash, roles, grants = [] }) => ({
    id,
    uid_hash: uidHash,
    roles,
    grants,
  }));
  return sql`
    insert into ${table} as kept (id, uid_hash, roles, grants)
    select id, uid_hash, roles, grants
    from json_to_recordset(${JSON.stringify(given)}::json) as given (id text, uid_hash text, roles text[], grants jsonb)
    on conflict (id) do update
      set uid_hash = excluded.uid_hash, roles = excluded.roles, grants = excluded.grants
    where (kept.uid_hash, kept.roles, kept.grants)
      is distinct from (excluded.uid_hash, excluded.roles, excluded.grants)`;
}

/** The id of the one person with this hash of a uid; undefined when there is none, or more than one. */
export async function personWith({ orm }: Database, uidHash: string): Promise<string | undefined> {
  const found = await orm.select({ id: table.id }).from(table).where(eq(table.uidHash, uidHash)).limit(2);
  return found.length === 1 ? found[0]?.id : undefined;
}
