import type { Tx } from '@huismeester/database';
import { isRefusal } from '@huismeester/events';
import { and, eq, lte } from 'drizzle-orm';
import { expireSuspension } from '../core/register/carry-out.ts';
import { endGrant } from '../core/register/grant.ts';
import type { Inside, Membership } from '../inside.ts';
import { lockDirectory } from '../people/directory-row.ts';
import { readPeople } from '../people/person-rows.ts';
import { saveAccess } from '../people/save-access.ts';
import { grant, member } from '../schema.ts';
import { type Certainty, readCertainty } from './certainty.ts';
import { changeMember } from './change.ts';
import type { RegisterDeps } from './follow.ts';
import { type GrantRow, grants, readGrants } from './grants.ts';
import { teamScope } from './scope.ts';

/** As it stands in the log. */
const actor = 'membership';

export type ExpireDeps = RegisterDeps &
  Pick<Membership, 'database' | 'ask' | 'clock'> &
  Pick<Inside, 'memory'>;

/**
 * Ends what ends by time: suspensions, after which somebody is as before (TEAM-1), and what was granted to members on trial (JOIN-3). Goes by what
 * stands in the tables, so that it can be done at any time and again. Nothing ends while the directory is unknown or the clock is not believed.
 * Answers when the next of these is due by the civil clock; undefined where there is none.
 */
export async function expireDue(deps: ExpireDeps, certainty?: Certainty): Promise<Date | undefined> {
  const began = deps.log.now();
  const sure = certainty ?? (await readCertainty(deps));
  if (sure.directoryKnown) {
    await expireSuspensions(deps, sure);
    await expireGrants(deps, sure);
  }
  return await nextEnd(deps, began);
}

async function expireSuspensions(deps: ExpireDeps, { clockBelieved }: Certainty): Promise<void> {
  const { database, log } = deps;
  const due = await database.orm
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.state, 'suspended'), lte(member.until, log.now())));
  for (const { id: person } of due) {
    await database.transaction((tx) =>
      changeMember(tx, deps, {
        person,
        actor,
        decide: (known, _, now) => (clockBelieved(now) ? expireSuspension(known, { person, now }) : []),
      }),
    );
  }
}

async function expireGrants(deps: ExpireDeps, certainty: Certainty): Promise<void> {
  const { database, log } = deps;
  const due = await database.orm.select().from(grant).where(lte(grant.until, log.now()));
  for (const row of due) await database.transaction((tx) => expireGrant(tx, deps, row, certainty));
}

async function expireGrant(
  tx: Tx,
  { log, access }: ExpireDeps,
  { id, person }: GrantRow,
  { clockBelieved }: Certainty,
): Promise<void> {
  const done = await grants.handle(tx, {
    log,
    id,
    actor,
    scope: teamScope,
    read: async () => await lockDirectory(tx),
    decide: (known, _, { now }) =>
      (known && known.until > now) || !clockBelieved(now) ? [] : endGrant(id, known, 'expired'),
  });
  if (isRefusal(done)) return;
  await saveAccess(tx, access, await readPeople(tx, [person]));
}

/** What was due before stands because it could not end: whoever calls this looks again after a while anyway. */
async function nextEnd({ database }: ExpireDeps, after: Date): Promise<Date | undefined> {
  const { orm } = database;
  const suspended = await orm
    .select({ until: member.until })
    .from(member)
    .where(eq(member.state, 'suspended'));
  const ends = [...suspended, ...(await readGrants(orm))].flatMap(({ until }) => until ?? []);
  return ends.filter((end) => end > after).toSorted((a, b) => a.getTime() - b.getTime())[0];
}
