import type { Tx } from '@huismeester/database';
import { DirectoryError } from '@huismeester/directory';
import type { TaskHandler } from '@huismeester/events';
import { and, eq } from 'drizzle-orm';
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
    writeLater(
      tx,
      { ...service, ...inside },
      await tx.select().from(awaited).where(eq(awaited.written, false)),
    ),
  );
}

/** What could not be written is tried again after this. */
const againMs = 60_000;

/** Writes one edit, and has the directory read again: it is done once that shows it. Until then it is tried again each minute. */
export function writeGroup({ database, clock, logger }: Membership, { opened }: Inside): TaskHandler {
  return async ({ key }, signal) => {
    const edit = editOf(key);
    const write = opened?.directory.write;
    if (opened === undefined || write === undefined) return undefined;
    const [row] = await database.orm
      .select({ change: awaited.change, directoryId: person.directoryId })
      .from(awaited)
      .innerJoin(person, eq(person.id, awaited.person))
      .where(isAwaited(edit));
    // Seen done, or taken back, in the meantime.
    if (row === undefined) return undefined;
    const { group } = edit;
    // The register may have changed meanwhile, and the opposite be awaited: the next run of this task writes that.
    const isStill = and(isAwaited(edit), eq(awaited.change, row.change));
    try {
      await write.call(opened.directory, { group, person: row.directoryId, change: row.change }, signal);
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
      logger.warn(
        { group, reason: error.reason, detail: error.message },
        'a group of the directory cannot be written',
      );
      await database.orm.update(awaited).set({ trouble: error.message }).where(isStill);
      return { againAt: new Date(clock.now().getTime() + againMs) };
    }
    await database.orm.update(awaited).set({ written: true, trouble: null }).where(isStill);
    void opened.looks.now();
    return undefined;
  };
}
