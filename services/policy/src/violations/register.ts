import { randomUUID } from 'node:crypto';
import type { Tx } from '@huismeester/database';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { violation } from '../schema.ts';
import type { RegisterChanges } from './changes.ts';
import type { FoundViolation } from './violation.ts';

/** An id for each violation that opens: one that opens anew is another one. */
export function violationIds(opened: readonly FoundViolation[]): ReadonlyMap<FoundViolation, string> {
  return new Map(opened.map((found) => [found, randomUUID()]));
}

/**
 * Locks the rows that these changes write, until the commit: before the log's head, as commands do. False when one of them
 * has changed so that its change is out of date. `now` is in ms since 1970.
 */
export async function lockRegister(
  tx: Tx,
  { closed, acceptanceEnded }: RegisterChanges,
  now: number,
): Promise<boolean> {
  if (closed.length + acceptanceEnded.length === 0) return true;
  const isOver = sql`(${violation.accepted} ->> 'until')::numeric <= ${now}`;
  const found = await tx
    .select({ id: violation.id })
    .from(violation)
    .where(
      or(inArray(violation.id, idsOf(closed)), and(inArray(violation.id, idsOf(acceptanceEnded)), isOver)),
    )
    .orderBy(violation.id)
    .for('update');
  return found.length === closed.length + acceptanceEnded.length;
}

/** Writes the changes; `ids` has the id of each violation that opens. */
export async function saveRegister(
  tx: Tx,
  { opened, closed, acceptanceEnded }: RegisterChanges,
  ids: ReadonlyMap<FoundViolation, string>,
  now: Date,
): Promise<void> {
  if (closed.length > 0) await tx.delete(violation).where(inArray(violation.id, idsOf(closed)));
  for (const { id } of acceptanceEnded) {
    await tx
      .update(violation)
      .set({ accepted: null, version: sql`${violation.version} + 1` })
      .where(eq(violation.id, id));
  }
  if (opened.length === 0) return;
  await tx.insert(violation).values(
    opened.map((found) => ({
      id: ids.get(found) ?? '',
      version: 1,
      kind: found.kind,
      subject: found.subject,
      cause: found.cause ?? '',
      found,
      since: now,
    })),
  );
}

function idsOf(violations: readonly { readonly id: string }[]): string[] {
  return violations.map(({ id }) => id);
}
