import type { PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { aggregate, type EventLog, type Made } from '@huismeester/events';
import { eq, sql } from 'drizzle-orm';
import { wikiSource } from '../access/wiki.ts';
import {
  begin,
  type Departure,
  evolveDeparture,
  type Held,
  offboardingItems,
} from '../core/register/departure.ts';
import type { PersonRow } from '../people/person-rows.ts';
import { accessList, accessSource, account, departure, knownAccount } from '../schema.ts';
import { teamScope } from './scope.ts';

/** What is to be done after people left the team (TEAM-2), by the person's id. */
export const departures = aggregate({
  kind: 'departure',
  table: departure,
  initial: undefined,
  evolve: (known: Departure | undefined, event: Made<'departure.begun'> | Made<'departure.ticked'>) =>
    evolveDeparture(known, event),
});

/** Writes down what is to be done, in the transaction in which somebody left. */
export async function beginDeparture(
  tx: Tx,
  log: EventLog,
  { row, actor }: { row: Pick<PersonRow, 'id' | 'groups'>; actor: string },
): Promise<void> {
  const items = offboardingItems(await heldBy(tx, row));
  await departures.handle(tx, {
    log,
    id: row.id,
    actor,
    scope: teamScope,
    decide: () => begin(row.id, items),
  });
}

/** Where somebody has something now, by what was last read and what was written down. */
export async function heldBy(
  tx: Pick<Tx, 'select'>,
  { id, groups }: Pick<PersonRow, 'id' | 'groups'>,
): Promise<Held> {
  const isTheirs = eq(sql`coalesce(${account.person}, ${knownAccount.person})`, id);
  const accounts = await tx
    .select({ id: account.id })
    .from(account)
    .leftJoin(knownAccount, eq(knownAccount.id, account.id))
    .where(isTheirs)
    .orderBy(account.id);
  const lists = await tx
    .select({ id: accessList.id, kind: accessList.kind })
    .from(accessList)
    .where(sql`${accessList.people} @> ${JSON.stringify([id])}::jsonb`)
    .orderBy(accessList.id);
  return { groups, accounts: accounts.map((each) => each.id), lists, wikiIsClear: await wikiIsClear(tx, id) };
}

/** An account of which nobody said whose it is may be theirs. */
async function wikiIsClear(tx: Pick<Tx, 'select'>, id: PersonId): Promise<boolean> {
  const isWiki = eq(accessSource.id, wikiSource);
  const [source] = await tx.select({ state: accessSource.state }).from(accessSource).where(isWiki);
  if (source?.state !== 'known') return false;
  const accounts = await tx
    .select({ by: account.person, byHand: knownAccount.person, service: knownAccount.service })
    .from(account)
    .leftJoin(knownAccount, eq(knownAccount.id, account.id))
    .where(eq(account.source, wikiSource));
  return accounts.every(({ by, byHand, service }) => {
    const person = by ?? byHand;
    return person === null ? service !== null : person !== id;
  });
}

/** What is to be done after somebody left; undefined where they did not. */
export async function readDeparture(
  tx: Pick<Tx, 'select'>,
  person: PersonId,
): Promise<typeof departure.$inferSelect | undefined> {
  const [row] = await tx.select().from(departure).where(eq(departure.id, person));
  return row;
}
