import type { GrantResource, PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { aggregate, type EventLog, type Made } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { endGrant, evolveGrant, type Grant } from '../core/register/grant.ts';
import { grant } from '../schema.ts';
import { teamScope } from './scope.ts';

export type GrantRow = typeof grant.$inferSelect;

/** What members on trial may act on (JOIN-3), by id; one that ended has no row. */
export const grants = aggregate({
  kind: 'grant',
  table: grant,
  initial: undefined,
  evolve: (known: Grant | undefined, event: Made<'grant.given'> | Made<'grant.ended'>) =>
    evolveGrant(known, event),
});

/** All grants, or those of a person. */
export async function readGrants(tx: Pick<Tx, 'select'>, person?: PersonId): Promise<GrantRow[]> {
  return await tx
    .select()
    .from(grant)
    .where(person === undefined ? undefined : eq(grant.person, person));
}

/** Ends all grants of somebody whose trial is over, in the transaction that ended it. */
export async function endGrantsOf(
  tx: Tx,
  log: EventLog,
  { person, actor }: { person: PersonId; actor: string },
): Promise<void> {
  for (const { id } of await readGrants(tx, person)) {
    await grants.handle(tx, {
      log,
      id,
      actor,
      scope: teamScope,
      decide: (known) => endGrant(id, known, 'no-trial'),
    });
  }
}

/** A grant as REST shows it. */
export function grantResource({ id, on, core, until, since, by }: GrantRow): GrantResource {
  const ends = until.toISOString();
  return { id, on, until: ends, ...(core && { core }), since: since.toISOString(), by };
}
