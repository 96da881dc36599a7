import type { Tx } from '@huismeester/database';
import { isRefusal } from '@huismeester/events';
import { and, eq, lte } from 'drizzle-orm';
import { expireSuspension } from '../core/register/carry-out.ts';
import { endGrant } from '../core/register/grant.ts';
import { withEach } from '../each.ts';
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
  Pick<Membership, 'database' | 'ask' | 'clock' | 'logger'> &
  Pick<Inside, 'memory'>;

/** What came of ending what was due. */
export interface Expired {
  /** When the next is due by the civil clock; undefined where there is none. */
  readonly next: Date | undefined;
  /** Something that was due could not end, and is to be tried again. */
  readonly hasFailed: boolean;
}

/**
 * Ends what ends by time: suspensions, after which somebody is as before (TEAM-1), and what was granted to members on trial (JOIN-3). Goes by what
 * stands in the tables, so that it can be done at any time and again. Nothing ends while the directory is unknown or the clock is not believed.
 */
export async function expireDue(deps: ExpireDeps, certainty?: Certainty): Promise<Expired> {
  const began = deps.log.now();
  const sure = certainty ?? (await readCertainty(deps));
  let hasFailed = false;
  if (sure.directoryKnown) {
    const ofMembers = await expireSuspensions(deps, sure);
    const ofGrants = await expireGrants(deps, sure);
    hasFailed = ofMembers || ofGrants;
  }
  return { next: await nextEnd(deps, began), hasFailed };
}

async function expireSuspensions(deps: ExpireDeps, { clockBelieved }: Certainty): Promise<boolean> {
  const { database, log, logger } = deps;
  const due = await database.orm
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.state, 'suspended'), lte(member.until, log.now())));
  return await withEach(
    due,
    ({ id: person }) =>
      database.transaction(async (tx) => {
        const done = await changeMember(tx, deps, {
          person,
          actor,
          decide: (known, _, now) => (clockBelieved(now) ? expireSuspension(known, { person, now }) : []),
        });
        if (isRefusal(done)) throw new Error(`a suspension could not end: ${done.title}`);
      }),
    (error, { id: person }) => logger.error({ err: error, person }, 'a suspension could not end'),
  );
}

async function expireGrants(deps: ExpireDeps, certainty: Certainty): Promise<boolean> {
  const { database, log, logger } = deps;
  const due = await database.orm.select().from(grant).where(lte(grant.until, log.now()));
  return await withEach(
    due,
    (row) => database.transaction((tx) => expireGrant(tx, deps, row, certainty)),
    (error, row) => logger.error({ err: error, grant: row.id }, 'what was granted could not end'),
  );
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
  if (isRefusal(done)) throw new Error(`what was granted could not end: ${done.title}`);
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
