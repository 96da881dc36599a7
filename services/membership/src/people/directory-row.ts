import type { Tx } from '@huismeester/database';
import { eq } from 'drizzle-orm';
import { directory } from '../schema.ts';

export type DirectoryRow = typeof directory.$inferSelect;

/** Locks the one row of the directory until the commit: whatever changes people, the register or the directory does so first. */
export async function lockDirectory(tx: Tx): Promise<DirectoryRow> {
  const [row] = await tx.select().from(directory).for('update');
  if (!row) throw new Error('membership.directory has no row: it is made when the service opens');
  return row;
}

export async function readDirectory(tx: Pick<Tx, 'select'>): Promise<DirectoryRow | undefined> {
  const [row] = await tx.select().from(directory);
  return row;
}

/** Of a directory that was never read. */
export async function ensureDirectory(tx: Tx, now: Date): Promise<void> {
  await tx.insert(directory).values({ id: 1, state: 'unknown', since: now }).onConflictDoNothing();
}

export async function saveDirectory(tx: Tx, change: Partial<DirectoryRow>): Promise<void> {
  await tx.update(directory).set(change).where(eq(directory.id, 1));
}
