import type { Tx } from '@huismeester/database';
import { eq, inArray, like, sql } from 'drizzle-orm';
import { type OutsideFact, withKnownStart } from '../core/outside.ts';
import { outside } from '../schema.ts';

/** Facts of other logs, by their subject. */
export async function readFact(tx: Tx, id: string): Promise<OutsideFact | undefined> {
  const [row] = await tx.select().from(outside).where(eq(outside.id, id));
  return row?.state;
}

export async function saveFact(tx: Tx, state: OutsideFact | undefined): Promise<void> {
  if (!state) return;
  await saveFacts(tx, [state]);
}

export async function forgetFact(tx: Tx, id: string): Promise<void> {
  await tx.delete(outside).where(eq(outside.id, id));
}

/** After a snapshot: these are all there are of a kind, but for those that are `kept` as they stand. */
export async function replaceFacts(
  tx: Tx,
  kind: OutsideFact['kind'],
  facts: readonly OutsideFact[],
  kept: readonly string[],
): Promise<void> {
  const rows = await tx
    .select()
    .from(outside)
    .where(like(outside.id, `${kind}/%`));
  const before = new Map(rows.map(({ id, state }) => [id, state]));
  const stay = new Set([...facts.map(subjectOf), ...kept.map((id) => `${kind}/${id}`)]);
  const gone = rows.map(({ id }) => id).filter((id) => !stay.has(id));
  if (gone.length > 0) await tx.delete(outside).where(inArray(outside.id, gone));
  await saveFacts(
    tx,
    facts.map((fact) => withKnownStart(before.get(subjectOf(fact)), fact)),
  );
}

async function saveFacts(tx: Tx, facts: readonly OutsideFact[]): Promise<void> {
  if (facts.length === 0) return;
  await tx
    .insert(outside)
    .values(facts.map((state) => ({ id: subjectOf(state), state })))
    .onConflictDoUpdate({ target: outside.id, set: { state: sql`excluded.state` } });
}

function subjectOf({ kind, id }: OutsideFact): string {
  return `${kind}/${id}`;
}
