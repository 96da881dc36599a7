import type { Tx } from '@huismeester/database';
import type { TaskHandler } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import type { Inside, Membership } from '../inside.ts';
import { awaited, person } from '../schema.ts';
import { type AwaitedRow, editOf, isAwaited, keyOf } from './awaited.ts';

type Edit = Pick<AwaitedRow, 'group' | 'person'>;
export const writeGroupKind = 'write-group';

/** Has these edits written to the directory once the transaction is committed, where settings let us. */
export async function writeLater(
  tx: Tx,
  { tasks, opened }: Pick<Membership, 'tasks'> & Pick<Inside, 'opened'>,
  edits: readonly Edit[],
): Promise<void> {
  if (opened?.directory.write === undefined) return;
  for (const edit of edits) await tasks().enqueue(tx, { kind: writeGroupKind, key: keyOf(edit) });
}

/** What is awaited is written also where settings let us only since then. */
export async function writeAllAwaited(service: Membership, inside: Pick<Inside, 'opened'>): Promise<void> {
  await service.database.transaction(async (tx) =>
    writeLater(tx, { ...service, ...inside }, await tx.select().from(awaited).where(eq(awaited.written, false))),
  );
}

/** Writes one edit, and has the directory read again: it is done once that shows it. It fails, and is tried again, while it cannot be written. */
export function writeGroup({ database }: Membership, { opened }: Inside): TaskHandler {
  return async ({ key }, signal) => {
    const edit = editOf(key);
    const write = opened?.directory.write;
    if (opened === undefined || write === undefined) return;
    const [row] = await database.orm
      .select({ change: awaited.change, directoryId: person.directoryId })
      .from(awaited)
      .innerJoin(person, eq(person.id, awaited.person))
      .where(isAwaited(edit));
    // Seen done, or taken back, in the meantime.
    if (row === undefined) return;
    await write.call(
      opened.directory,
      { group: edit.group, person: row.directoryId, change: row.change },
      signal,
    );
    await database.orm.update(awaited).set({ written: true }).where(isAwaited(edit));
    void opened.looks.now();
  };
}
