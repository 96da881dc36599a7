import type { Tx } from '@huismeester/database';
import { type EntityKind, entityKind } from '@huismeester/events';
import { eq, inArray, like, sql } from 'drizzle-orm';
import type { Static, TSchema } from 'typebox';
import { keyOf, type OutsideFact, withKnownSince } from '../core/outside/fact.ts';
import { outside } from '../schema.ts';

/** In one statement: PostgreSQL takes 65,535 values. */
const mostRows = 10_000;

async function readFact(tx: Tx, key: string): Promise<OutsideFact | undefined> {
  const [row] = await tx.select().from(outside).where(eq(outside.id, key));
  return row?.state;
}

export async function forgetFact(tx: Tx, key: string): Promise<void> {
  await tx.delete(outside).where(eq(outside.id, key));
}

/** The fact of a thing after an event; undefined: nothing of it is kept any more, or ever was. */
export async function foldInto(
  tx: Tx,
  key: string,
  fold: (before: OutsideFact | undefined) => OutsideFact | undefined,
): Promise<void> {
  const before = await readFact(tx, key);
  const fact = fold(before);
  if (fact !== undefined) await saveFacts(tx, [fact]);
  else if (before !== undefined) await forgetFact(tx, key);
}

export async function saveFacts(tx: Tx, facts: readonly OutsideFact[]): Promise<void> {
  for (let at = 0; at < facts.length; at += mostRows) {
    await tx
      .insert(outside)
      .values(facts.slice(at, at + mostRows).map((state) => ({ id: keyOf(state), state })))
      .onConflictDoUpdate({ target: outside.id, set: { state: sql`excluded.state` } });
  }
}

/** Called with the key of what is another thing now than the one that was known by it. */
type Replaced = (tx: Tx, key: string) => Promise<void>;

function isAnother(before: OutsideFact | undefined, now: OutsideFact): boolean {
  if (before?.kind !== 'vm' || now.kind !== 'vm') return false;
  const [one, other] = [before.incarnation, now.incarnation];
  return one !== undefined && other !== undefined && one !== other;
}

/** After a snapshot: these are all there are of a kind, but for those with the ids in `kept`, which stay as they are. */
async function replaceFacts(
  tx: Tx,
  kind: OutsideFact['kind'],
  facts: readonly OutsideFact[],
  { kept, replaced }: { readonly kept: readonly string[]; readonly replaced?: Replaced | undefined },
): Promise<void> {
  const rows = await tx
    .select()
    .from(outside)
    .where(like(outside.id, `${kind}/%`));
  const before = new Map(rows.map(({ id, state }) => [id, state]));
  const stay = new Set([...facts.map(keyOf), ...kept.map((id) => `${kind}/${id}`)]);
  const gone = rows.map(({ id }) => id).filter((id) => !stay.has(id));
  for (const fact of facts) if (isAnother(before.get(keyOf(fact)), fact)) await replaced?.(tx, keyOf(fact));
  if (gone.length > 0) await tx.delete(outside).where(inArray(outside.id, gone));
  await saveFacts(
    tx,
    facts.map((fact) => withKnownSince(before.get(keyOf(fact)), fact)),
  );
}

/** How entities of a snapshot become facts; `from` gives undefined for one that is as if it was not there; `replaced` is called for another one under its key. */
export function factKind<Schema extends TSchema>(
  kind: OutsideFact['kind'],
  schema: Schema,
  from: (entity: Static<Schema>) => OutsideFact | undefined,
  replaced?: Replaced,
): EntityKind {
  return entityKind({
    schema,
    replace: (tx, found, kept) =>
      replaceFacts(
        tx,
        kind,
        found.flatMap(({ state }) => from(state) ?? []),
        { kept, replaced },
      ),
    save: (tx, { id, state }) => foldInto(tx, `${kind}/${id}`, () => from(state)),
  });
}
