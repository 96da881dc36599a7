import type { Tx } from '@huismeester/database';
import { eq } from 'drizzle-orm';
import { reportEntry as table } from '../../schema.ts';
import type { EntryData, EntryType, ReportSource } from '../core/entry.ts';

/** Where in which log it stands, or the snapshot that it is from. */
export interface Origin {
  readonly source: ReportSource;
  readonly epoch: string;
  readonly position: number;
  readonly time: Date;
}

export type Kept = {
  readonly [T in EntryType]: { readonly type: T; readonly subject: string; readonly data: EntryData[T] };
}[EntryType];

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const most = 1_000;

/** Keeps these, in their order; `isState`: from a snapshot. */
export async function keepEntries(
  tx: Tx,
  origin: Origin,
  kept: readonly Kept[],
  isState: boolean,
): Promise<void> {
  for (let at = 0; at < kept.length; at += most) {
    await tx.insert(table).values(kept.slice(at, at + most).map((each) => ({ ...origin, ...each, isState })));
  }
}

/** Whether anything about it was kept before. */
export async function isKnown(tx: Tx, subject: string): Promise<boolean> {
  const found = await tx.select({ seq: table.seq }).from(table).where(eq(table.subject, subject)).limit(1);
  return found.length > 0;
}
