import type { DirectoryReason } from '@huismeester/contracts';
import { newEvent } from '@huismeester/events';
import type { Service } from '@huismeester/service';
import type { Gone } from '../core/assess.ts';
import { lockDirectory, readDirectory, saveDirectory } from './directory-row.ts';

/** Roles hold so long after the last complete read. */
export const rolesHoldMs = 12 * 3_600_000;

/** Why a read counts for nothing, and how long ago the last one was that did (ms, by a clock that is never set). */
interface Unread {
  readonly reason: DirectoryReason;
  readonly parts: readonly Gone[];
  readonly ageMs: number;
}

/** The directory is unknown from now on, if it was not already: nothing else is written, ended, opened or logged out. */
export async function recordUnknown(
  { database, log, access }: Pick<Service<never>, 'database' | 'log' | 'access'>,
  { reason, parts, ageMs }: Unread,
): Promise<void> {
  await database.transaction(async (tx) => {
    const row = await lockDirectory(tx);
    // Every process counts the 12 h by the civil clock, which may have been set back meanwhile.
    if (ageMs > rolesHoldMs) await access.people.readWhole(tx, undefined);
    if (row.state === 'unknown' && row.reason === reason) return;
    const isNew = row.state === 'known' || row.reason === null;
    const since = isNew ? log.now() : row.since;
    await saveDirectory(tx, { state: 'unknown', reason, since });
    const data = { since: since.toISOString(), reason, ...worst(parts) };
    await log.append(tx, [newEvent('directory.unknown', 'directory/main', data, { actor: 'membership' })]);
  });
}

/** How long ago the last complete read was, by the civil clock: of a process that saw none itself, ms. */
export async function ageOfRead({
  database,
  log,
}: Pick<Service<never>, 'database' | 'log'>): Promise<number> {
  const row = await readDirectory(database.orm);
  return row?.readAt ? Math.max(0, log.now().getTime() - row.readAt.getTime()) : 0;
}

/** The part of which the most is gone. */
function worst(parts: readonly Gone[]): { gone?: number; of?: number } {
  const [most] = parts.toSorted((a, b) => b.ids.length / b.of - a.ids.length / a.of);
  return most === undefined ? {} : { gone: most.ids.length, of: most.of };
}
