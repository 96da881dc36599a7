import type { AccountId, PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { normalUid } from '@huismeester/directory';
import { type EventLog, newEvent } from '@huismeester/events';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Account, compare } from '../core/access/changes.ts';
import { accessSource, account, knownAccount, person } from '../schema.ts';
import type { Found } from './adapter.ts';
import { accountIdOf, type Named } from './names.ts';
import type { AccessService } from './service.ts';

/** As it stands in the log. */
const actor = 'membership';
type Deps = Pick<AccessService, 'log' | 'access'>;
type UidHash = AccessService['access']['uidHash'];

/** Locks how well a source is known, and gives it; undefined where it was never looked at. */
async function lockSource(tx: Tx, id: string) {
  const [row] = await tx.select().from(accessSource).where(eq(accessSource.id, id)).for('update');
  return row;
}

/**
 * Takes a complete look at a source: rows and events of it are one transaction. Answers what the accounts are called, for memory; undefined
 * where settings have no key to make ids with.
 */
export async function recordComplete(
  tx: Tx,
  { log, access: { uidHash } }: Deps,
  source: string,
  accounts: readonly Found[],
): Promise<{ named: ReadonlyMap<AccountId, Named>; missed: readonly AccountId[] } | undefined> {
  const named = new Map<AccountId, Found>();
  for (const each of accounts) {
    const id = accountIdOf(uidHash, source, each.name);
    if (id === undefined) return undefined;
    named.set(id, each);
  }
  const before = await lockSource(tx, source);
  const read = await withPersons(tx, uidHash, source, named);
  const kept = await tx.select().from(account).where(eq(account.source, source));
  const { found, missed, gone, same } = compare(kept, read);
  const now = log.now();
  await saveFound(tx, { source, now, found });
  await setMissed(
    tx,
    same.map(({ id }) => id),
    0,
  );
  await setMissed(tx, missed, 1);
  if (gone.length > 0) await tx.delete(account).where(inArray(account.id, [...gone]));
  await saveSource(tx, {
    id: source,
    state: 'known',
    since: before?.state === 'known' ? before.since : now,
    readAt: now,
    lacks: null,
    accounts: read.length + missed.length,
  });
  await appendFound(tx, log, {
    source,
    found,
    gone,
    isKnown: before?.state === 'known',
    count: read.length,
    now,
  });
  const names = [...named].map(([id, { name, commands }]) => [id, { name, commands }] as const);
  return { named: new Map(names), missed };
}

/** It could not be read whole: what was known stands, and nothing follows from it until it can be read again. Answers whether that is new. */
export async function recordUnknown(
  tx: Tx,
  { log }: Pick<Deps, 'log'>,
  id: string,
  lacks: string,
): Promise<boolean> {
  const before = await lockSource(tx, id);
  if (before?.state === 'unknown' && before.lacks === lacks) return false;
  const since = before?.state === 'unknown' ? before.since : log.now();
  await saveSource(tx, {
    id,
    state: 'unknown',
    since,
    readAt: before?.readAt ?? null,
    lacks,
    accounts: before?.accounts ?? 0,
  });
  const data = { source: id, since: since.toISOString(), lacks };
  await log.append(tx, [newEvent('access-source.unknown', `access-source/${id}`, data, { actor })]);
  return true;
}

/** Nobody looks there any more: what was known of it is forgotten. */
export async function recordEnded(tx: Tx, { log }: Pick<Deps, 'log'>, source: string): Promise<void> {
  await lockSource(tx, source);
  const gone = await tx.delete(account).where(eq(account.source, source)).returning({ id: account.id });
  await tx.delete(accessSource).where(eq(accessSource.id, source));
  await log.append(tx, [
    ...gone.map(({ id }) => newEvent('account.gone', `account/${id}`, { account: id, source }, { actor })),
    newEvent('access-source.ended', `access-source/${source}`, { source }, { actor }),
  ]);
}

type SourceRow = typeof accessSource.$inferInsert;

async function saveSource(tx: Tx, row: SourceRow): Promise<void> {
  const { id: _, ...set } = row;
  await tx.insert(accessSource).values(row).onConflictDoUpdate({ target: accessSource.id, set });
}

async function setMissed(tx: Tx, ids: readonly AccountId[], missed: number): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(account)
    .set({ missed })
    .where(and(inArray(account.id, [...ids]), sql`${account.missed} <> ${missed}`));
}

async function saveFound(
  tx: Tx,
  { source, now, found }: { source: string; now: Date; found: readonly Account[] },
): Promise<void> {
  if (found.length === 0) return;
  await tx
    .insert(account)
    .values(found.map((each) => ({ ...each, rights: [...each.rights], source, since: now, missed: 0 })))
    .onConflictDoUpdate({
      target: account.id,
      // `since` stays: an account is there since it was found first.
      set: {
        kind: sql`excluded.kind`,
        person: sql`excluded.person`,
        builtIn: sql`excluded.built_in`,
        asleep: sql`excluded.asleep`,
        rights: sql`excluded.rights`,
        missed: 0,
      },
    });
}

interface Appended {
  readonly source: string;
  readonly found: readonly Account[];
  readonly gone: readonly AccountId[];
  readonly isKnown: boolean;
  readonly count: number;
  readonly now: Date;
}

async function appendFound(
  tx: Tx,
  log: EventLog,
  { source, found, gone, isKnown, count, now }: Appended,
): Promise<void> {
  const known = { source, since: now.toISOString(), accounts: count };
  await log.append(tx, [
    ...found.map((each) =>
      newEvent('account.found', `account/${each.id}`, accountData(source, each), { actor }),
    ),
    ...gone.map((id) => newEvent('account.gone', `account/${id}`, { account: id, source }, { actor })),
    // Last: whoever reads it has all accounts of this look by then.
    ...(isKnown ? [] : [newEvent('access-source.known', `access-source/${source}`, known, { actor })]),
  ]);
}

/** What stands of an account in its event, and in a snapshot. */
export function accountData(source: string, { id, kind, person: of, builtIn, asleep, rights }: Account) {
  return {
    account: id,
    source,
    kind,
    ...(of !== null && { person: of }),
    ...(builtIn !== null && { built_in: builtIn }),
    asleep,
    rights: [...rights],
  };
}

/** Accounts with whose they are: by the source itself, by the uid in a realm of the directory, or for a token of which nobody said anything as its user was assigned by hand. */
async function withPersons(
  tx: Tx,
  uidHash: UidHash,
  source: string,
  named: ReadonlyMap<AccountId, Found>,
): Promise<Account[]> {
  const hashOf = ({ uid }: Found) => (uid === undefined ? undefined : uidHash(normalUid(uid)));
  const hashes = [...named.values()].flatMap((each) => hashOf(each) ?? []);
  const byHash = await personsBy(tx, [...new Set(hashes)]);
  const byHand = new Map((await tx.select().from(knownAccount)).map((row) => [row.id, row]));
  return [...named].map(([id, each]): Account => {
    const { kind, builtIn, asleep, rights, user } = each;
    const byUser = user === undefined || byHand.has(id) ? undefined : accountIdOf(uidHash, source, user);
    const found = each.person ?? byHash.get(hashOf(each) ?? '') ?? byHand.get(byUser ?? '')?.person;
    return { id, kind, person: found ?? null, builtIn, asleep, rights };
  });
}

/** Of a uid that two people have had, nobody: whose it is cannot be told. */
async function personsBy(tx: Tx, hashes: readonly string[]): Promise<ReadonlyMap<string, PersonId>> {
  if (hashes.length === 0) return new Map();
  const rows = await tx
    .select({ id: person.id, hash: person.uidHash })
    .from(person)
    .where(and(inArray(person.uidHash, [...hashes]), isNull(person.goneAt)));
  const groups = Map.groupBy(rows, ({ hash }) => hash);
  return new Map(
    [...groups].flatMap(([hash, [first, second]]) => (first && !second ? [[hash, first.id] as const] : [])),
  );
}
